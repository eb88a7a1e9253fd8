import { confidenceOf, featuresOf, fitConfidence, type Sample } from './confidence';
import {
  type Analyser,
  conceptWeight,
  createAnalyser,
  gramsOf,
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
/** Leaves out a topic, or one phrasing of it: held-out calibration. */
type Hold = { topic: number; terms: Map<string, number> | null };

export type ArticleIndex = {
  topics: string[];
  isRedirect: (topic: number) => boolean;
  rank: (text: string, hold?: Hold) => Ranking;
  /** The `count` best topics, redirects of the kind `out-…` left out. */
  best: (ranking: Ranking, count: number) => RankedTopic[];
};

/** True for ids of neighbouring and foreign subjects, which compete in the index but are never answered. */
export const isRedirectId = (id: string): boolean => /^(near|out|crisis)-/.test(id);

/** Builds the index of one language and fits its confidence on held-out phrasings. About a second per language. */
export function buildIndex(topics: readonly TopicText[], words: Words): SerialisedIndex {
  const analyse = createAnalyser(words);
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
  const index: SerialisedIndex = {
    language: words.language,
    topics: topics.map(({ id }) => id),
    postings: { ...postings },
    lengths,
    grams: gramVectors(gramCounts, topics.length),
    calibration: [],
  };
  index.calibration = fitConfidence(heldOutSamples(topics, words, analyse, index));
  return index;
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
    vectors[gram] = row.flatMap(([topic, weight]) => [topic, Math.round((weight / Math.sqrt(norms[topic] || 1)) * 1e4) / 1e4]);
  }
  return vectors;
}

function heldOutSamples(topics: readonly TopicText[], words: Words, analyse: Analyser, built: SerialisedIndex): Sample[] {
  const index = openIndex({ ...built, calibration: [] }, words);
  const samples: Sample[] = [];
  topics.forEach((topic, number) => {
    const redirect = isRedirectId(topic.id);
    for (const phrasing of topic.phrasings) {
      const { stems, concepts } = analyse(phrasing);
      const terms = new Map<string, number>();
      for (const stem of stems) terms.set(stem, (terms.get(stem) ?? 0) + 1);
      for (const concept of concepts) terms.set(concept, (terms.get(concept) ?? 0) + conceptWeight);
      const ranking = index.rank(phrasing, { topic: number, terms });
      const first = ranking.scored.find(({ topic: id }) => !isRedirectId(built.topics[id] ?? ''));
      samples.push({ features: ranking.features, right: !redirect && first?.topic === number, weight: 1 });
      // An unknown neighbouring subject: the whole redirect is held out.
      if (redirect) {
        samples.push({ features: index.rank(phrasing, { topic: number, terms: null }).features, right: false, weight: 1 });
      }
    }
  });
  return samples;
}

/** Opens a built index: 10–60 ms. A query takes well under a millisecond. */
export function openIndex(built: SerialisedIndex, words: Words): ArticleIndex {
  const analyse = createAnalyser(words);
  const { topics, lengths, calibration } = built;
  const count = topics.length;
  const redirect = topics.map(isRedirectId);
  const postings = new Map(Object.entries(built.postings).map(([term, list]) => [term, Float32Array.from(list)]));
  const grams = new Map(Object.entries(built.grams).map(([gram, list]) => [gram, Float32Array.from(list)]));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count);

  const idf = (size: number): number => Math.log(1 + (count - size + 0.5) / (size + 0.5));

  const rank = (text: string, hold?: Hold): Ranking => {
    const { stems, concepts, words: plain } = analyse(text);
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
      const own = hold?.terms?.get(term) ?? 0;
      let size = list.length / 2;
      const gain = weight > 1 ? Math.min(weight, 2) : 1;
      for (let i = 0; i < list.length; i += 2) {
        const topic = list[i] as number;
        if (hold?.topic !== topic) continue;
        if (hold.terms === null || (list[i + 1] as number) - own < 0.01) size -= 1;
      }
      if (size <= 0) {
        ceiling += idf(0.5) * gain;
        continue;
      }
      const value = idf(size) * gain;
      ceiling += value;
      if (!term.startsWith('#')) known += 1;
      for (let i = 0; i < list.length; i += 2) {
        const topic = list[i] as number;
        let frequency = list[i + 1] as number;
        if (hold?.topic === topic) {
          if (hold.terms === null) continue;
          frequency -= own;
          if (frequency < 0.01) continue;
        }
        bm25[topic] =
          (bm25[topic] as number) + (value * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * (lengths[topic] as number)) / average));
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
      if (hold?.topic === topic && hold.terms === null) continue;
      bestBm25 = Math.max(bestBm25, bm25[topic] as number);
      bestCosine = Math.max(bestCosine, cosine[topic] as number);
    }
    const scored: Scored[] = [];
    for (let topic = 0; topic < count; topic += 1) {
      if ((bm25[topic] as number) <= 0 && (cosine[topic] as number) <= 0) continue;
      if (hold?.topic === topic && hold.terms === null) continue;
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
