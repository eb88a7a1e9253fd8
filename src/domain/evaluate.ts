import { type Slot, slots } from './profile';
import type { Condition, Conjunction, SlotTest } from './rules';
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

function compileSlot(slot: Slot, test: SlotTest): Test {
  const bit = bits[slot];
  const matches = matcher(test);
  return (view) => {
    const value = view.values[slot];
    return value === undefined ? bit : matches(value);
  };
}

/** What an `unknown` value meets: a list or a value that names it, and every "none of" that does not. */
function matcher(test: SlotTest): (value: unknown) => boolean {
  if (Array.isArray(test)) return (value) => test.includes(value as string);
  if (typeof test !== 'object') return (value) => value === test;
  if ('not' in test) {
    const excluded: unknown[] = Array.isArray(test.not) ? test.not : [test.not];
    return (value) => !excluded.includes(value);
  }
  if ('atLeast' in test) return (value) => typeof value === 'number' && value >= test.atLeast;
  return (value) => typeof value === 'number' && value < test.below;
}

function compileConjunction(conjunction: Conjunction, facts: Record<string, Test>): Test {
  const tests = Object.entries(conjunction).flatMap(([key, test]): Test[] => {
    if (key !== 'fact') return [compileSlot(key as Slot, test)];
    return [test].flat().map((name) => {
      const fact = facts[String(name)];
      if (!fact) throw new Error(`unknown fact ${String(name)}`);
      return fact;
    });
  });
  const [only] = tests;
  return tests.length === 1 && only ? only : (view) => allOf(tests, view);
}

/** Compiles the closed tests of rules, documents and article variants; throws on a fact that does not exist. */
export function compileCondition(condition: Condition, facts: Record<string, Test>): Test {
  if (!Array.isArray(condition)) return compileConjunction(condition, facts);
  const tests = condition.map((conjunction) => compileConjunction(conjunction, facts));
  return (view) => anyOf(tests, view);
}

/** `when` and not `unless`; both may be left out. */
export function compileGuard(
  row: { when?: Condition | undefined; unless?: Condition | undefined },
  facts: Record<string, Test>,
): Test {
  const when = row.when && compileCondition(row.when, facts);
  const unless = row.unless && compileCondition(row.unless, facts);
  if (!unless) return when ?? (() => true);
  const tests = [...(when ? [when] : []), (view: View) => not(unless(view))];
  return (view) => allOf(tests, view);
}
