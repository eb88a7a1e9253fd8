import { createFacts } from './facts';
import type { Profile, Slot } from './profile';
import type { RuleBook } from './rulebook';
import type { Condition, Conjunction, SlotTest } from './rules';
import { allOf, anyOf, not, slotBit, type Test, type Truth } from './truth';
import { presentView, type View } from './view';

function compileSlot(slot: Slot, test: SlotTest): Test {
  const bit = slotBit(slot);
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

const compiled = new WeakMap<RuleBook, WeakMap<object, Test>>();

/** What the person said and the usual defaults meet a condition of a text: `true`, `false`, or the slots needed to tell. */
function truthOf(when: Condition, profile: Profile, book: RuleBook, today: string): Truth {
  const known = compiled.get(book) ?? new WeakMap<object, Test>();
  compiled.set(book, known);
  const test = known.get(when) ?? compileCondition(when, createFacts(book));
  known.set(when, test);
  return test(presentView(profile, today, book));
}

/**
 * True when a condition of an article or a card holds for what the person said, with the usual defaults; what is open or
 * unknown holds nothing.
 */
export const holds = (when: Condition, profile: Profile, book: RuleBook, today: string): boolean =>
  truthOf(when, profile, book, today) === true;

/** True unless what the person said rules the condition out: what is open or unknown may still hold. */
export const mayHold = (when: Condition, profile: Profile, book: RuleBook, today: string): boolean =>
  truthOf(when, profile, book, today) !== false;
