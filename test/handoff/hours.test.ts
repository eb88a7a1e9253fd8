import { createHours } from '../../src/handoff/hours';
import type { DeskSettings } from '../../src/library/library';

const weekdays = [1, 2, 3, 4, 5];
const hours: DeskSettings['hours'] = [
  { days: weekdays, from: '13:30', to: '17:00' },
  { days: weekdays, from: '09:00', to: '12:30' },
];
const desk = (change: Partial<DeskSettings> = {}) =>
  createHours({ hours, holidays: 'mainland', closedDays: [], ...change });

test.each([
  ['a Monday morning in winter', '2026-02-09T08:00:00Z', true],
  ['a minute before opening', '2026-02-09T07:59:00Z', false],
  ['the minute of closing', '2026-02-09T11:30:00Z', false],
  ['the lunch break', '2026-02-09T12:00:00Z', false],
  ['the afternoon', '2026-02-09T12:30:00Z', true],
  ['the same clock in summer time', '2026-07-13T07:00:00Z', true],
  ['an hour earlier in summer time', '2026-07-13T06:59:00Z', false],
  ['a Saturday', '2026-02-14T10:00:00Z', false],
  ['the first Monday of summer time, nine in Paris', '2026-03-30T07:00:00Z', true],
  ['the first Monday of winter time, eight in Paris', '2026-10-26T07:00:00Z', false],
  ['New Year', '2026-01-01T10:00:00Z', false],
  ['Easter Monday', '2026-04-06T10:00:00Z', false],
  ['Labour Day', '2026-05-01T10:00:00Z', false],
  ['Ascension', '2026-05-14T10:00:00Z', false],
  ['Whit Monday', '2026-05-25T10:00:00Z', false],
  ['Bastille Day', '2026-07-14T10:00:00Z', false],
  ['All Saints on a Sunday, the Monday after is open', '2026-11-02T10:00:00Z', true],
  ['Armistice', '2026-11-11T10:00:00Z', false],
  ['Christmas', '2026-12-25T10:00:00Z', false],
  ['Good Friday is a working day', '2026-04-03T10:00:00Z', true],
] as const)('%s', (_name, at, open) => {
  expect(desk().isOpen(new Date(at))).toBe(open);
});

test.each([
  ['Good Friday', '2026-04-03T10:00:00Z', 'alsace-moselle', false],
  ['26 December', '2028-12-26T10:00:00Z', 'alsace-moselle', false],
  ['26 December elsewhere', '2028-12-26T10:00:00Z', 'mainland', true],
  ['Christmas', '2026-12-25T10:00:00Z', 'alsace-moselle', false],
  ['abolition day in La Réunion', '2027-12-20T10:00:00Z', 'RE', false],
  ['the same day elsewhere', '2027-12-20T10:00:00Z', 'mainland', true],
] as const)('%s, desk of %s', (_name, at, holidays, open) => {
  expect(desk({ holidays }).isOpen(new Date(at))).toBe(open);
});

test.each([
  ['before opening: the same day', '2026-02-09T06:00:00Z', '2026-02-09', '09:00'],
  ['at lunch: the afternoon', '2026-02-09T12:00:00Z', '2026-02-09', '13:30'],
  ['in the evening: tomorrow', '2026-02-09T20:00:00Z', '2026-02-10', '09:00'],
  ['Friday evening: Monday', '2026-02-13T20:00:00Z', '2026-02-16', '09:00'],
  ['before a holiday: the day after', '2026-05-13T20:00:00Z', '2026-05-15', '09:00'],
  ['Thursday before Labour Day, a Friday: Monday', '2026-04-30T20:00:00Z', '2026-05-04', '09:00'],
  ['before midnight in Paris, summer', '2026-07-06T21:59:00Z', '2026-07-07', '09:00'],
  ['after midnight in Paris, summer: that day', '2026-07-06T22:01:00Z', '2026-07-07', '09:00'],
  ['the night of summer time', '2026-03-29T00:30:00Z', '2026-03-30', '09:00'],
  ['the night of winter time', '2026-10-25T01:30:00Z', '2026-10-26', '09:00'],
  ['over the turn of the year', '2026-12-31T20:00:00Z', '2027-01-04', '09:00'],
] as const)('the next opening %s', (_name, at, day, time) => {
  expect(desk().next(new Date(at))).toEqual({ day, time });
});

test('days of one’s own, and a desk without hours', () => {
  const closed = desk({ closedDays: ['2026-02-10', '2026-02-11'] });
  expect(closed.isOpen(new Date('2026-02-10T09:00:00Z'))).toBe(false);
  expect(closed.next(new Date('2026-02-09T20:00:00Z'))).toEqual({ day: '2026-02-12', time: '09:00' });
  expect(desk({ hours: [] }).isOpen(new Date('2026-02-10T09:00:00Z'))).toBe(false);
  expect(desk({ hours: [] }).next(new Date('2026-02-10T09:00:00Z'))).toBeNull();
});
