import { journeyOf } from '../../src/domain/journey';
import { closedValues } from '../../src/domain/profile';
import { rulebook } from '../support/rulebook';

test.each(closedValues.stage)('the journey knows what follows %s', (stage) => {
  const journey = journeyOf({ stage }, rulebook, '2026-11-22');
  expect(journey.sources.length).toBeGreaterThan(0);
  expect(journey.next === null).toBe(stage === 'cardReceived');
});

test.each([
  ['2026-11-01', false],
  ['2026-09-27', true],
])('a file sent on %s is late: %s', (sentOn, late) => {
  expect(journeyOf({ stage: 'sent', sentOn }, rulebook, '2026-11-22').late).toBe(late);
});

test('the permanent number is expected between the usual and the longest time after sending', () => {
  const journey = journeyOf({ stage: 'provisional', sentOn: '2026-05-31' }, rulebook, '2026-11-22');
  expect(journey).toMatchObject({
    expected: { from: '2026-08-31', to: '2027-02-28' },
    chaseFrom: '2027-02-28',
    late: false,
  });
});

test('without a day of sending there are figures and no dates', () => {
  const journey = journeyOf({ stage: 'sent', sentOn: 'unknown' }, rulebook, '2026-11-22');
  expect(journey.window).toEqual({ to: 'chaseWeeks' });
  expect(journey.expected).toBeUndefined();
  expect(journeyOf({}, rulebook, '2026-11-22').stage).toBe('preparing');
});
