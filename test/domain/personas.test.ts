import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { decide } from '../../src/domain/decide';
import { Profile, type Slot, slots } from '../../src/domain/profile';
import { createRandom, pick, randomProfile, sampleValues } from '../../src/domain/sample-profiles';
import { rulebook } from '../support/rulebook';

type Expected = {
  outcome: string;
  wait?: object | null;
  adviser?: boolean;
  then?: string;
  sendTo?: string;
  documents?: string[];
  noDocuments?: string[];
  contacts?: string[];
};
type Persona = { id: string; today: string; profile: Profile; expect: Expected };

const personas = readFileSync(join(__dirname, '..', 'fixtures', 'personas.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Persona);

test('there are at least thirty personas', () => expect(personas.length).toBeGreaterThanOrEqual(30));

test.each(personas)('$id gets $expect.outcome', ({ today, profile, expect: expected }) => {
  const decision = decide(Profile.parse(profile), rulebook, today);
  expect(decision).toMatchObject({ asks: null, outcome: { id: expected.outcome } });
  const { outcome } = decision;
  if (!outcome) throw new Error('no outcome');
  if (expected.wait !== undefined) expect(outcome.wait).toEqual(expected.wait);
  if (expected.adviser !== undefined) expect(outcome.adviser).toBe(expected.adviser);
  if (expected.then !== undefined) expect(outcome.then).toBe(expected.then);
  if (expected.sendTo !== undefined) expect(outcome.sendTo).toBe(expected.sendTo);
  const documents = outcome.documents.map(({ id }) => id);
  expect(documents).toEqual(expect.arrayContaining(expected.documents ?? []));
  expect(documents.filter((id) => expected.noDocuments?.includes(id))).toEqual([]);
  expect(outcome.contacts.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['line-3646', 'line-english', ...(expected.contacts ?? [])]),
  );
});

test('the questions come in the order of the vocabulary', () => {
  expect(rulebook.interview.questions.map(({ slot }) => slot)).toEqual([
    'nationality',
    'activity',
    'ukWithdrawal',
    'permit',
    'visaValidated',
    'workCountry',
    'cover',
    'over28',
    'joining',
    'relation',
    'fiveYears',
    'frenchBenefit',
    'arrival',
  ]);
});

test.each([
  [{}, 'nationality'],
  [{ country: ['TN'] }, 'activity'],
  [{ country: ['TN'], activity: 'employee' }, 'permit'],
  [{ country: ['GB'], activity: 'employee' }, 'ukWithdrawal'],
  [{ country: ['GB'], activity: 'employee', ukWithdrawal: false }, 'permit'],
  [{ country: ['TN'], activity: 'student', permit: 'longStayVisa' }, 'visaValidated'],
  [{ country: ['FR'], activity: 'frontier' }, 'workCountry'],
  [{ country: ['TN'], activity: 'student', permit: 'residencePermit' }, 'cover'],
  [{ country: ['TN'], activity: 'student', permit: 'residencePermit', cover: 'none' }, 'over28'],
  [{ country: ['TN'], activity: 'none', permit: 'residencePermit', cover: 'none' }, 'joining'],
  [
    { country: ['TN'], activity: 'none', permit: 'residencePermit', cover: 'none', joining: 'insuredWorker' },
    'relation',
  ],
  [{ country: ['PT'], activity: 'none', cover: 'none', joining: 'none' }, 'fiveYears'],
  [{ country: ['PT'], activity: 'jobseeker', cover: 'none', joining: 'none', months: 8 }, 'frenchBenefit'],
  [{ country: ['FR'], activity: 'none', cover: 'none', joining: 'none' }, 'frenchBenefit'],
  [{ country: ['TN'], activity: 'none', permit: 'residencePermit', cover: 'none', joining: 'none' }, 'arrival'],
  [
    {
      country: ['TN'],
      activity: 'none',
      permit: 'residencePermit',
      cover: 'none',
      joining: 'none',
      arrival: '2026-08',
    },
    'arrival',
  ],
])('after %j the question is %s', (profile, asks) => {
  expect(decide(Profile.parse(profile), rulebook, '2026-11-22')).toEqual({ outcome: null, asks });
});

test('answers in any order, and in any moment, give the same decision', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0.2, max: 1, noNaN: true }), (seed, density) => {
      const random = createRandom(seed);
      const profile = randomProfile(random, slots, density);
      const entries = Object.entries(profile).sort(() => random() - 0.5);
      expect(decide(Object.fromEntries(entries), rulebook, '2026-11-22')).toEqual(
        decide(profile, rulebook, '2026-11-22'),
      );
    }),
    { numRuns: 500 },
  );
});

test('a slot that is not asked cannot change the verdict', () => {
  const asked = rulebook.interview.questions.map(({ slot }) => slot);
  const random = createRandom(11);
  const known: Slot[] = ['country', 'activity', 'permit', 'cover', 'joining', 'months'];
  let decided = 0;
  for (let index = 0; index < 3_000; index++) {
    const profile = randomProfile(random, known, 0.9);
    const { outcome } = decide(profile, rulebook, '2026-11-22');
    const absent = asked.filter((slot) => profile[slot] === undefined && !['nationality', 'arrival'].includes(slot));
    if (!outcome || absent.length === 0) continue;
    const slot = pick(
      random,
      absent.filter((candidate) => isAsked(candidate, profile)),
    );
    if (slot === undefined) continue;
    const value = pick(random, sampleValues(slot));
    const after = decide({ ...profile, [slot]: value } as Profile, rulebook, '2026-11-22');
    decided += 1;
    expect([{ ...profile, [slot]: value }, after.outcome?.id, after.outcome?.wait]).toEqual([
      { ...profile, [slot]: value },
      outcome.id,
      outcome.wait,
    ]);
  }
  expect(decided).toBeGreaterThan(300);
});

/** Slots whose gate in the vocabulary is open for everybody here, so that the rules alone decide whether they are asked. */
const isAsked = (slot: Slot, { activity }: Profile): boolean =>
  slot === 'joining' || slot === 'relation' || (slot === 'over28' && activity === 'student');
