import { compilePolicy } from './policy';
import { closedValues, type Slot } from './profile';
import { figure, type RuleBook } from './rulebook';
import type { Rule } from './rules';
import { neededSlots } from './truth';
import { blankView, type Residence, type Value, type View } from './view';

/** Facts that are not answers to a closed question: some nationalities, a promised job. */
const today = '2000-01-01';
const countries: readonly (readonly string[])[] = [[], ['DZ'], ['CA'], ['US']];
const jobStarts: readonly (string | undefined)[] = [undefined, '2000-02-01'];

function valuesOf(slot: Slot, book: RuleBook): readonly Value[] {
  if (slot === 'workCountry') return ['none', 'unknown', 'CH', 'DE', 'GB', 'US', 'FR'];
  const values: readonly Value[] = closedValues[slot as keyof typeof closedValues] ?? [true, false];
  return Object.hasOwn(book.interview.cautious, slot) && slot === 'permit' ? [...values, 'unknown'] : values;
}

const inForceTogether = (a: Rule, b: Rule): boolean =>
  (a.until === undefined || b.from === undefined || b.from <= a.until) &&
  (b.until === undefined || a.from === undefined || a.from <= b.until);

/**
 * Every pair of rules of one order that can hold together with a different `then`: the build must not accept it, since
 * the order of the file would decide. Each is a sentence with one such case; none when the list is empty. Exact over closed
 * slots: it follows what either rule still needs to know.
 */
export function findRuleConflicts(book: RuleBook): string[] {
  const policy = compilePolicy(book);
  const conflicts: string[] = [];
  for (const [index, first] of policy.rules.entries()) {
    for (const second of policy.rules.slice(index + 1)) {
      if (first.row.order !== second.row.order || !inForceTogether(first.row, second.row)) continue;
      if (JSON.stringify(first.row.then) === JSON.stringify(second.row.then)) continue;
      const view = meeting((candidate) => [first.test(candidate), second.test(candidate)], book);
      if (view) {
        const example = JSON.stringify({
          ...view.values,
          ...(view.country.length > 0 ? { country: view.country } : {}),
        });
        conflicts.push(
          `rules ${first.row.id} and ${second.row.id} of order ${first.row.order} hold together: ${example}`,
        );
      }
    }
  }
  return conflicts;
}

/**
 * Rules whose dates do not fit: a period that ends before it begins, and two dated rules of one order that hold together while
 * both are in force (the older one should end the day before the newer begins), whatever they say.
 */
export function findOverlaps(book: RuleBook): { id: string; text: string }[] {
  const policy = compilePolicy(book);
  const dated = policy.rules.filter(({ row }) => row.from !== undefined || row.until !== undefined);
  const backwards = dated.flatMap(({ row: { id, from, until } }) =>
    from !== undefined && until !== undefined && until < from
      ? [{ id, text: `${id} ends (${until}) before it begins (${from})` }]
      : [],
  );
  const overlapping = dated.flatMap((first, index) =>
    dated.slice(index + 1).flatMap((second) => {
      if (first.row.order !== second.row.order || !inForceTogether(first.row, second.row)) return [];
      const together = meeting((view) => [first.test(view), second.test(view)], book);
      return together ? [{ id: second.row.id, text: `the dates of ${first.row.id} and ${second.row.id} overlap` }] : [];
    }),
  );
  return [...backwards, ...overlapping];
}

type Pair = [boolean | number, boolean | number];

/** A view in which both hold, or undefined. */
function meeting(test: (view: View) => Pair, book: RuleBook): View | undefined {
  for (const country of countries) {
    for (const activityStart of jobStarts) {
      const view = blankView(today, country);
      view.values.activityStart = activityStart;
      const found = search(view, test, book);
      if (found) return found;
    }
  }
  return undefined;
}

function search(view: View, test: (view: View) => Pair, book: RuleBook): View | undefined {
  const [first, second] = test(view);
  if (first === false || second === false) return undefined;
  if (first === true && second === true) return view;
  const [slot] = [...neededSlots(first), ...neededSlots(second)];
  if (!slot) return undefined;
  const branches: View[] =
    slot === 'arrival'
      ? [0, figure(book, 'waitMonths')].map((least) => ({
          ...view,
          residence: { state: least === 0 ? 'running' : 'served', least, most: least, until: null } satisfies Residence,
        }))
      : valuesOf(slot, book).map((value) => ({ ...view, values: { ...view.values, [slot]: value } }));
  for (const branch of branches) {
    const found = search(branch, test, book);
    if (found) return found;
  }
  return undefined;
}
