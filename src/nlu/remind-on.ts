import { addDays, addMonths } from '../domain/calendar';
import type { Profile } from '../domain/profile';
import { findDates, findDurations, resolveDate } from './dates';
import type { Reading } from './extract-slots';
import type { Hit } from './phrases';

/** "In" before a length of time, or "after" behind it. */
const isAhead = (hits: readonly Hit[], { start, end }: { start: number; end: number }): boolean =>
  hits.some((hit) => hit.tag === 'time:ahead' && (hit.end === start || hit.start === end));

/** The day on which somebody wants to be written to ("in eight weeks", "on 3 March"), if they said one. */
export function remindOn({ text, tokens, hits, words }: Reading, today: string): string | undefined {
  const length = findDurations(tokens, hits, words).find((duration) => isAhead(hits, duration));
  if (length)
    return length.months > 0 && isWhole(length)
      ? addMonths(today, length.months)
      : addDays(today, Math.round(length.days));
  return findDates(text, tokens, hits)
    .filter(({ day }) => day !== null)
    .map((date) => resolveDate(date, today, 'next'))
    .find((day) => day > today);
}

/** Said in months or years: the calendar counts them, not the days. */
const daysInMonth = 365.25 / 12;
const isWhole = ({ days, months }: { days: number; months: number }): boolean =>
  Math.abs(days - months * daysInMonth) < 1;

/** Facts told beside the wish: a time to come is none of them. */
export function withoutTimes({ months: _, arrival, ...facts }: Profile, today: string): Profile {
  return typeof arrival === 'string' && arrival !== 'unknown' && arrival <= today ? { ...facts, arrival } : facts;
}
