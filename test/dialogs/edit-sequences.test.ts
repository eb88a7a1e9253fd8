import fc from 'fast-check';
import { currentPerson, type Person } from '../../dialogs/context';
import type { Snapshot } from '../../dialogs/move';
import { decideFor } from '../../dialogs/verdict';
import { type Profile, type Slot, slots } from '../../src/domain/profile';
import { sampleValues } from '../../src/domain/sample-profiles';
import { type Happening, play, rulebook, stamp, stateOf } from '../support/machine';

const runs = process.env.WALK === 'full' ? 10_000 : 1_000;

/** Slots that a person may state, correct, or answer with "I don't know"; the stage leads to another topic. */
const edited = slots.filter((slot) => !['subject', 'stage', 'sentOn'].includes(slot));
const values = (slot: Slot) => [...sampleValues(slot), 'unknown' as const];

/** One edit: an answer to what is asked, a fact volunteered or corrected, "back", a question picked, another person. */
type Edit =
  | { kind: 'answer'; pick: number }
  | { kind: 'state' | 'correct'; facts: [Slot, number][] }
  | { kind: 'back' }
  | { kind: 'pick'; slot: Slot }
  | { kind: 'subject'; to: NonNullable<Profile['subject']> };

const pick = fc.nat({ max: 40 });
const fact = fc.tuple(fc.constantFrom(...edited), pick);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('answer' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('state' as const, 'correct' as const),
      facts: fc.array(fact, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'back' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pick' as const), slot: fc.constantFrom(...edited) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('subject' as const),
      to: fc.constantFrom('self' as const, 'spouse' as const, 'child' as const),
    }),
  },
);

const value = (slot: Slot, pickOf: number) => values(slot)[pickOf % values(slot).length];

function happening(step: Edit, at: Snapshot): Happening {
  switch (step.kind) {
    case 'answer': {
      const slot = at.context.asked ?? 'nationality';
      return { type: 'user.answered', answers: { [slot]: value(slot, step.pick) } };
    }
    case 'state':
    case 'correct': {
      const answers = Object.fromEntries(step.facts.map(([slot, of]) => [slot, value(slot, of)]));
      return { type: step.kind === 'state' ? 'user.answered' : 'user.corrected', answers };
    }
    case 'back':
      return { type: 'user.went-back' };
    case 'pick':
      return { type: 'user.picked-question', slot: step.slot };
    case 'subject':
      return { type: 'user.answered', answers: { subject: step.to } };
  }
}

/** A conversation that never heard anything else: this person, these facts, in the order in which they were given last. */
function fresh(person: Person, order: Slot[]): Snapshot {
  const known = order.filter((slot) => person.profile[slot] !== undefined);
  const answers = Object.fromEntries(known.map((slot) => [slot, person.profile[slot]])) as Profile;
  return play([{ type: 'user.answered', answers: { subject: person.relation, ...answers } }]).snapshot;
}

test(`${runs} corrected conversations end like fresh ones with the same facts`, () => {
  let decided = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 14 }), (steps) => {
      let { snapshot } = play([{ type: 'user.started' }]);
      for (const step of steps) ({ snapshot } = play([happening(step, snapshot)], snapshot));
      const { context } = snapshot;
      const person = currentPerson(context);
      const anew = fresh(person, context.answered);
      expect(currentPerson(anew.context).profile).toEqual(person.profile);
      const decision = decideFor(context, rulebook, stamp.today);
      expect(decideFor(anew.context, rulebook, stamp.today)).toEqual(decision);
      if (decision.outcome) decided += 1;
      // After "back" or a picked question the person is asked that again, whatever the rules would ask.
      const asksAgain = steps.at(-1)?.kind === 'back' || steps.at(-1)?.kind === 'pick';
      if (!asksAgain && Object.keys(person.profile).length > 0) expect(stateOf(anew)).toBe(stateOf(snapshot));
    }),
    { numRuns: runs, seed: 20261122 },
  );
  process.stdout.write(`edit sequences: ${runs}, of which ${decided} end with a verdict\n`);
  expect(decided).toBeGreaterThan(runs / 10);
}, 120_000);

test('facts about one person never change the verdict of another', () => {
  fc.assert(
    fc.property(fc.array(fact, { minLength: 1, maxLength: 5 }), (facts) => {
      const own: Profile = { nationality: 'eu', activity: 'employee' };
      const theirs = Object.fromEntries(facts.map(([slot, of]) => [slot, value(slot, of)]));
      const { snapshot } = play([
        { type: 'user.answered', answers: own },
        { type: 'user.answered', answers: { subject: 'spouse', ...theirs } },
        { type: 'user.answered', answers: { subject: 'self' } },
      ]);
      expect(currentPerson(snapshot.context).profile).toEqual(own);
      expect(stateOf(snapshot)).toBe('outcome');
    }),
    { numRuns: runs / 10, seed: 7 },
  );
});
