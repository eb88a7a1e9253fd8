import { closedValues, type Profile, type Slot, type SlotValue } from '../../src/domain/profile';

/** A small seeded generator (mulberry32): the same seed gives the same profiles everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <T>(random: () => number, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;

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

/** A profile in which each slot is stated with the chance `density`, one stated slot in sixteen as unknown. */
export function randomProfile(random: () => number, slots: readonly Slot[], density: number): Profile {
  const profile: Record<string, unknown> = {};
  for (const slot of slots) {
    if (random() >= density) continue;
    profile[slot] = random() < 1 / 16 ? 'unknown' : pick(random, sampleValues(slot));
  }
  // A stated country speaks for the nationality, and a place of living other than here is rare.
  if (profile.country !== undefined && random() < 0.9) delete profile.nationality;
  if (profile.livesIn !== undefined && random() < 0.6) delete profile.livesIn;
  if (profile.age !== undefined && random() < 0.6) delete profile.age;
  if (profile.protection !== undefined && random() < 0.6) delete profile.protection;
  return profile as Profile;
}
