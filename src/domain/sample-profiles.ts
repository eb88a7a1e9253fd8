import { decide } from './decide';
import { closedValues, type Profile, type Slot, type SlotValue, slots } from './profile';
import type { RuleBook } from './rulebook';

// Looked up once: in a test runner's sandbox every look at a global is slow, and this runs some thirty million times.
const { floor, imul } = Math;

/** A small seeded generator (mulberry32): the same seed gives the same profiles everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = imul(state ^ (state >>> 15), 1 | state);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <T>(random: () => number, values: readonly T[]): T => values[floor(random() * values.length)] as T;

const free: Partial<Record<Slot, readonly SlotValue[]>> = {
  country: [['DZ'], ['CA'], ['US'], ['PL'], ['FR', 'MA'], ['GB'], ['GB', 'IE'], ['SN'], ['CH'], ['UA']],
  workCountry: ['CH', 'DE', 'GB', 'US', 'MC', 'IT'],
  activityStart: ['2026-12-01', '2026-11-01'],
  arrival: ['2026-08-22', '2026-08-23', '2026-11-01', '2025-11-30', '2026-08', '2026-09', '2019-05', '2019-05-04'],
  months: [0, 1, 2, 3, 4, 12, 59, 60, 90],
  sentOn: ['2026-11-01'],
};

/** Values to try for a slot: all of a closed one, a few telling ones of the others. */
export const sampleValues = (slot: Slot): readonly SlotValue[] =>
  free[slot] ?? closedValues[slot as keyof typeof closedValues] ?? [true, false];

const rare: ReadonlySet<Slot> = new Set<Slot>(['livesIn', 'age', 'protection']);

/** A profile in which each slot is stated with the chance `density`, one stated slot in sixteen as unknown; living elsewhere,
 * being a minor and being protected are rarer. */
export function randomProfile(random: () => number, from: readonly Slot[], density: number): Profile {
  const profile: Record<string, unknown> = {};
  for (const slot of from) {
    if (random() >= (rare.has(slot) ? density * 0.4 : density)) continue;
    // A stated country mostly speaks for the nationality.
    if (slot === 'nationality' && profile.country !== undefined && random() < 0.9) continue;
    profile[slot] = random() < 1 / 16 ? 'unknown' : pick(random, sampleValues(slot));
  }
  return profile as Profile;
}

/** A profile with a name: a persona's id, or where it comes from. */
export type Sample = { id: string; profile: Profile; today: string };

/** Days around which the values of `free` tell something. */
const sampleDay = '2026-11-22';
const densities = [0.2, 0.4, 0.8, 0.9];

/**
 * Complete profiles: random facts volunteered, then every question of the rule book answered at random until a verdict stands
 * or the facts contradict each other. The same each time.
 */
export function* walkSample(book: RuleBook, count: number): Generator<Sample> {
  const random = createRandom(20261122);
  for (let index = 0; index < count; index++) {
    let profile = randomProfile(random, slots, pick(random, densities));
    for (let turn = 0; turn < 20; turn++) {
      const { asks, ...decision } = decide(profile, book, sampleDay);
      if (asks === null || 'contradiction' in decision) break;
      const day = asks === 'arrival' && profile.arrival !== undefined;
      profile = { ...profile, [asks]: day ? '2026-08-10' : pick(random, sampleValues(asks)) };
    }
    yield { id: `walk ${index + 1}`, profile, today: sampleDay };
  }
}
