import { decide } from '../../src/domain/decide';
import type { Outcome } from '../../src/domain/outcome';
import { type Profile, type Slot, slots } from '../../src/domain/profile';
import { createRandom, pick, randomProfile, sampleValues } from '../../src/domain/sample-profiles';
import { reference } from './reference';
import { rulebook } from './rulebook';

export const today = '2026-11-22';
export const seen = new Set<string>();
export const asked = new Set<Slot>();

/** What every verdict must be like, whoever it is for. Plain comparisons: this runs a million times. */
export function check(profile: Profile, outcome: Outcome): void {
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
export function interview(profile: Profile, random: () => number): void {
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

/** Interviews `count` seeded random profiles, sparse and dense. */
export function interviewMany(seed: number, count: number): void {
  const random = createRandom(seed);
  const densities = [0.4, 0.8, 0.9, 0.97];
  for (let index = 0; index < count; index++) interview(randomProfile(random, slots, pick(random, densities)), random);
}
