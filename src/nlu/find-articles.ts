import { confidenceOf, featuresOf, fitConfidence, type Sample } from './confidence';
import {
  type Analyser,
  type Cut,
  conceptWeight,
  createAnalyser,
  gramsOf,
  remembering,
  type SerialisedIndex,
  type TopicText,
  topicTerms,
} from './ranking-index';
import type { RankedTopic } from './understanding';
import type { Words } from './words';

const k1 = 1.2;
const b = 0.75;
const gramShare = 0.3;
/** n-grams in more topics than this say nothing. */
const commonGram = 0.35;

export type Scored = { topic: number; score: number; bm25: number; cosine: number };
/** Everything known about one ranking, for the confidence and the policy. */
export type Ranking = {
  scored: Scored[];
  features: number[];
  /** Probability that the best in-scope topic is right. */
  probability: number;
};
export type ArticleIndex = {
  topics: string[];
  isRedirect: (topic: number) => boolean;
  rank: (text: string, cut?: Cut) => Ranking;
  /** The `count` best topics, redirects of the kind `out-…` left out. */
  best: (ranking: Ranking, count: number) => RankedTopic[];
};

/** True for ids of neighbouring and foreign subjects, which compete in the index but are never answered. */
export const isRedirectId = (id: string): boolean => /^(near|out|crisis)-/.test(id);

/** Builds the index of one language and fits its confidence on held-out phrasings. A few seconds per language. */
export function buildIndex(topics: readonly TopicText[], words: Words): SerialisedIndex {
  const analyse = remembering(createAnalyser(words));
  const index = indexOf(topics, words.language, analyse);
  index.calibration = fitConfidence(heldOutSamples(topics, words, analyse));
  return index;
}

/** An index without confidence. */
export function indexOf(topics: readonly TopicText[], language: string, analyse: Analyser): SerialisedIndex {
  const postings: Record<string, number[]> = Object.create(null);
  const gramCounts = new Map<string, Map<number, number>>();
  const lengths = topics.map((topic, index) => {
    let length = 0;
    for (const [term, weight] of topicTerms(topic, analyse)) {
      postings[term] ??= [];
      postings[term]?.push(index, Math.round(weight * 100) / 100);
      length += weight;
    }
    for (const phrasing of topic.phrasings) {
      for (const [gram, count] of gramsOf(analyse(phrasing).words)) {
        const list = gramCounts.get(gram) ?? new Map<number, number>();
        list.set(index, (list.get(index) ?? 0) + count);
        gramCounts.set(gram, list);
      }
    }
    return Math.round(length * 100) / 100;
  });
  return {
    language,
    topics: topics.map(({ id }) => id),
    postings: { ...postings },
    lengths,
    grams: gramVectors(gramCounts, topics.length),
    calibration: [],
  };
}

function gramVectors(counts: Map<string, Map<number, number>>, topicCount: number): Record<string, number[]> {
  const norms = new Array<number>(topicCount).fill(0);
  const weighted: [string, [number, number][]][] = [];
  for (const [gram, list] of counts) {
    if (list.size > topicCount * commonGram) continue;
    const idf = Math.log(topicCount / list.size);
    const row: [number, number][] = [];
    for (const [topic, count] of list) {
      const weight = (1 + Math.log(count)) * idf;
      row.push([topic, weight]);
      norms[topic] = (norms[topic] ?? 0) + weight * weight;
    }
    weighted.push([gram, row]);
  }
  const vectors: Record<string, number[]> = {};
  for (const [gram, row] of weighted) {
    vectors[gram] = row.flatMap(([topic, weight]) => [
      topic,
      Math.round((weight / Math.sqrt(norms[topic] || 1)) * 1e4) / 1e4,
    ]);
  }
  return vectors;
}

const folds = 5;

/**
 * Phrasings that the index has not seen, alone and in pairs (messages are longer than phrasings), with and without
 * the redirect that they belong to: a neighbouring subject that nobody thought of must not look sure.
 */
function heldOutSamples(topics: readonly TopicText[], words: Words, analyse: Analyser): Sample[] {
  const samples: Sample[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const seen = topics.map((topic) => ({ ...topic, phrasings: topic.phrasings.filter((_, i) => i % folds !== fold) }));
    const others = topics.filter((topic, i) => !(isRedirectId(topic.id) && i % folds === fold));
    const index = openIndex(indexOf(seen, words.language, analyse), words, analyse);
    const without = openIndex(indexOf(others, words.language, analyse), words, analyse);
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

/** Opens a built index: 10–60 ms. A query takes well under a millisecond. */
export function openIndex(built: SerialisedIndex, words: Words, analyse = createAnalyser(words)): ArticleIndex {
  const { topics, lengths, calibration } = built;
  const count = topics.length;
  const redirect = topics.map(isRedirectId);
  const postings = new Map(Object.entries(built.postings).map(([term, list]) => [term, Float32Array.from(list)]));
  const grams = new Map(Object.entries(built.grams).map(([gram, list]) => [gram, Float32Array.from(list)]));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count);

  const idf = (size: number): number => Math.log(1 + (count - size + 0.5) / (size + 0.5));

  const rank = (text: string, cut?: Cut): Ranking => {
    const { stems, concepts, words: plain } = analyse(text, cut);
    const bm25 = new Float64Array(count);
    const cosine = new Float64Array(count);
    const query = new Map<string, number>();
    for (const stem of stems) query.set(stem, (query.get(stem) ?? 0) + 1);
    for (const concept of concepts) query.set(concept, conceptWeight);
    let known = 0;
    let ceiling = 0;
    for (const [term, weight] of query) {
      const list = postings.get(term);
      if (!list) {
        ceiling += idf(0.5) * weight * (term.startsWith('#') ? 0 : 1);
        continue;
      }
      const gain = Math.min(weight, 2);
      const value = idf(list.length / 2) * gain;
      ceiling += value;
      if (!term.startsWith('#')) known += 1;
      for (let i = 0; i < list.length; i += 2) {
        const topic = list[i] as number;
        const frequency = list[i + 1] as number;
        const damped = k1 * (1 - b + (b * (lengths[topic] as number)) / average);
        bm25[topic] = (bm25[topic] as number) + (value * frequency * (k1 + 1)) / (frequency + damped);
      }
    }
    let norm = 0;
    for (const [gram, tf] of gramsOf(plain)) {
      const list = grams.get(gram);
      if (!list) {
        norm += (1 + Math.log(tf)) ** 2;
        continue;
      }
      const weight = (1 + Math.log(tf)) * Math.log(count / (list.length / 2));
      norm += weight * weight;
      for (let i = 0; i < list.length; i += 2) {
        cosine[list[i] as number] = (cosine[list[i] as number] as number) + weight * (list[i + 1] as number);
      }
    }
    const length = Math.sqrt(norm) || 1;
    let bestBm25 = 1e-9;
    let bestCosine = 1e-9;
    for (let topic = 0; topic < count; topic += 1) {
      cosine[topic] = (cosine[topic] as number) / length;
      bestBm25 = Math.max(bestBm25, bm25[topic] as number);
      bestCosine = Math.max(bestCosine, cosine[topic] as number);
    }
    const scored: Scored[] = [];
    for (let topic = 0; topic < count; topic += 1) {
      if ((bm25[topic] as number) <= 0 && (cosine[topic] as number) <= 0) continue;
      const score = (bm25[topic] as number) / bestBm25 + (gramShare * (cosine[topic] as number)) / bestCosine;
      scored.push({ topic, score, bm25: bm25[topic] as number, cosine: cosine[topic] as number });
    }
    scored.sort((x, y) => y.score - x.score);
    const features = featuresOf(scored, redirect, {
      ceiling,
      words: plain.length,
      knownShare: stems.length === 0 ? 0 : known / new Set(stems).size,
      concepts: concepts.length,
    });
    return { scored, features, probability: confidenceOf(features, calibration) };
  };

  const best = (ranking: Ranking, wanted: number): RankedTopic[] => {
    const allowed = ranking.scored.filter(({ topic }) => !/^(out|crisis)-/.test(topics[topic] ?? '')).slice(0, wanted);
    const first = ranking.scored.find(({ topic }) => !redirect[topic]);
    return allowed.map(({ topic, score }) => ({
      topic: topics[topic] as string,
      probability: Math.min(0.99, first ? ranking.probability * Math.min(1, (score / first.score) ** 3) : 0),
    }));
  };

  return { topics, isRedirect: (topic) => redirect[topic] ?? false, rank, best };
}
