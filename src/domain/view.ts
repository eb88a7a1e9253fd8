import { fullMonths, monthRange, addMonths } from './calendar';
import type { Profile, Slot } from './profile';
import { figure, type RuleBook } from './rulebook';

/** A single value of a slot, as tests see it; `country` is read through named facts. */
export type Value = string | number | boolean;

/**
 * How long the person has lived here without a break. `open`: not said, or a month that spans the end of the wait;
 * `unknown`: asked and not known, which counts as no month at all.
 */
export type Residence =
  | { state: 'open' | 'unknown' }
  | { state: 'served' | 'running'; least: number; most: number; until: string | null };

/**
 * A profile as tests see it: nationality derived, `"unknown"` replaced by its cautious value, defaults filled in.
 * A slot without value is still open.
 */
export type View = {
  today: string;
  values: Partial<Record<Slot, Value>>;
  country: readonly string[];
  residence: Residence;
};

/** End of the three-month wait: arrival + the wait in calendar months, clamped to the month's last day. */
export const threeMonthsEnd = (arrival: string, book: RuleBook): string => addMonths(arrival, figure(book, 'waitMonths'));

/** The nationality group of stated countries: French wins, then EU/EEA/Swiss, then UK. Undefined when none is stated. */
export function deriveNationality(country: Profile['country'], book: RuleBook): string | undefined {
  if (!Array.isArray(country)) return undefined;
  const { french, eu, uk } = book.countries;
  if (country.some((code) => french.includes(code))) return 'french';
  if (country.some((code) => eu.includes(code))) return 'eu';
  return country.some((code) => uk.includes(code)) ? 'uk' : 'other';
}

/** Months of residence from a day, a month or a count of months. A day wins over a count, a count over a month. */
export function deriveResidence(profile: Profile, today: string, book: RuleBook): Residence {
  const wait = figure(book, 'waitMonths');
  const { arrival, months } = profile;
  const between = (least: number, most: number, until: string | null): Residence => ({
    state: least >= wait ? 'served' : 'running',
    least,
    most,
    until,
  });
  const stated = typeof arrival === 'string' && arrival !== 'unknown' ? arrival : undefined;
  if (stated?.length === 10) {
    const full = stated > today ? 0 : fullMonths(stated, today);
    return between(full, full, threeMonthsEnd(stated, book));
  }
  if (typeof months === 'number') return between(months, months, null);
  if (stated) {
    const { first, last } = monthRange(stated);
    const most = first > today ? 0 : fullMonths(first, today);
    const least = last > today ? 0 : fullMonths(last, today);
    const asksDay = least < wait && most >= wait && months !== 'unknown';
    return asksDay ? { state: 'open' } : between(least, most, null);
  }
  return { state: arrival === 'unknown' || months === 'unknown' ? 'unknown' : 'open' };
}

/** What a profile says, without defaults and without guesses: `"unknown"` is simply not there. */
export function statedView(profile: Profile, today: string, book: RuleBook): View {
  const values: View['values'] = {};
  for (const [slot, value] of Object.entries(profile) as [Slot, Profile[Slot]][]) {
    if (value === undefined || value === 'unknown' || Array.isArray(value)) continue;
    values[slot] = value;
  }
  const country = Array.isArray(profile.country) ? profile.country : [];
  const residence = deriveResidence(profile, today, book);
  if ('least' in residence) values.months = residence.least;
  return { today, values, country, residence };
}

/** The view that rules are tested on: stated facts, then cautious values for `"unknown"`, then defaults. */
export function viewProfile(profile: Profile, today: string, book: RuleBook): View {
  const view = statedView(profile, today, book);
  const { values } = view;
  const { cautious, defaults } = book.interview;
  values.nationality ??= deriveNationality(profile.country, book);
  if (values.nationality === undefined) delete values.nationality;
  for (const [slot, value] of Object.entries(profile) as [Slot, Profile[Slot]][]) {
    const safe = cautious[slot];
    if (value === 'unknown' && values[slot] === undefined && safe !== undefined) values[slot] = safe;
  }
  for (const [slot, value] of Object.entries(defaults) as [Slot, Value][]) values[slot] ??= value;
  return view;
}
