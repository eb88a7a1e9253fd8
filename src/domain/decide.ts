import { describe } from './describe';
import { interviewFor } from './interview';
import type { Decision, Outcome } from './outcome';
import { compilePolicy, findVerdict, type Policy } from './policy';
import type { Profile, Slot } from './profile';
import type { RuleBook } from './rulebook';
import { statedView, viewProfile } from './view';

const remembered = 2_000;

/** A pure function of profile, rule book and day that remembers what it gave. */
function remembering<T>(compute: (profile: Profile, book: RuleBook, today: string) => T): typeof compute {
  const memories = new WeakMap<RuleBook, Map<string, T>>();
  return (profile, book, today) => {
    const memory = memories.get(book) ?? new Map<string, T>();
    if (memory.size === 0) memories.set(book, memory);
    const key = today + JSON.stringify(profile);
    const known = memory.get(key);
    if (known !== undefined) return known;
    if (memory.size >= remembered) memory.clear();
    const made = compute(profile, book, today);
    memory.set(key, made);
    return made;
  };
}

/**
 * The verdict for a profile on a day, or the one slot to ask next. Pure: the same profile, rule book and day always
 * give the same decision. `today` is an ISO day. The result is shared between calls: read it, never change it.
 */
export const decide = remembering(compute);

function compute(profile: Profile, book: RuleBook, today: string): Decision {
  const policy = compilePolicy(book);
  const stated = statedView(profile, today, book);
  const clash = policy.contradictions.find(({ test }) => test(stated) === true);
  if (clash) return { outcome: null, asks: clash.row.asks, contradiction: clash.row.id };
  const view = viewProfile(profile, today, book, stated);
  const asks = interviewFor(policy).next(view);
  if (asks !== null) return { outcome: null, asks };
  const verdict = findVerdict(policy, view);
  const abroad = verdict.rule.then.outcome === 'prepareAbroad';
  const awaits = abroad ? decideAfterArrival(policy, profile, today) : undefined;
  return { outcome: describe(policy, profile, view, verdict, awaits), asks: null };
}

/** Someone who is not here yet, as on the day of arrival and with a lawful stay. */
export function arrivedProfile(profile: Profile): Profile {
  const arrived: Profile = { ...profile, livesIn: 'mainland', months: 0, fiveYears: false };
  delete arrived.arrival;
  const hasPaper =
    arrived.permit !== undefined && !['none', 'expired', 'shortStay', 'unknown'].includes(arrived.permit);
  if (!hasPaper) arrived.permit = 'residencePermit';
  arrived.visaValidated = true;
  return arrived;
}

/** What awaits someone who is not here yet; undefined when it depends. */
const decideAfterArrival = (policy: Policy, profile: Profile, today: string): Outcome | undefined =>
  decide(arrivedProfile(profile), policy.book, today).outcome ?? undefined;

/**
 * About how many questions are still to come for a profile on a day, the one that is open included; 0 when a verdict stands. It
 * depends on the answers: this is the mean over a few ways of answering.
 */
export const questionsLeft = remembering((profile, book, today) =>
  interviewFor(compilePolicy(book)).questionsLeft(viewProfile(profile, today, book)),
);

/**
 * The slot that a conversation asks before all else, though a default would stand in a profile given whole; null when there is
 * none, or when no value of it could lead elsewhere.
 */
export const askFirst = remembering(findFirst);

function findFirst(profile: Profile, book: RuleBook, today: string): Slot | null {
  const policy = compilePolicy(book);
  if (policy.first.every(({ slot }) => profile[slot] !== undefined)) return null;
  const open = viewProfile(profile, today, book);
  for (const { slot, test } of policy.first) {
    if (profile[slot] !== undefined || test(open) !== true) continue;
    const interview = interviewFor(policy);
    const settled = interview.settle(viewProfile(profile, today, book));
    if (interview.leadsElsewhere(settled, open, slot)) return slot;
  }
  return null;
}

/** Which rules were looked at, and what each said: for the operator's "why", and for tests. */
export function explain(profile: Profile, book: RuleBook, today: string): { rule: string; holds: boolean | 'open' }[] {
  const policy = compilePolicy(book);
  const view = viewProfile(profile, today, book);
  interviewFor(policy).next(view);
  return policy.rules.map(({ row, test }) => {
    const truth = test(view);
    return { rule: row.id, holds: typeof truth === 'number' ? 'open' : truth };
  });
}
