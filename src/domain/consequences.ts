import type { OutcomeId } from './ids';
import { interviewFor } from './interview';
import { compilePolicy } from './policy';
import type { Profile, Slot, SlotValue } from './profile';
import type { RuleBook } from './rulebook';
import { type View, viewProfile } from './view';

/** The outcomes that can still follow an answer. */
export type Consequence = { value: SlotValue; outcomes: OutcomeId[] };

/** What hangs on the answer to one slot. */
export type Consequences = {
  /** Each value of the question; none for a slot that no question asks. */
  answers: Consequence[];
  /** What can follow "I don't know". */
  unknown: OutcomeId[];
  /** What "I don't know" counts as, where the rules take one of the values. */
  countsAs: SlotValue | undefined;
};

/**
 * What hangs on the answer to a slot, for a profile on a day (ISO): the same diagrams that decide whether a question is worth
 * asking say which outcomes each answer leaves open. What the profile says of the slot itself is left aside.
 */
export function consequencesOf(profile: Profile, slot: Slot, book: RuleBook, today: string): Consequences {
  const policy = compilePolicy(book);
  const interview = interviewFor(policy);
  const { cautious, questions } = book.interview;
  const rest: Profile = { ...profile };
  delete rest[slot];
  if (slot === 'arrival' || slot === 'months') {
    delete rest.arrival;
    delete rest.months;
  }
  const viewOf = (facts: Profile): View => viewProfile(facts, today, book);
  const asked = questions.some((question) => question.slot === slot) || slot in book.interview.defaults;
  if (!asked) return { answers: [], unknown: [], countsAs: undefined };
  const open = viewOf(rest);
  const answers = interview.values(slot).map((value) => ({
    value: (typeof value === 'object' ? ('least' in value ? value.least : 0) : value) as SlotValue,
    outcomes: interview.outcomesFrom(interview.assume(open, slot, value)),
  }));
  const counted = cautious[slot];
  return {
    answers,
    unknown: interview.outcomesFrom(viewOf({ ...rest, [slot]: 'unknown' })),
    countsAs: answers.some(({ value }) => value === counted) ? (counted as SlotValue) : undefined,
  };
}

/**
 * The outcomes worth naming when somebody asks why: each answer in turn gives the first that does not follow every answer, or
 * where all of its own do, its first; at most `most`. Empty when every answer leaves the same outcomes open.
 */
export function tellingOutcomes({ answers }: Consequences, most: number): OutcomeId[] {
  const depends = (outcome: OutcomeId) => answers.some(({ outcomes }) => !outcomes.includes(outcome));
  const lists = answers.map(({ outcomes }) => {
    const telling = outcomes.filter(depends);
    return telling.length > 0 ? telling : outcomes.slice(0, 1);
  });
  const named = new Set<OutcomeId>();
  if (!lists.flat().some(depends)) return [];
  for (let turn = 0; named.size < most && lists.some((list) => list.length > turn); turn++) {
    for (const list of lists) {
      const next = list.find((outcome) => !named.has(outcome));
      if (next && named.size < most) named.add(next);
    }
  }
  return [...named];
}
