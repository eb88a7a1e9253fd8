import { ibanLengths, isCard, isIban, nirKey } from './check-keys';
import {
  american,
  amountAfter,
  card,
  cluster,
  dateOrTime,
  documentNumber,
  emails,
  foreignPhone,
  frenchPhone,
  gap,
  ibanApart,
  ibanStart,
  mayBeEmail,
  nir,
  nirApart,
  passportWord,
  permitWord,
  phoneAfter,
  phoneApart,
  phoneBefore,
  rib,
} from './personal-data-shapes';
import { plainText } from './plain-text';
import type { PersonalData } from './understanding';

type Span = { start: number; end: number; kind: PersonalData };
type Publics = { digits: ReadonlySet<string>; long: RegExp | null };

const onlyDigits = (text: string): string => text.replace(/\D/g, '');
const opened = new WeakMap<ReadonlySet<string>, Publics>();

/**
 * Numbers that identify a person, whatever script, spaces or invisible characters they are written with.
 * `publicPhones` = phone numbers of the contacts file, digits only, never masked.
 * Returns the kinds found and the text with each replaced by `•••`.
 */
export function maskPersonalData(
  text: string,
  publicPhones: ReadonlySet<string>,
): { kinds: PersonalData[]; masked: string } {
  const hasNumber = /\p{N}/u.test(text);
  if (!hasNumber && !mayBeEmail.test(text)) return { kinds: [], masked: text };
  const plain = plainText(text);
  const spans = new Search(plain.text, publicsOf(publicPhones)).run();
  if (spans.length === 0) return { kinds: [], masked: text };
  spans.sort((a, b) => a.start - b.start);
  let masked = '';
  let last = 0;
  for (const span of spans) {
    masked += `${text.slice(last, plain.startOf(span.start))}•••`;
    last = plain.endOf(span.end - 1);
  }
  return { kinds: [...new Set(spans.map(({ kind }) => kind))], masked: masked + text.slice(last) };
}

function publicsOf(digits: ReadonlySet<string>): Publics {
  const known = opened.get(digits);
  if (known) return known;
  const long = [...digits].filter((number) => number.length >= 9);
  const written = long.map((number) => {
    const spaced = (part: string) => [...part].join(`${gap}{0,3}`);
    return number.startsWith('33')
      ? `33${gap}{0,3}(?:0${gap}{0,3})?${spaced(number.slice(2).replace(/^0/, ''))}`
      : spaced(number);
  });
  const made: Publics = {
    digits,
    long: written.length > 0 ? new RegExp(`(?<!\\d)(?:\\+|00)?(?:${written.join('|')})(?!\\d)`, 'g') : null,
  };
  opened.set(digits, made);
  return made;
}

/** The search in one plain text. What was found or is certainly harmless is blanked out, so that nothing is read twice. */
class Search {
  private readonly spans: Span[] = [];

  constructor(
    private text: string,
    private readonly publics: Publics,
  ) {}

  run(): Span[] {
    if (mayBeEmail.test(this.text)) for (const pattern of emails) this.each(pattern, () => 'email');
    if (this.digitsFewerThan(6)) return this.spans;
    this.ibans();
    this.each(rib, () => 'iban');
    this.each(card, (found) => this.isCardLike(found));
    this.each(nir, (found) => (isPostcodes(found) ? null : 'nir'));
    this.each(ibanApart, (found) => (isIban(found.replace(/[^A-Za-z\d]/g, '').toUpperCase()) ? 'iban' : null));
    this.each(nirApart, () => 'nir');
    if (this.publics.long) this.blank(this.publics.long);
    this.each(phoneApart, () => 'phone');
    this.each(cluster, (found) => irregular(found));
    this.blank(dateOrTime);
    this.each(frenchPhone, (found) => (this.isAmount(found) ? null : 'phone'));
    this.each(foreignPhone, (found) => (onlyDigits(found).length >= 9 ? 'phone' : null));
    this.each(american, () => 'phone');
    this.documents();
    this.each(cluster, (found, start) => this.phoneOrLong(found, start));
    return this.spans;
  }

  private each(pattern: RegExp, kindOf: (found: string, start: number) => PersonalData | null): void {
    const { text } = this;
    for (const match of text.matchAll(pattern)) {
      const kind = kindOf(match[0], match.index);
      if (kind) this.add(match.index, match.index + match[0].length, kind);
    }
  }

  private add(start: number, end: number, kind: PersonalData): void {
    this.spans.push({ start, end, kind });
    this.text = this.text.slice(0, start) + '\u0001'.repeat(end - start) + this.text.slice(end);
  }

  private blank(pattern: RegExp): void {
    this.text = this.text.replace(pattern, (found) => '\u0002'.repeat(found.length));
  }

  private digitsFewerThan(count: number): boolean {
    let left = count;
    for (let i = 0; i < this.text.length; i += 1) {
      const code = this.text.charCodeAt(i);
      if (code > 47 && code < 58) {
        left -= 1;
        if (left === 0) return false;
      }
    }
    return true;
  }

  private ibans(): void {
    ibanStart.lastIndex = 0;
    for (let match = ibanStart.exec(this.text); match; match = ibanStart.exec(this.text)) {
      const end = ibanEnd(this.text, match.index, match[2] === '');
      if (end > 0) {
        this.add(match.index, end, 'iban');
        ibanStart.lastIndex = end;
      } else ibanStart.lastIndex = match.index + 1;
    }
  }

  private isCardLike(found: string): PersonalData | null {
    if (isCard(onlyDigits(found))) return 'bankCard';
    const groups = found.match(/\d+/g) ?? [];
    if (groups.length === 1) return groups[0]?.length === 16 ? 'bankCard' : null;
    if (groups.length < 4) return null;
    return groups.every((group) => isYear(group) || this.publics.digits.has(group)) ? null : 'bankCard';
  }

  private isAmount(found: string): boolean {
    return /,\d\d$/.test(found) && !/^\d\d(?:,\d\d){4}$/.test(found);
  }

  private documents(): void {
    const { text } = this;
    let passports: number[] | null = null;
    let permits: number[] | null = null;
    for (const match of text.matchAll(documentNumber)) {
      const [found] = match;
      const start = match.index;
      const end = start + found.length;
      const digits = onlyDigits(found);
      if (this.publics.digits.has(digits) || amountAfter.test(text.slice(end, end + 14))) continue;
      if (/^0[1-9]\d{8}$/.test(digits)) continue;
      passports ??= places(text, passportWord);
      permits ??= places(text, permitWord);
      const near = (list: number[], before: number, after: number) =>
        list.some((place) => (place < start ? start - place <= before : place - end <= after));
      if (near(passports, 90, 80)) this.add(start, end, 'passport');
      else if (digits.length >= 9 && near(permits, 90, 50)) this.add(start, end, 'permitNumber');
      else if (/^[A-Za-z]{1,2}-?\d{7,9}$/.test(found) && near(permits, 60, 30)) this.add(start, end, 'permitNumber');
      else if (/^[A-Za-z]{2}\d{7}$/.test(found) || /^\d{2}[A-Za-z]{2}\d{5}$/.test(found))
        this.add(start, end, 'passport');
    }
  }

  /** Phones without a prefix that tells, and runs too long to be anything harmless. */
  private phoneOrLong(found: string, start: number): PersonalData | null {
    const digits = onlyDigits(found);
    if (digits.length < 8 || this.publics.digits.has(digits)) return null;
    const groups = found.match(/\d+/g) as string[];
    const end = start + found.length;
    if (amountAfter.test(this.text.slice(end, end + 14))) return null;
    const longest = Math.max(...groups.map(({ length }) => length));
    // Ids of laws (JORFTEXT000042575619).
    if (groups.length === 1 && longest >= 10 && /^000/.test(digits)) return null;
    if (longest >= 10)
      return /^(?:0|33[67])|^\d{11,12}$/.test(digits) ? 'phone' : digits.length === 10 ? 'permitNumber' : 'nir';
    if (groups.every((group) => isYear(group) || this.publics.digits.has(group))) return null;
    const before = this.text.slice(Math.max(0, start - 45), start);
    const worded = phoneBefore.test(before) || phoneAfter.test(this.text.slice(end, end + 25));
    if (worded && digits.length >= 9 && digits.length <= 15 && !isList(groups)) return 'phone';
    if (digits.length < 9 || digits.length > 13 || groups.length < 2 || isList(groups)) return null;
    if (!/^\d+(?:[ .\-_·]{1,3}\d+)+$/.test(found)) return null;
    if (/^0[1-9]/.test(digits) && (digits.length === 10 || digits.length === 11)) return 'phone';
    const phoneGroups = groups.length >= 3 && groups.every(({ length }) => length >= 2 && length <= 4);
    return phoneGroups && !/^\d{1,2}(?:[ .]\d{3}){2,4}$/.test(found) ? 'phone' : null;
  }
}

/** `75019, 13001, 69003`, unless the key of a French number fits. */
function isPostcodes(found: string): boolean {
  if (!/^\d{5}(?:[ ,./|-]{1,3}\d{5}){2}$/.test(found)) return false;
  const digits = onlyDigits(found);
  return nirKey(digits.slice(0, 13)) !== Number(digits.slice(13));
}

const isYear = (group: string): boolean => /^(?:19|20)\d\d$/.test(group);

/** Numbers that rise, postcodes, years: a list, not one number. */
function isList(groups: string[]): boolean {
  if (groups.length < 3) return false;
  if (groups.every((group) => group.length === 5) || groups.every(isYear)) return true;
  return groups.every((group, index) => index === 0 || Number(group) > Number(groups[index - 1]));
}

/** A number of 13 to 15 digits cut in unusual places, or a card. */
function irregular(found: string): PersonalData | null {
  const digits = onlyDigits(found);
  if (digits.length < 13 || digits.length > 19) return null;
  const groups = found.match(/\d+/g) as string[];
  if (digits.length === 15 && /^[1-478]/.test(digits) && nirKey(digits.slice(0, 13)) === Number(digits.slice(13)))
    return 'nir';
  if (isList(groups) || groups.every(isYear) || found.search(dateOrTime) >= 0) return null;
  if (found.includes(',') && groups.some(({ length }) => length > 1)) return null;
  if (/^\d{1,3}(?:[ .]\d{3})+$/.test(found)) return null;
  if (digits.length >= 15 && isCard(digits)) return 'bankCard';
  return digits.length <= 15 && /^[1-478]/.test(digits) ? 'nir' : null;
}

function places(text: string, pattern: RegExp): number[] {
  return Array.from(text.matchAll(pattern), ({ index }) => index);
}

/** Where the IBAN that begins at `start` ends, 0 when there is none. With a typing mistake it is somebody's account all the same. */
function ibanEnd(text: string, start: number, glued: boolean): number {
  const country = text.slice(start, start + 2);
  const length = ibanLengths[country.toUpperCase()];
  if (length === undefined) return 0;
  let compact = '';
  let digits = 0;
  let end = start;
  let between = 0;
  for (let i = start; i < text.length && compact.length < length; i += 1) {
    const char = text[i] as string;
    if (/[A-Za-z\d]/.test(char)) {
      compact += char.toUpperCase();
      if (char <= '9') digits += 1;
      end = i + 1;
      between = 0;
    } else {
      between += 1;
      if (between > 3 || !/[ .\-_/,·|*()\\:;']/.test(char)) break;
    }
  }
  if (isIban(compact)) return end;
  if (!glued && country !== country.toUpperCase()) return 0;
  const enough = country.toUpperCase() === 'FR' ? compact.length >= 25 && digits >= 18 : compact.length === length;
  return enough && digits >= Math.max(11, (length - 2) * 0.6) ? end : 0;
}
