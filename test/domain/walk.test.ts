import { decide } from '../../src/domain/decide';
import { type Profile, type SlotValue, slots } from '../../src/domain/profile';
import { createRandom, sampleValues } from '../../src/domain/sample-profiles';
import { rulebook } from '../support/rulebook';
import { asked, check, interview, interviewMany, seen, today } from '../support/walk';

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
    const count = process.env.WALK === 'full' ? 400_000 : 50_000;
    interviewMany(20261122, count);
    process.stdout.write(`random profiles: ${count}\n`);
  }, 120_000);

  test('every rule and every addition is reached, every question is asked by somebody', () => {
    const rows = [...rulebook.rules, ...rulebook.additions].map(({ id }) => id);
    expect(rows.filter((id) => !seen.has(id))).toEqual(['adviser-three-unknowns']);
    expect(rulebook.interview.questions.map(({ slot }) => slot).filter((slot) => !asked.has(slot))).toEqual([]);
  });
});
