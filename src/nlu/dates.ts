import { addDays, daysInMonth } from '../domain/calendar';
import { plainDigits, type Token } from './normalise';
import type { Hit } from './phrases';
import type { Words } from './words';

/** A length of time as written, in days and in full months. */
export type Duration = { start: number; end: number; days: number; months: number };
/** A day or a month as written; `year` null when it was not said. */
export type WrittenDate = {
  start: number;
  end: number;
  year: number | null;
  month: number;
  day: number | null;
  /** With no year in figures: how many years back it was said to be ("last year in May"). */
  yearsAgo?: number;
};

const daysOf = { day: 1, week: 7, month: 365.25 / 12, year: 365.25 } as const;

/** Every duration of a message: a number and a unit ("3 mois", "un an et demi", "half a year"). */
export function findDurations(tokens: readonly Token[], hits: readonly Hit[], words: Words): Duration[] {
  const found: Duration[] = [];
  for (const hit of hits) {
    if (hit.tag.startsWith('duration:')) {
      if (isYear(tokens[hit.end])) continue;
      const [count, unit] = hit.tag.slice(9).split(' ') as [string, keyof typeof daysOf];
      found.push({ start: hit.start, end: hit.end, ...lengthOf(Number(count), unit) });
      continue;
    }
    if (!hit.tag.startsWith('unit:')) continue;
    const unit = hit.tag.slice(5) as keyof typeof daysOf;
    let start = hit.start - 1;
    let half = 0;
    const halfBefore = hits.find((other) => other.tag === 'time:half' && other.end === hit.start);
    if (halfBefore) {
      half = 0.5;
      start = halfBefore.start - 1;
    }
    if (hits.some((other) => other.tag === 'time:half' && other.start === hit.end)) half = 0.5;
    const token = tokens[start];
    let count = token === undefined ? Number.NaN : words.numberOf(token.word);
    // "half a year": the article stands between.
    if (hits.some((other) => other.tag === 'time:half' && other.end === start)) {
      count = 0;
      half = 0.5;
    }
    // "Since the year 2022" is no length of time.
    if (Number.isNaN(count) || isYear(tokens[hit.end])) continue;
    const decimal = decimalBefore(tokens, start);
    if (decimal !== null) {
      count = decimal;
      start -= 1;
    }
    const total = count + half;
    if (total < 0 || total > 100) continue;
    found.push({ start: Math.max(0, start), end: hit.end, ...lengthOf(total, unit) });
  }
  // "A month and a half" also says "a month": the longer one counts.
  return found.filter((span) => !found.some((other) => other !== span && covers(other, span)));
}

function lengthOf(count: number, unit: keyof typeof daysOf): { days: number; months: number } {
  const days = count * daysOf[unit];
  if (unit === 'month') return { days, months: Math.floor(count) };
  return { days, months: Math.floor(unit === 'year' ? count * 12 : days / daysOf.month) };
}

function decimalBefore(tokens: readonly Token[], index: number): number | null {
  const fraction = tokens[index];
  const whole = tokens[index - 1];
  if (!fraction || !whole || fraction.start - whole.end !== 1) return null;
  if (!/^\d{1,2}$/.test(whole.word) || !/^5$/.test(fraction.word)) return null;
  return Number(`${whole.word}.${fraction.word}`);
}

/**
 * Every date of a message: "3 sept", "le 2 janvier 2026", "September 3rd", "03/09/2025", "2025-09-03", "in May", and with
 * `bare` a month's name alone.
 */
export function findDates(text: string, tokens: readonly Token[], hits: readonly Hit[], bare = false): WrittenDate[] {
  const found: WrittenDate[] = numericDates(text, tokens);
  for (const hit of hits) {
    if (!hit.tag.startsWith('month:')) continue;
    if (found.some((date) => hit.start >= date.start && hit.start < date.end)) continue;
    const month = Number(hit.tag.slice(6));
    if (hits.some((other) => other.tag.startsWith('month:') && covers(other, hit))) continue;
    let { start, end } = hit;
    const joins = (index: number) =>
      hits.some((other) => other.tag === 'time:dateJoins' && other.start <= index && index < other.end);
    const before = joins(start - 1) ? start - 2 : start - 1;
    let day = yearAt(tokens, hits, before) === null ? dayOf(tokens[before]) : null;
    if (day !== null && (joined(text, tokens, start) || (tokens[start]?.gap ?? 0) < 2)) start = before;
    else {
      day = dayOf(tokens[end]);
      if (day !== null && (tokens[end]?.gap ?? 0) === 0) end += joins(end + 1) ? 2 : 1;
      else day = null;
    }
    const yearOf = (index: number) => yearAt(tokens, hits, index);
    // The year comes last, or first where people write it so.
    const after = joins(end) && yearOf(end) === null ? end + 1 : end;
    let year = yearOf(after);
    if (year !== null) end = after + 1;
    else {
      const ahead = joins(start - 1) ? start - 2 : start - 1;
      year = yearOf(ahead);
      if (year !== null) start = ahead;
    }
    const yearsAgo = year === null ? yearsAgoBeside(hits, start, end) : undefined;
    const cued =
      bare ||
      yearsAgo !== undefined ||
      hits.some(
        (other) =>
          (other.tag === 'time:monthCues' && other.end === hit.start) ||
          (other.tag === 'time:monthCuesAfter' && other.start === hit.end),
      );
    if (day === null && year === null && !cued) continue;
    if (day !== null && day > daysInMonth(year ?? 2024, month)) continue;
    found.push({ start, end, year, month, day, yearsAgo });
  }
  return found;
}

const relativeYears = { 'time:thisYear': 0, 'time:lastYear': 1, 'time:yearBeforeLast': 2 } as Record<string, number>;

/** "Last year", just before or behind a month. */
function yearsAgoBeside(hits: readonly Hit[], start: number, end: number): number | undefined {
  const beside = hits.find(
    ({ tag, start: from, end: to }) =>
      tag in relativeYears && (to === start || to === start - 1 || from === end || from === end + 1),
  );
  return beside && relativeYears[beside.tag];
}

/** "3. September": a full stop after a day's number ends no sentence. */
const joined = (text: string, tokens: readonly Token[], month: number): boolean =>
  /^\.\s?$/.test(text.slice(tokens[month - 1]?.end, tokens[month]?.start));

type Span = { start: number; end: number };
const covers = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && outer.end >= inner.end && outer.end - outer.start > inner.end - inner.start;
const dayOf = (token: Token | undefined): number | null => {
  const day = token && /^\d{1,2}$/.test(token.word) ? Number(token.word) : Number.NaN;
  return day >= 1 && day <= 31 ? day : null;
};
const isYear = (token: Token | undefined): boolean =>
  token !== undefined && token.gap < 2 && /^(19|20)\d\d$/.test(token.word);
/** The year at a place, in four figures, or in two before a word that says so. */
function yearAt(tokens: readonly Token[], hits: readonly Hit[], index: number): number | null {
  const token = tokens[index];
  if (isYear(token)) return Number(token?.word);
  const marked = hits.some(({ tag, start }) => tag === 'time:yearMarks' && start === index + 1);
  return marked && token && /^\d\d$/.test(token.word) ? 2000 + Number(token.word) : null;
}

const numeric =
  /(?<![\d/.-])(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?|(\d{1,2})[/](\d{4}))(?![\d/-])/g;

function numericDates(text: string, tokens: readonly Token[]): WrittenDate[] {
  const found: WrittenDate[] = [];
  for (const match of plainDigits(text).matchAll(numeric)) {
    const [whole, isoYear, isoMonth, isoDay, a, b, shortYear, onlyMonth, onlyYear] = match;
    const year = isoYear ?? onlyYear ?? (shortYear?.length === 2 ? `20${shortYear}` : shortYear);
    const month = Number(isoMonth ?? b ?? onlyMonth);
    const day = isoDay ?? a;
    const dayNumber = day === undefined ? null : Number(day);
    // "3.9." is a day where people write so; "3.9" may be anything.
    if (year === undefined && !whole.includes('/') && !/^\.(?!\d)/.test(text.slice(match.index + whole.length)))
      continue;
    if (month < 1 || month > 12) continue;
    if (dayNumber !== null && (dayNumber < 1 || dayNumber > daysInMonth(Number(year ?? 2024), month))) continue;
    const start = tokens.findIndex((token) => token.end > match.index);
    const after = tokens.findIndex((token) => token.start >= match.index + whole.length);
    if (start < 0) continue;
    const end = after < 0 ? tokens.length : after;
    found.push({ start, end, year: year === undefined ? null : Number(year), month, day: dayNumber });
  }
  return found;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The date as ISO day or month; without a year, the `last` one before today, the `next` one, or whichever of both is nearer. */
export function resolveDate(date: WrittenDate, today: string, which: 'last' | 'next' | 'nearest' = 'last'): string {
  const write = (year: number) =>
    `${year}-${two(date.month)}${date.day === null ? '' : `-${two(Math.min(date.day, daysInMonth(year, date.month)))}`}`;
  const thisYear = Number(today.slice(0, 4));
  if (date.year !== null) return write(date.year);
  if (date.yearsAgo !== undefined) return write(thisYear - date.yearsAgo);
  const candidate = write(thisYear);
  const now = today.slice(0, candidate.length);
  const last = candidate > now ? write(thisYear - 1) : candidate;
  const next = candidate < now ? write(thisYear + 1) : candidate;
  if (which === 'nearest')
    return Date.parse(now) - Date.parse(last) <= Date.parse(next) - Date.parse(now) ? last : next;
  return which === 'next' ? next : last;
}

/** True when an ISO day or month lies after today. */
export const isFuture = (date: string, today: string): boolean => date > today.slice(0, date.length);

/** The month before the current one, `YYYY-MM`. */
export const lastMonth = (today: string): string => addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
