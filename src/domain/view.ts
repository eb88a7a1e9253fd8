import { addMonths, fullMonths, monthRange } from './calendar';
import { deriveNationality } from './countries';
import { type Profile, type Slot, slots } from './profile';
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
export const threeMonthsEnd = (arrival: string, book: RuleBook): string =>
  addMonths(arrival, figure(book, 'waitMonths'));

type Span = { least: number; most: number; day: string | null };

/**
 * Full months of residence on `today`. A day of arrival wins over a count of months, a count over a month of arrival,
 * which gives a range: someone who came "in October" may have come on its first or its last day.
 */
function spanOfResidence({ arrival, months }: Profile, today: string): Span | undefined {
  const stated = arrival === undefined || arrival === 'unknown' ? undefined : arrival;
  const since = (day: string) => (day > today ? 0 : fullMonths(day, today));
  if (stated?.length === 10) return { least: since(stated), most: since(stated), day: stated };
  if (typeof months === 'number') return { least: months, most: months, day: null };
  if (stated === undefined) return undefined;
  const { first, last } = monthRange(stated);
  return { least: since(last), most: since(first), day: null };
}

/** Full months of residence; undefined when it is not known to the month. */
export function monthsOfResidence(profile: Profile, today: string): number | undefined {
  const span = spanOfResidence(profile, today);
  return span && span.least === span.most ? span.least : undefined;
}

/** How the residence stands to the wait. A month of arrival stays open only when its range spans the end of the wait. */
export function deriveResidence(profile: Profile, today: string, book: RuleBook): Residence {
  const wait = figure(book, 'waitMonths');
  const span = spanOfResidence(profile, today);
  const { arrival, months } = profile;
  if (!span) return { state: arrival === 'unknown' || months === 'unknown' ? 'unknown' : 'open' };
  const { least, most, day } = span;
  if (least < wait && most >= wait && months !== 'unknown') return { state: 'open' };
  return { state: least >= wait ? 'served' : 'running', least, most, until: day && threeMonthsEnd(day, book) };
}

/** Values with a place for every slot: all of one shape, so that copying and reading them is fast. */
const blank = Object.fromEntries(slots.map((slot) => [slot, undefined])) as View['values'];

/** A view of nothing: every slot open. */
export const blankView = (today: string, country: readonly string[]): View => ({
  today,
  values: { ...blank },
  country,
  residence: { state: 'open' },
});

/** A copy whose values can be changed without changing the view. */
export const copyView = ({ today, values, country, residence }: View): View => ({
  today,
  values: { ...values },
  country,
  residence,
});

const noCountry: readonly string[] = [];

/** What a profile says, without defaults and without guesses: `"unknown"` is simply not there. */
export function statedView(profile: Profile, today: string, book: RuleBook): View {
  const view = blankView(today, Array.isArray(profile.country) ? profile.country : noCountry);
  const { values } = view;
  for (const slot in profile) {
    const value = profile[slot as Slot];
    if (value !== undefined && value !== 'unknown' && typeof value !== 'object') values[slot as Slot] = value;
  }
  const residence = deriveResidence(profile, today, book);
  view.residence = residence;
  if ('least' in residence) values.months = residence.least;
  return view;
}

/**
 * The view that rules are tested on: stated facts, then cautious values for `"unknown"`, then defaults. A stated view that is
 * no longer needed may be given, and is filled in.
 */
export function viewProfile(
  profile: Profile,
  today: string,
  book: RuleBook,
  view: View = statedView(profile, today, book),
): View {
  const { values } = view;
  const { cautious } = book.interview;
  deriveInto(view, profile);
  for (const slot in profile) {
    if (profile[slot as Slot] === 'unknown') values[slot as Slot] ??= cautious[slot];
  }
  return withDefaults(view, book);
}

/**
 * What the person said and the usual defaults, for texts that fit the reader. `"unknown"` is no guess, save where the careful
 * answer is yes: a student who does not tell whether they are over 28 reads what is said of those who are.
 */
export function presentView(profile: Profile, today: string, book: RuleBook): View {
  const view = statedView(profile, today, book);
  deriveInto(view, profile);
  for (const slot in profile) {
    if (profile[slot as Slot] === 'unknown' && book.interview.cautious[slot] === true)
      view.values[slot as Slot] ??= true;
  }
  return withDefaults(view, book);
}

function deriveInto({ values }: View, profile: Profile): void {
  const group = values.nationality ?? deriveNationality(profile.country);
  if (group !== undefined) values.nationality = group;
}

function withDefaults(view: View, book: RuleBook): View {
  const { defaults } = book.interview;
  for (const slot in defaults) view.values[slot as Slot] ??= defaults[slot];
  return view;
}
