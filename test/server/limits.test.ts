import { createLimiter, createSlowDown, type SlowDownOptions } from '../../src/server/limits';
import { say } from '../channels/directline/support';

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

test('a burst smaller than a minute’s allowance has its own bound', () => {
  const clock = { now: () => new Date(time) };
  let time = 0;
  const limit = createLimiter({ perMinute: 180, burst: 30, clock });
  expect(Array.from({ length: 31 }, () => limit('a')).filter((wait) => wait > 0)).toEqual([1]);
  time += 10_000;
  expect(Array.from({ length: 31 }, () => limit('a')).filter((wait) => wait > 0)).toEqual([1]);
});

describe('who writes too fast or too much', () => {
  const setUp = (options: Partial<SlowDownOptions> = {}) => {
    const state = { time: 0 };
    const reply: SlowDownOptions['reply'] = (reason, locale) => say(`${reason} ${locale ?? ''}`);
    const slowDown = createSlowDown({ clock: { now: () => new Date(state.time) }, reply, ...options });
    const writes = (count: number, conversation = 'c', address = 'a') =>
      Array.from({ length: count }, () => slowDown(conversation, address, 'fr')?.bubbles[0]?.text ?? null);
    return { state, writes };
  };

  test('thirty messages in ten seconds pass, the next gets the polite answer, ten seconds later it passes again', () => {
    const { state, writes } = setUp();
    expect(new Set(writes(30))).toEqual(new Set([null]));
    expect(writes(1)).toEqual(['fast fr']);
    expect(writes(1, 'other')).toEqual([null]);
    state.time += 10_000;
    expect(new Set(writes(30))).toEqual(new Set([null]));
  });

  test('an address may write three hundred messages a minute, in however many conversations', () => {
    const { writes } = setUp();
    const all = Array.from({ length: 301 }, (_, index) => writes(1, `c${index}`)).flat();
    expect(all.filter((text) => text !== null)).toEqual(['fast fr']);
    expect(writes(1, 'c', 'elsewhere')).toEqual([null]);
  });

  test('a conversation has an end; answers that took no turn do not count', () => {
    const { state, writes } = setUp({ mostTurns: 40 });
    writes(35);
    state.time += 60_000;
    expect(writes(11)).toEqual([...Array(10).fill(null), 'long fr']);
    state.time += 3_600_000;
    expect(writes(1)).toEqual(['long fr']);
    expect(writes(1, 'new')).toEqual([null]);
  });
});
