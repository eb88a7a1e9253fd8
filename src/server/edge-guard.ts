import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '../errors';

/** Most bytes of a body: far above any message, far below what hurts. */
export const largestBody = 256 * 1024;
/** Most bytes of a form's body: a message as long as is read, each sign percent-encoded, and the hidden fields. */
export const largestForm = 16 * 1024;
/** Deepest nesting of a JSON body; activities need about six levels. */
export const deepestNesting = 32;

const bodiless = new Set(['GET', 'HEAD', 'OPTIONS']);
const json = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;
const form = /^application\/x-www-form-urlencoded\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;

/** What a route reads: JSON, or the fields of an HTML form. */
export type BodyKind = 'json' | 'form';
const accepted = { json: { type: json, most: largestBody }, form: { type: form, most: largestForm } };

/** Whether the request announces a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Checks a request by its head alone, before anything else looks at it; null = it may pass.
 * The address check is not politeness: restify 12 builds a URL from the Host header and an invalid one ends the process.
 */
export function checkHead(request: IncomingMessage, kind: BodyKind = 'json'): ErrorCode | null {
  const { headers, url = '', method = '' } = request;
  if (!url.startsWith('/') || !URL.canParse(`http://${headers.host || 'localhost'}${url}`)) return 'EDGE_URL';
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return 'EDGE_ENCODING';
  if (bodiless.has(method) || !hasBody(request)) return null;
  const { type, most } = accepted[kind];
  if (!type.test(headers['content-type'] ?? '')) return 'EDGE_TYPE';
  if (Number(headers['content-length'] ?? 0) > most) return 'EDGE_SIZE';
  return null;
}

/** Whether a parsed JSON value is nested at most `levels` deep. */
function shallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const inner of Array.isArray(value) ? value : Object.values(value))
    if (!shallow(inner, levels - 1)) return false;
  return true;
}

/** What came of a body: the object, nothing (it was empty), or why it is refused. */
export type BodyResult = { body: Record<string, unknown> | undefined } | { refused: ErrorCode } | { aborted: true };

function parseBody(text: string): BodyResult {
  if (text === '') return { body: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: 'EDGE_JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { refused: 'EDGE_SHAPE' };
  return shallow(value, deepestNesting) ? { body: value as Record<string, unknown> } : { refused: 'EDGE_DEPTH' };
}

const parsers: Record<BodyKind, (text: string) => BodyResult> = {
  json: parseBody,
  form: (text) => ({ body: text === '' ? undefined : Object.fromEntries(new URLSearchParams(text)) }),
};

/** Reads a body of at most as many bytes as its kind may have, however it is sent. Never throws, never keeps more than that. */
export function readBody(request: IncomingMessage, kind: BodyKind = 'json'): Promise<BodyResult> {
  const { most } = accepted[kind];
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = () => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      request.on('error', () => {});
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else {
        stop();
        resolve({ refused: 'EDGE_SIZE' });
      }
    };
    const onEnd = () => {
      stop();
      resolve(parsers[kind]((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8')));
    };
    const onClose = () => {
      stop();
      resolve({ aborted: true });
    };
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
