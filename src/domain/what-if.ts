import { arrivedProfile } from './decide';
import type { Basis, OutcomeId } from './ids';
import { interviewFor } from './interview';
import type { Outcome } from './outcome';
import { compilePolicy, findVerdict, type Policy } from './policy';
import type { Profile, Slot, SlotValue } from './profile';
import type { RuleBook } from './rulebook';
import { copyView, type View, viewProfile } from './view';

/** One fact that would lead elsewhere: the outcome, its basis, and whether the three-month wait would run. */
export type WhatIf = { slot: Slot; value: SlotValue; outcome: OutcomeId; basis: Basis; waits: boolean };

/** At most so many are told. */
const most = 3;

/** How much an outcome gives, lowest first; one that is not listed opens rights in France now. */
const ranks: Partial<Record<OutcomeId, number>> = {
  adviser: 0,
  notEligible: 0,
  ame: 1,
  homeFirst: 2,
  homeCover: 2,
  residenceLater: 3,
};
const best = 4;

const told = new WeakMap<Outcome, WhatIf[]>();

/**
 * What would change an outcome: single facts (content/rules/interview.yaml, `whatIf`) that the same rules answer with an
 * outcome that gives more, or with none of the wait. Remembered with the outcome, whose profile, book and day (ISO) these must be.
 * Someone who is not here yet is told what would change the outcome that awaits.
 */
export function whatIf(profile: Profile, outcome: Outcome, book: RuleBook, today: string): WhatIf[] {
  const known = told.get(outcome);
  if (known) return known;
  const policy = compilePolicy(book);
  const here = outcome.then === undefined ? profile : arrivedProfile(profile);
  const view = interviewFor(policy).settle(viewProfile(here, today, book));
  const found = imagine(policy, view);
  told.set(outcome, found);
  return found;
}

function imagine(policy: Policy, view: View): WhatIf[] {
  const now = outcomeOf(policy, view);
  const found: WhatIf[] = [];
  for (const { slot, value, test } of policy.flips) {
    if (found.length === most) break;
    if (test(view) !== true) continue;
    const other = copyView(view);
    if (slot === 'months' && typeof value === 'number') {
      other.residence = { state: 'served', least: value, most: value, until: null };
    } else other.values[slot] = value;
    const then = outcomeOf(policy, other);
    if (then.rank > now.rank) {
      const { outcome, basis, waits } = then;
      found.push({ slot, value: value as SlotValue, outcome, basis, waits });
    }
  }
  return found;
}

/** Where the rules lead, and how much that gives: something to do first counts for a little, a wait for more. */
function outcomeOf(policy: Policy, view: View): Omit<WhatIf, 'slot' | 'value'> & { rank: number } {
  const { rule, firstStep } = findVerdict(policy, view);
  const { outcome, basis, wait } = rule.then;
  const waits = wait !== undefined && policy.facts[wait]?.(view) === true;
  return { outcome, basis, waits, rank: (ranks[outcome] ?? best) + (firstStep === undefined ? 0.5 : 0) };
}
