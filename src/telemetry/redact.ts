/** Fields that may hold what a person wrote, who they are or where they are: their values never reach the log. */
const withheldKeys = new Set(
  `text value body saved profile answers transcript payload activity activities card bubbles message_text displaytext name email phone
  address addresses ip remoteaddress remoteport host hostname headers header authorization cookie token secret ticket key query url
  user userid from recipient locale_text serviceurl reference conversationreference`.split(/\s+/),
);

const withheld = '[withheld]';
const longestString = 300;
const deepest = 4;

/**
 * Shapes of numbers that identify a person, most specific first: IBAN, French social security number (13 digits, key of two), e-mail,
 * telephone. Phone lines of the services are masked too: a log needs none.
 */
const shapes: [RegExp, string][] = [
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[e-mail]'],
  [/\b[A-Z]{2}\d{2}(?:[\s\u00A0-]?[A-Z0-9]{4}){2,7}(?:[\s\u00A0-]?(?=[A-Z]{0,2}\d)[A-Z0-9]{1,3})?\b/gi, '[iban]'],
  [/\b[1-478](?:[\s\u00A0.-]?\d){5}[\s\u00A0.-]?[\dAB](?:[\s\u00A0.-]?\d){6}(?:[\s\u00A0.-]?\d{2})?\b/gi, '[nir]'],
  [/(?:\+|\b00)\d(?:[\s\u00A0().-]{0,2}\d){7,14}\b/g, '[phone]'],
  [/\b0\d(?:[\s\u00A0.-]?\d){8}\b/g, '[phone]'],
  [/\b\d(?:[\s\u00A0.-]?\d){8,}\b/g, '[number]'],
];

/** ISO times are the one long number that a log needs. */
const isoTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A text without the shapes of numbers that identify a person. The last line of defence: what is logged should hold none. */
export function maskShapes(text: string): string {
  if (isoTime.test(text)) return text;
  return shapes.reduce((masked, [shape, label]) => masked.replace(shape, label), text);
}

/** An error as log fields; causes one level deep. Its message and stack are masked. */
function describeError(error: Error, cause = true): Record<string, unknown> {
  const { name, message, stack } = error;
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    code: (error as { code?: unknown }).code,
    message: maskShapes(message.slice(0, longestString)),
    stack: frames?.slice(0, 12).map((line) => line.trim()),
    ...(cause && error.cause instanceof Error ? { cause: describeError(error.cause, false) } : {}),
  };
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskShapes(value.slice(0, longestString));
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return typeof value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return withheld;
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => redactValue(item, depth + 1));
  return redactFields(value as Record<string, unknown>, depth + 1);
}

/** Log fields without free text, addresses or identifying numbers: known keys are withheld, every other string is masked and cut. */
export function redactFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields))
    clean[key] = withheldKeys.has(key.toLowerCase()) && value !== undefined ? withheld : redactValue(value, depth);
  return clean;
}
