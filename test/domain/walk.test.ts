import { decide } from '../../src/domain/decide';
import type { Outcome } from '../../src/domain/outcome';
import { type Profile, type Slot, type SlotValue, slots } from '../../src/domain/profile';
import { createRandom, pick, randomProfile, sampleValues } from '../../src/domain/sample-profiles';
import { reference } from '../support/reference';
import { rulebook } from '../support/rulebook';

const today = '2026-11-22';
const full = process.env.WALK === 'full';
const seen = new Set<string>();
const asked = new Set<Slot>();

/** What every verdict must be like, whoever it is for. Plain comparisons: this runs a million times. */
function check(profile: Profile, outcome: Outcome): void {
  const problem = (text: string) => new Error(`${text}: ${JSON.stringify(profile)} gives ${JSON.stringify(outcome)}`);
  for (const rule of outcome.rules) seen.add(rule);
  const expected = reference(profile, today);
  if (outcome.id !== expected.outcome) throw problem(`the vocabulary says ${expected.outcome}`);
  if (JSON.stringify(outcome.wait) !== JSON.stringify(expected.wait))
    throw problem(`wait ${JSON.stringify(expected.wait)}`);
  if (outcome.adviser !== outcome.adviserReasons.length > 0) throw problem('adviser without a reason');
  if (outcome.id === 'adviser' && !outcome.adviser) throw problem('outcome adviser without adviser');
  const contacts = outcome.contacts.map(({ id }) => id);
  if (!contacts.includes('line-3646') || !contacts.includes('line-english')) throw problem('a phone line is missing');
  if (outcome.sources.length === 0 || outcome.documents.some(({ sources }) => sources.length === 0))
    throw problem('no source');
}

/** Asks the rules and answers at random until they decide. Gives the complete profile. */
function interview(profile: Profile, random: () => number): void {
  let current = profile;
  for (let turn = 0; turn < 20; turn++) {
    const decision = decide(current, rulebook, today);
    if (decision.outcome) check(current, decision.outcome);
    if (decision.outcome || decision.contradiction) return;
    const { asks } = decision;
    asked.add(asks);
    if (current[asks] !== undefined && asks !== 'arrival')
      throw new Error(`${asks} asked twice: ${JSON.stringify(current)}`);
    const answer = random() < 1 / 16 ? 'unknown' : pick(random, sampleValues(asks));
    const day = asks === 'arrival' && current.arrival !== undefined ? '2026-08-10' : answer;
    current = { ...current, [asks]: day };
  }
  throw new Error(`no end: ${JSON.stringify(current)}`);
}

/** Every question on the way, every value of it, and "I don't know". Gives the number of verdicts. */
function walk(profile: Profile, budget: { left: number }): Set<string> {
  const reached = new Set<string>();
  const decision = decide(profile, rulebook, today);
  if (decision.outcome) {
    check(profile, decision.outcome);
    const { id, wait, basis, form, sendTo, adviser, firstStep, documents } = decision.outcome;
    const papers = documents.filter(({ level }) => level === 'required').map((item) => item.id);
    return reached.add(JSON.stringify([id, wait === null, basis, form, sendTo, adviser, firstStep, papers]));
  }
  if (decision.contradiction || budget.left <= 0) return reached;
  const { asks } = decision;
  asked.add(asks);
  const values: SlotValue[] = asks === 'arrival' ? ['2026-08-22', '2026-08-23'] : [...sampleValues(asks)];
  for (const value of [...values, 'unknown' as const]) {
    budget.left -= 1;
    for (const verdict of walk({ ...profile, [asks]: value } as Profile, budget)) reached.add(verdict);
  }
  if (reached.size < 2 && budget.left > 0) throw new Error(`${asks} changes nothing: ${JSON.stringify(profile)}`);
  return reached;
}

describe('the interview', () => {
  test('every answer to every question leads to the verdict of the vocabulary', () => {
    const budget = { left: 400_000 };
    const verdicts = walk({}, budget);
    process.stdout.write(`interview tree: ${400_000 - budget.left} answers, ${verdicts.size} different verdicts\n`);
    expect(budget.left).toBeGreaterThan(0);
    expect(verdicts.size).toBeGreaterThan(40);
  }, 60_000);

  test('every pair of volunteered facts leads to a verdict too', () => {
    const random = createRandom(7);
    let pairs = 0;
    for (const [index, first] of slots.entries()) {
      for (const second of slots.slice(index + 1)) {
        for (const one of [...sampleValues(first), 'unknown' as const]) {
          for (const other of [...sampleValues(second), 'unknown' as const]) {
            interview({ [first]: one, [second]: other } as Profile, random);
            pairs += 1;
          }
        }
      }
    }
    process.stdout.write(`pairs: ${pairs}\n`);
    expect(pairs).toBeGreaterThan(5_000);
  }, 60_000);

  test('random profiles, sparse and dense, agree with the vocabulary', () => {
    const random = createRandom(20261122);
    const count = full ? 1_000_000 : 50_000;
    const densities = [0.4, 0.8, 0.9, 0.97];
    for (let index = 0; index < count; index++)
      interview(randomProfile(random, slots, pick(random, densities)), random);
    process.stdout.write(`random profiles: ${count}\n`);
  }, 120_000);

  test('every rule and every addition is reached, every question is asked by somebody', () => {
    const rows = [...rulebook.rules, ...rulebook.additions].map(({ id }) => id);
    expect(rows.filter((id) => !seen.has(id))).toEqual(['adviser-three-unknowns']);
    expect(rulebook.interview.questions.map(({ slot }) => slot).filter((slot) => !asked.has(slot))).toEqual([]);
  });
});
