/** A text made plain for the search of numbers, and where each of its characters stands in the original. */
export type PlainText = { text: string; startOf(index: number): number; endOf(index: number): number };

const dropped = /[\p{Cf}\p{Mn}\p{Me}\u115F\u1160\u3164\uFFA0]/u;
const digit = /\p{Nd}/u;
const known = new Map<number, string>();

/**
 * Digits of every script become 0–9, every space and line break " ", every dash "-", every raised dot "·";
 * invisible characters and accents that stand alone go; the rest takes its NFKC form.
 * The letter O next to a digit is a zero.
 */
export function plainText(original: string): PlainText {
  if (/^[\t-\r -~]*$/.test(original)) {
    return { text: zeros(original.replace(/[\t-\r]/g, ' ')), startOf: (index) => index, endOf: (index) => index + 1 };
  }
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  for (let at = 0; at < original.length; ) {
    const code = original.codePointAt(at) as number;
    const size = code > 0xffff ? 2 : 1;
    const plain = plainOf(code);
    text += plain;
    for (let i = 0; i < plain.length; i += 1) {
      starts.push(at);
      ends.push(at + size);
    }
    at += size;
  }
  return {
    text: zeros(text),
    startOf: (index) => starts[index] ?? original.length,
    endOf: (index) => ends[index] ?? original.length,
  };
}

function plainOf(code: number): string {
  if (code < 128) return code < 33 ? ' ' : String.fromCharCode(code);
  const remembered = known.get(code);
  if (remembered !== undefined) return remembered;
  const char = String.fromCodePoint(code);
  let plain = '';
  if (!dropped.test(char)) for (const part of char.normalize('NFKC')) plain += simple(part);
  if (known.size > 4000) known.clear();
  known.set(code, plain);
  return plain;
}

function simple(char: string): string {
  if (char < '\u0080') return char < '!' ? ' ' : char;
  if (digit.test(char)) return digitValue(char.codePointAt(0) as number);
  if (/[\p{Z}\u0085]/u.test(char)) return ' ';
  if (/[\p{Pd}\u2212\u02D7]/u.test(char)) return '-';
  if (/[·•‧∙⋅・˙•。]/u.test(char)) return '·';
  if (/[、،٫٬，]/u.test(char)) return ',';
  if (/[оОοΟ]/u.test(char)) return 'o';
  return dropped.test(char) ? '' : char;
}

/** Decimal digits stand in sets of ten that nothing touches. */
function digitValue(code: number): string {
  let zero = code;
  while (code - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

const zeros = (text: string): string =>
  /\d/.test(text)
    ? text.replace(/(?<=\d)o+(?=\d|\P{L}|$)|(?<!\p{L})o+(?=\d)|(?<=\d[ .-])o{2,3}(?=[ .-]\d)/giu, (found) =>
        '0'.repeat(found.length),
      )
    : text;
