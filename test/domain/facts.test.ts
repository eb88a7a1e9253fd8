import { addDays, addMonths, daysInMonth, fullMonths, monthRange } from '../../src/domain/calendar';
import { nationalityGroup } from '../../src/domain/countries';
import { isCountryCode } from '../../src/domain/country-codes';
import { holds } from '../../src/domain/evaluate';
import { createFacts, knownFacts } from '../../src/domain/facts';
import type { Profile } from '../../src/domain/profile';
import { neededSlots } from '../../src/domain/truth';
import { deriveResidence, statedView, threeMonthsEnd, viewProfile } from '../../src/domain/view';
import { rulebook } from '../support/rulebook';

const today = '2026-11-22';
const facts = createFacts(rulebook);
/** What a fact says of a profile: true, false, or the slots it needs. */
const fact = (name: string, profile: Profile, view = viewProfile) => {
  const truth = facts[name]?.(view(profile, today, rulebook));
  return typeof truth === 'number' ? neededSlots(truth) : truth;
};

test.each([
  ['2026-11-30', 3, '2027-02-28'],
  ['2027-11-30', 3, '2028-02-29'],
  ['2026-08-31', 3, '2026-11-30'],
  ['2026-09-15', 3, '2026-12-15'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-12-01', 0, '2026-12-01'],
])('%s plus %i months is %s', (day, months, end) => expect(addMonths(day, months)).toBe(end));

test.each([
  ['2026-08-22', '2026-11-22', 3],
  ['2026-08-23', '2026-11-22', 2],
  ['2026-11-30', '2027-02-28', 3],
  ['2026-11-22', '2026-11-22', 0],
  ['2025-11-20', '2026-02-10', 2],
  ['2027-01-01', '2026-11-22', 0],
])('from %s to %s there are %i full months', (from, to, months) => expect(fullMonths(from, to)).toBe(months));

test('the calendar knows months and days', () => {
  expect([daysInMonth(2024, 2), daysInMonth(1900, 2), daysInMonth(2000, 2), daysInMonth(2026, 4)]).toEqual([
    29, 28, 29, 30,
  ]);
  expect(addDays('2026-12-30', 5)).toBe('2027-01-04');
  expect(monthRange('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
  expect(threeMonthsEnd('2026-11-30', rulebook)).toBe('2027-02-28');
});

test.each([
  [['FR', 'MA'], 'french'],
  [['US', 'IT'], 'eu'],
  [['GB', 'IE'], 'eu'],
  [['CH'], 'eu'],
  [['NO'], 'eu'],
  [['RE'], 'french'],
  [['GB'], 'uk'],
  [['GB', 'US'], 'uk'],
  [['DZ'], 'other'],
  [[], undefined],
])('%j is %s', (codes, group) => expect(nationalityGroup(codes)).toBe(group));

test('only ISO codes are countries', () => {
  expect(['GB', 'FR', 'XK'].every(isCountryCode)).toBe(true);
  expect(['UK', 'EL', 'ZZ', 'fr'].some(isCountryCode)).toBe(false);
});

test.each<[Profile, string, string | null]>([
  [{ arrival: '2026-08-22' }, 'served', '2026-11-22'],
  [{ arrival: '2026-08-23' }, 'running', '2026-11-23'],
  [{ arrival: '2026-08' }, 'open', null],
  [{ arrival: '2026-07' }, 'served', null],
  [{ arrival: '2026-09' }, 'running', null],
  [{ arrival: '2026-08', months: 'unknown' }, 'running', null],
  [{ arrival: '2026-08', months: 3 }, 'served', null],
  [{ months: 2 }, 'running', null],
  [{ months: 3 }, 'served', null],
  [{ arrival: 'unknown' }, 'unknown', null],
  [{ months: 'unknown' }, 'unknown', null],
  [{}, 'open', null],
])('%j: the wait is %s until %s', (profile, state, until) => {
  const residence = deriveResidence(profile, today, rulebook);
  expect(residence.state).toBe(state);
  expect('until' in residence ? residence.until : null).toBe(until);
});

test.each<[string, Profile, unknown]>([
  ['needsPermit', { nationality: 'other' }, true],
  ['needsPermit', { nationality: 'eu' }, false],
  ['needsPermit', { nationality: 'uk' }, ['ukWithdrawal']],
  ['needsPermit', { nationality: 'uk', ukWithdrawal: true }, false],
  ['needsPermit', { nationality: 'other', ukWithdrawal: true }, false],
  ['needsPermit', { nationality: 'other', protection: 'asylumSeeker' }, false],
  ['needsPermit', {}, ['nationality', 'ukWithdrawal']],
  ['needsPermit', { nationality: 'unknown' }, true],
  ['needsPermit', { country: ['FR', 'DZ'] }, false],
  ['worksInFrance', { activity: 'auPair' }, true],
  ['worksInFrance', { activity: 'intern' }, false],
  ['worksInFrance', { activity: 'posted', activityStart: '2026-12-01' }, false],
  ['worksInFrance', { activity: 'jobseeker', activityStart: '2026-12-01' }, true],
  ['worksInFrance', { activity: 'jobseeker', activityStart: '2026-11-22' }, false],
  ['worksInFrance', {}, ['activity']],
  ['hasJob', { activity: 'intern' }, true],
  ['plainEmployee', { activity: 'employee' }, true],
  ['plainEmployee', { activity: 'farm', activityStart: '2026-12-01' }, false],
  ['plainEmployee', { activityStart: '2026-12-01' }, true],
  ['onlyVisiting', { livesIn: 'visiting' }, true],
  ['onlyVisiting', { livesIn: 'visiting', activity: 'employee' }, false],
  ['onlyVisiting', { livesIn: 'visiting', protection: 'asylumSeeker' }, false],
  ['onlyVisiting', {}, false],
  ['minor', { age: 'from16to17' }, true],
  ['minor', {}, false],
  ['waitServed', { frenchBenefit: true }, true],
  ['waitServed', { frenchBenefit: false, fiveYears: false, months: 2 }, false],
  ['waitRunning', { frenchBenefit: false, fiveYears: false, months: 2 }, true],
  ['monthsRunning', { frenchBenefit: true, months: 2 }, true],
  ['monthsServed', {}, ['arrival']],
  ['underFiveYears', { months: 59 }, true],
  ['underFiveYears', { months: 60 }, false],
  ['underFiveYears', {}, false],
  ['workInEu', { workCountry: 'CH' }, true],
  ['workInUk', { workCountry: 'GB' }, true],
  ['workInEu', { workCountry: 'unknown' }, false],
  ['foreignPapers', { country: ['CM'] }, true],
  ['papersNotInFrench', { country: ['SN'] }, false],
  ['papersNotInFrench', { nationality: 'eu' }, false],
  ['nothingKnown', {}, false],
])('%s of %j is %j', (name, profile, expected) => expect(fact(name, profile)).toEqual(expected));

test.each<[string, Profile, unknown]>([
  ['countryDisagrees', { country: ['PL'], nationality: 'other' }, true],
  ['countryDisagrees', { country: ['PL'], nationality: 'eu' }, false],
  ['countryDisagrees', { country: ['PL'] }, false],
  ['olderThanAge', { age: 'under16', months: 192 }, true],
  ['olderThanAge', { age: 'from16to17', months: 192 }, false],
  ['arrivalInFuture', { arrival: '2026-11' }, false],
  ['arrivalInFuture', { arrival: '2026-12' }, true],
  ['arrivedBefore', { arrival: '2026-11-21' }, true],
  ['arrivedBefore', { months: 0 }, false],
])('stated: %s of %j is %j', (name, profile, expected) => expect(fact(name, profile, statedView)).toEqual(expected));

test('what is stated gives nationality and months', () => {
  expect(knownFacts({ country: ['FR', 'MA'], arrival: '2026-09-03' }, today)).toEqual({
    country: ['FR', 'MA'],
    arrival: '2026-09-03',
    nationality: 'french',
    months: 2,
  });
  expect(knownFacts({ arrival: '2026-08' }, today)).toEqual({ arrival: '2026-08' });
});

test('a condition holds only for what is known', () => {
  const whether = (profile: Profile) => holds({ nationality: 'other' }, profile, rulebook, today);
  expect([whether({ country: ['DZ'] }), whether({}), whether({ nationality: 'unknown' })]).toEqual([
    true,
    false,
    false,
  ]);
  expect(holds([{ fact: 'minor' }, { activity: ['farm'] }], { activity: 'farm' }, rulebook, today)).toBe(true);
  expect(holds({ months: { atLeast: 3 } }, { months: 3 }, rulebook, today)).toBe(true);
  expect(holds({ months: { below: 3 } }, { months: 3 }, rulebook, today)).toBe(false);
  expect(holds({ permit: { not: ['none'] } }, { permit: 'receipt' }, rulebook, today)).toBe(true);
});
