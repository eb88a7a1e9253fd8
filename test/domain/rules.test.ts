import { applyAnswers } from '../../src/domain/answers';
import { adviserOutcome, checklistFor } from '../../src/domain/checklist';
import { decide, explain } from '../../src/domain/decide';
import type { Profile } from '../../src/domain/profile';
import { findRuleConflicts } from '../../src/domain/rule-conflicts';
import { rulebook } from '../support/rulebook';

const today = '2026-11-22';
const examples = rulebook.rules.flatMap((rule) =>
  rule.examples.map((example) => ({ rule: rule.id, ...example, told: JSON.stringify(example.profile) })),
);

test.each(examples)('$rule: $told gives $outcome', ({ profile, outcome, asks, today: day }) => {
  const decision = decide(profile, rulebook, day ?? today);
  expect(decision.outcome?.id ?? null).toBe(outcome);
  if (asks) expect(decision.asks).toBe(asks);
});

test.each(rulebook.rules.filter(({ id }) => id !== 'adviser-three-unknowns'))(
  '$id decides one of its own examples',
  (rule) => {
    const deciding = rule.examples.map(
      ({ profile, today: day }) => decide(profile, rulebook, day ?? today).outcome?.rules[0],
    );
    expect(deciding).toContain(rule.id);
  },
);

test('two rules of one order that hold together are found', () => {
  const [rule] = rulebook.rules.filter(({ id }) => id === 'mayotte');
  if (!rule) throw new Error('no rule mayotte');
  // biome-ignore lint/suspicious/noThenProperty: `then` is the word of the rule files
  const twin = { ...rule, id: 'twin', when: { activity: 'farm' }, then: { ...rule.then, sendTo: 'msa' as const } };
  expect(findRuleConflicts(rulebook)).toEqual([]);
  expect(findRuleConflicts({ ...rulebook, rules: [...rulebook.rules, twin] })).toEqual([
    expect.stringMatching(/mayotte and twin of order 3.*"livesIn":"mayotte"/),
  ]);
});

test.each([
  ['countryAndNationality', { country: ['PL'], nationality: 'other' }, 'nationality'],
  ['protectionAndNationality', { nationality: 'eu', protection: 'protected' }, 'nationality'],
  ['protectionAndCountry', { country: ['FR'], protection: 'asylumSeeker' }, 'nationality'],
  ['arrivalInFuture', { arrival: '2026-11-23' }, 'arrival'],
  ['arrivalInFuture', { arrival: '2026-12' }, 'arrival'],
  ['arrivedAlready', { livesIn: 'notYet', months: 4 }, 'livesIn'],
  ['monthsAndAge', { age: 'under16', months: 192 }, 'age'],
  ['monthsAndStudentAge', { over28: false, months: 480 }, 'arrival'],
  ['fiveYearsAndMonths', { nationality: 'eu', fiveYears: true, months: 59 }, 'arrival'],
  ['fiveYearsNotHere', { livesIn: 'notYet', fiveYears: true }, 'livesIn'],
  ['postedFromFrance', { activity: 'posted', workCountry: 'FR' }, 'workCountry'],
  ['youngAndOver28', { age: 'from16to17', over28: true }, 'age'],
  ['youngAndRetired', { age: 'under16', activity: 'retired' }, 'age'],
  ['withdrawalAndNationality', { nationality: 'french', ukWithdrawal: true }, 'nationality'],
  ['sentInFuture', { sentOn: '2026-11-23' }, 'sentOn'],
  ['numberAndStage', { number: 'none', stage: 'cardReceived' }, 'number'],
] as const)('%s: %j asks %s', (contradiction, profile, asks) => {
  expect(decide(structuredClone(profile) as never, rulebook, today)).toEqual({ outcome: null, asks, contradiction });
});

test('every contradiction has a case above', () => {
  expect(rulebook.contradictions).toHaveLength(15);
});

test('an arrival to come fits somebody who is not here yet', () => {
  const { outcome } = decide({ livesIn: 'notYet', arrival: '2027-03-01' }, rulebook, today);
  expect(outcome?.id).toBe('prepareAbroad');
});

test('giving up lists the papers that every route asks for, and both lines', () => {
  const outcome = adviserOutcome(rulebook, {}, today, 'threeUnknowns');
  expect(outcome).toMatchObject({ id: 'adviser', adviser: true, adviserReasons: ['threeUnknowns'], wait: null });
  const papers = outcome.documents.map(({ id }) => id);
  expect(papers).toEqual(expect.arrayContaining(['identity', 'permit', 'birthCertificate', 'rib', 'addressProof']));
  expect(papers).not.toContain('s1106');
  expect(outcome.contacts.slice(0, 2)).toEqual([{ id: 'line-3646' }, { id: 'line-english' }]);
});

test('the checklist of an outcome can be had without deciding', () => {
  const ids = checklistFor(rulebook, { nationality: 'eu', activity: 'employee' }, today, 'workNow').map(({ id }) => id);
  expect(ids).toContain('employmentContract');
  expect(ids).not.toContain('permit');
});

test.each<[Profile, string]>([
  [{ nationality: 'eu', activity: 'retired', cover: 's1' }, 's1'],
  [{ age: 'under16', nationality: 'french' }, 's3705'],
  [{ age: 'under16', nationality: 'other', permit: 'none' }, 'ameForm'],
  [{ nationality: 'eu', activity: 'employee' }, 's1106'],
  [{ country: ['IT'], activity: 'student', cover: 'none', over28: false }, 'enrolmentCertificate'],
])('the checklist of %j starts with %s', (profile, first) => {
  expect(decide(profile, rulebook, today).outcome?.documents[0]?.id).toBe(first);
});

test('only what is filled in or signed for the file, and the S1, goes as an original', () => {
  const originals = rulebook.documents.filter(({ form }) => form !== 'copy').map(({ id }) => id);
  const signed = ['s1106', 's3705', 'ameForm', 'swissOptionForm', 'hostStatement', 'cssForm', 's1110', 'cardOrderForm'];
  expect(originals.sort()).toEqual(['s1', ...signed].sort());
});

test('the A1 of a posting goes with the posting', () => {
  const posted: Profile = { nationality: 'eu', activity: 'posted', cover: 'a1' };
  expect(applyAnswers(posted, { activity: 'employee' })).toEqual({ nationality: 'eu', activity: 'employee' });
  expect(applyAnswers(posted, { activity: 'employee', cover: 'a1' }).cover).toBe('a1');
  expect(applyAnswers(posted, { activity: 'posted' }).cover).toBe('a1');
  expect(applyAnswers({ ...posted, cover: 's1' }, { activity: 'employee' }).cover).toBe('s1');
  const literal = decide({ nationality: 'eu', activity: 'employee', cover: 'a1' }, rulebook, today);
  expect(literal.outcome?.id).toBe('s1Register');
});

test('translation and apostille follow the country of the paper', () => {
  const birth = (country: string[]) =>
    decide(
      { country, activity: 'selfEmployed', permit: 'residencePermit', ukWithdrawal: false },
      rulebook,
      today,
    ).outcome?.documents.find(({ id }) => id === 'birthCertificate');
  expect(birth(['PL'])).toMatchObject({ translation: 'no', apostille: 'no' });
  expect(birth(['SN'])).toMatchObject({ translation: 'no', apostille: 'depends' });
  expect(birth(['CN'])).toMatchObject({ translation: 'yes', apostille: 'depends', conflict: 1 });
});

test('explain says which rules hold', () => {
  const lines = explain({ country: ['RO'], activity: 'farm' }, rulebook, today);
  expect(lines.filter(({ holds }) => holds === true).map(({ rule }) => rule)).toContain('farm');
});

test('a verdict is remembered, and another day is another verdict', () => {
  const profile = {
    country: ['AR'],
    activity: 'none',
    permit: 'residencePermit',
    cover: 'none',
    joining: 'none',
    arrival: '2026-08-23',
  } as const;
  const asked = { ...profile, country: [...profile.country] };
  expect(decide(asked, rulebook, '2026-11-22')).toBe(decide({ ...asked }, rulebook, '2026-11-22'));
  expect(decide(asked, rulebook, '2026-11-22').outcome?.wait).toEqual({ months: 1, until: '2026-11-23' });
  expect(decide(asked, rulebook, '2026-11-23').outcome?.id).toBe('residenceNow');
});
