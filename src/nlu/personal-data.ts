import type { PersonalData } from './understanding';

type Span = { start: number; end: number; kind: PersonalData };

/** Check key of a 13-place French number: 97 minus the rest of the division by 97; Corsican 2A and 2B count as 19 and 18. */
export function nirKey(body: string): number {
  const digits = body.toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - Number(BigInt(digits) % 97n);
}

/** ISO 13616 check of an IBAN without spaces. */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const lengths: Record<string, number> = {
    FR: 27,
    DE: 22,
    GB: 22,
    ES: 24,
    IT: 27,
    BE: 16,
    PT: 25,
    NL: 18,
    LU: 20,
    CH: 21,
  };
  const expected = lengths[iban.slice(0, 2)];
  if (expected !== undefined && iban.length !== expected) return false;
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** Luhn check of a bank card number. */
export function isCard(digits: string): boolean {
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

// 1: sex, 2: year, 3: month, 4: department (with Corsica), 5: commune and order, 6: key.
const nir =
  /(?<![\p{L}\d])[1-478][ .\-_/]{0,3}\d{2}[ .\-_/]{0,3}(?:0[1-9]|1[0-2]|[2-9]\d)[ .\-_/]{0,3}(?:\d{2}|2[AaBb])(?:[ .\-_/]{0,3}\d){6}(?:[ .\-_/()]{0,3}(?:cl[eé]|key)?[ :.]{0,3}\d{2})?(?![\p{L}\d])/gu;
const iban = /(?<![\p{L}\d])[A-Za-z]{2}[ -]?\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![\p{L}\d])/gu;
const digitRun = /(?<![\p{L}\d.,])\+?\d(?:[ .\-/()_]{0,2}\d){7,24}(?![\p{L}\d])/gu;
const email =
  /[\p{L}\d._%+-]{1,64}(?:@|\s?(?:\[at\]|\(at\)|\[arobase\])\s?)[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,4}/gu;
const passportWord =
  /(?:pass?e?ports?|паспорт\p{L}{0,2}|جواز|护照|pasaport\p{L}{0,3}|pasaporte|passaporte|passaporto|reisepass\p{L}{0,4}|pasaport)/iu;
const permitWord =
  /(?:titre|s[ée]jour|r[ée]c[ée]piss[ée]|permis|permit|residence|agdref|num[ée]ro [ée]tranger|[ée]tranger|foreigner|visa|vls|anef|carte|card|file|dossier)/iu;
const documentNumber =
  /(?<![\p{L}\d])(?:[A-Za-z]{1,3}[ -]?\d{6,9}|\d{2}[A-Za-z]{2}\d{5}|\d{9,10}|[A-Za-z]\d{2}[A-Za-z]{2}\d{4,5}|[A-Za-z]\d{7}[A-Za-z]?)(?![\p{L}\d])/gu;
const allowedPhoneShort = /^(?:15|17|18|112|114|115|116\d{3}|119|196|3\d{3})$/;

const onlyDigits = (text: string): string => text.replace(/\D/g, '');

/**
 * Numbers that identify a person. `publicPhones` = phone numbers of the contacts file, digits only, never masked.
 * Returns the kinds found and the text with each replaced by `•••`.
 */
export function maskPersonalData(
  text: string,
  publicPhones: ReadonlySet<string>,
): { kinds: PersonalData[]; masked: string } {
  const spans: Span[] = [];
  const free = (start: number, end: number) => spans.every((span) => end <= span.start || start >= span.end);
  const add = (start: number, end: number, kind: PersonalData) => {
    if (free(start, end)) spans.push({ start, end, kind });
  };
  for (const match of text.matchAll(email)) add(match.index, match.index + match[0].length, 'email');
  if (!/\d{2}/.test(text)) return finish(text, spans);
  for (const match of text.matchAll(iban)) {
    const found = ibanIn(match[0]);
    if (found > 0) add(match.index, match.index + found, 'iban');
  }
  for (const match of text.matchAll(nir))
    if (isNirLike(match[0])) add(match.index, match.index + match[0].length, 'nir');
  for (const match of text.matchAll(digitRun)) {
    const kind = kindOfDigits(match[0], text.slice(Math.max(0, match.index - 40), match.index), publicPhones);
    if (kind) add(match.index, match.index + match[0].length, kind);
  }
  for (const match of text.matchAll(documentNumber)) {
    const before = text.slice(Math.max(0, match.index - 45), match.index);
    const digits = onlyDigits(match[0]);
    if (digits.length < 6 || publicPhones.has(digits)) continue;
    if (passportWord.test(before)) add(match.index, match.index + match[0].length, 'passport');
    else if (digits.length >= 9 && permitWord.test(before))
      add(match.index, match.index + match[0].length, 'permitNumber');
    else if (/^[A-Za-z]{2}\d{7}$/.test(match[0]) || /^\d{2}[A-Za-z]{2}\d{5}$/.test(match[0]))
      add(match.index, match.index + match[0].length, 'passport');
  }
  return finish(text, spans);
}

function finish(text: string, spans: Span[]): { kinds: PersonalData[]; masked: string } {
  if (spans.length === 0) return { kinds: [], masked: text };
  spans.sort((a, b) => a.start - b.start);
  let masked = '';
  let last = 0;
  for (const span of spans) {
    masked += `${text.slice(last, span.start)}•••`;
    last = span.end;
  }
  return { kinds: [...new Set(spans.map(({ kind }) => kind))], masked: masked + text.slice(last) };
}

/** Length of the valid IBAN at the beginning of a candidate, 0 when there is none. */
function ibanIn(candidate: string): number {
  let compact = '';
  for (let i = 0; i < candidate.length; i += 1) {
    const char = candidate[i] as string;
    if (/[A-Za-z0-9]/.test(char)) compact += char.toUpperCase();
    if (compact.length > 14 && !/[A-Za-z0-9]/.test(candidate[i + 1] ?? ' ') && isIban(compact)) return i + 1;
    if (compact.length > 34) break;
  }
  // A French IBAN with a typing mistake is still somebody's account.
  return /^FR\d{2}/i.test(candidate) && compact.length >= 25 ? candidate.length : 0;
}

/** A number of the right shape: with its key it must fit; a mistyped key or none is masked all the same when the shape is complete. */
function isNirLike(candidate: string): boolean {
  const compact = candidate.replace(/[^\dABab]/g, '').toUpperCase();
  const body = compact.slice(0, 13);
  if (!/^[1-478]\d{4}(?:\d{2}|2[AB])\d{6}$/.test(body)) return false;
  return compact.length === 13 || compact.length === 15;
}

function kindOfDigits(candidate: string, before: string, publicPhones: ReadonlySet<string>): PersonalData | null {
  const digits = onlyDigits(candidate);
  if (publicPhones.has(digits) || publicPhones.has(digits.replace(/^(?:00)?33/, '0'))) return null;
  if (allowedPhoneShort.test(digits)) return null;
  if (isCard(digits) && /^[\d -]+$/.test(candidate)) return 'bankCard';
  if (digits.length === 13 || digits.length === 15) {
    if (/^[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)/.test(digits)) return 'nir';
  }
  if (isDateOrAmount(candidate)) return null;
  if (/^0[1-9]\d{8}$/.test(digits)) return 'phone';
  if (/^(?:0033|33)0?[1-9]\d{8}$/.test(digits) && (candidate.startsWith('+') || digits.startsWith('00')))
    return 'phone';
  if (candidate.startsWith('+') && digits.length >= 9 && digits.length <= 15) return 'phone';
  if (/^00[1-9]\d{8,13}$/.test(digits)) return 'phone';
  if (
    digits.length >= 9 &&
    digits.length <= 13 &&
    /(?:t[ée]l|phone|mobile|portable|whatsapp|appel|call|joindre|handy|cell|номер телефон|电话|هاتف)[^\d]{0,25}$/iu.test(
      before,
    )
  ) {
    return 'phone';
  }
  return null;
}

/** `12/02/2026 14`, `2025-09-03`, `01.02.2026`, `1 200 000`. */
function isDateOrAmount(candidate: string): boolean {
  return /^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?:[ ]|$)/.test(candidate) || /^\d{1,3}(?:[ .]\d{3}){1,3}$/.test(candidate);
}
