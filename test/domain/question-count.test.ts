import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide, questionsLeft } from '../../src/domain/decide';
import type { Profile, Slot, SlotValue } from '../../src/domain/profile';
import { createRandom, pick, sampleValues } from '../../src/domain/sample-profiles';
import { rulebook } from '../support/rulebook';

const today = '2026-11-22';
const most = 8;
const medianAtMost = 4;

const values = (slot: Slot): SlotValue[] =>
  slot === 'arrival' ? ['2026-08-22', '2026-11-01'] : [...sampleValues(slot)];

/** How many verdicts stand after each number of questions, over every answer and "I don't know". */
function countQuestions(profile: Profile, asked: number, counts: number[]): void {
  const { outcome, asks } = decide(profile, rulebook, today);
  if (outcome) {
    counts[asked] = (counts[asked] ?? 0) + 1;
    return;
  }
  if (profile[asks] !== undefined) return;
  for (const value of [...values(asks), 'unknown'])
    countQuestions({ ...profile, [asks]: value } as Profile, asked + 1, counts);
}

const median = (sorted: number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

test(`nobody is asked more than ${most} questions, whatever the answers`, () => {
  const counts: number[] = [];
  countQuestions({}, 0, counts);
  process.stdout.write(`questions before a verdict, over the tree: ${JSON.stringify(counts)} (index = questions)\n`);
  expect(counts.length - 1).toBeLessThanOrEqual(most);
}, 60_000);

/** What people said first, as in the evaluation questions, and how many of them said it. */
const firstMessages = readFileSync(join(__dirname, '..', 'fixtures', 'first-messages.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { count: number; profile: Profile });

test(`the median is ${medianAtMost} questions or fewer, weighted by what people say first`, () => {
  const random = createRandom(4);
  const counts: number[] = [];
  for (const { count, profile } of firstMessages) {
    for (let run = 0; run < count * 20; run++) {
      let current = profile;
      let asked = 0;
      for (
        let decision = decide(current, rulebook, today);
        decision.asks;
        decision = decide(current, rulebook, today)
      ) {
        if (decision.contradiction) break;
        const answer = random() < 1 / 16 ? 'unknown' : pick(random, values(decision.asks));
        current = { ...current, [decision.asks]: answer };
        asked += 1;
      }
      counts.push(asked);
    }
  }
  counts.sort((a, b) => a - b);
  process.stdout.write(`questions weighted by first messages: median ${median(counts)}, most ${counts.at(-1)}\n`);
  expect(median(counts)).toBeLessThanOrEqual(medianAtMost);
  expect(counts.at(-1)).toBeLessThanOrEqual(most);
}, 60_000);

test('"about n questions" is at most one off in 80 of 100 cases', () => {
  const random = createRandom(7);
  const misses: number[] = [];
  for (const { count, profile } of firstMessages) {
    for (let run = 0; run < Math.min(count, 20); run++) {
      const told: number[] = [];
      let current = profile;
      for (
        let decision = decide(current, rulebook, today);
        decision.asks && !decision.contradiction;
        decision = decide(current, rulebook, today)
      ) {
        told.push(questionsLeft(current, rulebook, today));
        current = { ...current, [decision.asks]: pick(random, values(decision.asks)) } as Profile;
      }
      for (const [index, left] of told.entries()) misses.push(Math.abs(left - (told.length - index)));
    }
  }
  const close = misses.filter((miss) => miss <= 1).length / misses.length;
  process.stdout.write(`about n questions: ${(100 * close).toFixed(1)} % at most one off, of ${misses.length}\n`);
  expect(close).toBeGreaterThan(0.8);
});
