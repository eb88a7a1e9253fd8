import { createLimiter } from '../../src/server/limits';

const at = (perMinute: number, mostKeys?: number) => {
  let time = 0;
  const clock = { now: () => new Date(time) };
  const limit = createLimiter({ perMinute, clock, mostKeys });
  return {
    limit,
    move: (seconds: number) => {
      time += seconds * 1000;
    },
  };
};

test('so many calls go through, the next has to wait as long as it says', () => {
  const { limit, move } = at(3);
  expect([limit('a'), limit('a'), limit('a')]).toEqual([0, 0, 0]);
  expect(limit('a')).toBe(20);
  move(19);
  expect(limit('a')).toBe(1);
  move(1);
  expect(limit('a')).toBe(0);
  expect(limit('a')).toBe(20);
});

test('keys do not share their allowance', () => {
  const { limit } = at(1);
  expect([limit('a'), limit('b'), limit('a')]).toEqual([0, 0, 60]);
});

test('zero turns the limit off', () => {
  const { limit } = at(0);
  expect(Array.from({ length: 50 }, () => limit('a')).every((wait) => wait === 0)).toBe(true);
});

test('only so many keys are remembered', () => {
  const { limit } = at(1, 2);
  for (const key of ['a', 'b', 'c']) limit(key);
  expect(limit('a')).toBe(0);
});

test('a clock that goes back gives nothing away', () => {
  const { limit, move } = at(1);
  limit('a');
  move(-3600);
  expect(limit('a')).toBe(60);
});
