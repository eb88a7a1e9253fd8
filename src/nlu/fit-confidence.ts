import { buildIndex } from './build-index';
import { confidenceOf } from './confidence';
import { type ArticleIndex, isRedirectId, openIndex } from './find-articles';
import { createAnalyser, remembering, type TopicText } from './ranking-index';
import type { Words } from './words';

/** One held-out phrasing: the features of its ranking, and whether the best in-scope topic was right. */
export type Sample = { features: number[]; right: boolean };

const rounds = 400;
const step = 0.8;
const decay = 1e-4;

/** Logistic regression by plain gradient descent with momentum; deterministic. */
export function fitConfidence(samples: readonly Sample[]): number[] {
  const size = samples[0]?.features.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  const speed = new Array<number>(size).fill(0);
  const total = samples.length || 1;
  for (let round = 0; round < rounds; round += 1) {
    const gradient = new Array<number>(size).fill(0);
    for (const { features, right } of samples) {
      const error = confidenceOf(features, weights) - (right ? 1 : 0);
      for (let i = 0; i < size; i += 1) gradient[i] = (gradient[i] as number) + error * (features[i] as number);
    }
    for (let i = 0; i < size; i += 1) {
      speed[i] = 0.9 * (speed[i] as number) - step * ((gradient[i] as number) / total + decay * (weights[i] as number));
      weights[i] = (weights[i] as number) + (speed[i] as number);
    }
  }
  return weights.map((weight) => Math.round(weight * 1e4) / 1e4);
}

/** Mean squared error of the probabilities, 0 to 1; guessing a half gives 0.25. */
export const brier = (samples: readonly Sample[], weights?: readonly number[]): number =>
  samples.reduce((sum, { features, right }) => sum + (confidenceOf(features, weights) - (right ? 1 : 0)) ** 2, 0) /
  Math.max(1, samples.length);

/** Phrasings are cut into this many parts, each held out once. */
const folds = 5;

/**
 * Phrasings that the index has not seen, alone and in pairs (messages are longer than phrasings), with and without
 * the redirect that they belong to: a neighbouring subject that nobody thought of must not look sure. `wanted` of the
 * folds are held out.
 */
export function heldOutSamples(topics: readonly TopicText[], words: Words, wanted = folds): Sample[] {
  const analyse = remembering(createAnalyser(words));
  const samples: Sample[] = [];
  for (let fold = 0; fold < wanted; fold += 1) {
    const seen = topics.map((topic) => ({ ...topic, phrasings: topic.phrasings.filter((_, i) => i % folds !== fold) }));
    const others = topics.filter((topic, i) => !(isRedirectId(topic.id) && i % folds === fold));
    const index = openIndex(buildIndex(seen, words, analyse), words, analyse);
    const without = openIndex(buildIndex(others, words, analyse), words, analyse);
    const add = (from: ArticleIndex, text: string, id: string | null) => {
      const ranking = from.rank(text);
      const first = ranking.scored.find(({ topic }) => !from.isRedirect(topic));
      samples.push({ features: ranking.features, right: first !== undefined && from.topics[first.topic] === id });
    };
    topics.forEach((topic, number) => {
      const redirect = isRedirectId(topic.id);
      const held = topic.phrasings.filter((_, i) => i % folds === fold);
      const texts = [...held, ...held.slice(1).map((text, i) => `${held[i]}. ${text}`)];
      for (const text of texts) {
        add(index, text, redirect ? null : topic.id);
        if (redirect && number % folds === fold) add(without, text, null);
      }
    });
  }
  return samples;
}
