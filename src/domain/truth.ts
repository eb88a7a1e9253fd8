import { type Slot, slots } from './profile';
import type { View } from './view';

/**
 * Three-valued: `true`, `false`, or the set of slots that are needed to tell (one bit per slot, see `slotBit`).
 * A slot needs asking only when it is absent and has no default.
 */
export type Truth = boolean | number;

/** A test of a view. */
export type Test = (view: View) => Truth;

const bits = Object.fromEntries(slots.map((slot, index) => [slot, 1 << index])) as Record<Slot, number>;

/** The bit that stands for a slot in a `Truth`. */
export const slotBit = (slot: Slot): number => bits[slot];

/** The slots that a truth still needs; empty when it is decided. */
export const neededSlots = (truth: Truth): Slot[] =>
  typeof truth === 'number' ? slots.filter((slot) => (truth & bits[slot]) !== 0) : [];

/** All must hold: one `false` decides, otherwise every need counts. */
export function allOf(tests: readonly Test[], view: View): Truth {
  let needs = 0;
  for (const test of tests) {
    const truth = test(view);
    if (truth === false) return false;
    if (truth !== true) needs |= truth;
  }
  return needs === 0 ? true : needs;
}

/** One must hold: one `true` decides, otherwise every need counts. */
export function anyOf(tests: readonly Test[], view: View): Truth {
  let needs = 0;
  for (const test of tests) {
    const truth = test(view);
    if (truth === true) return true;
    if (truth !== false) needs |= truth;
  }
  return needs === 0 ? false : needs;
}

/** `true` and `false` change places; a need stays a need. */
export const not = (truth: Truth): Truth => (typeof truth === 'number' ? truth : !truth);
