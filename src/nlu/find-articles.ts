import { confidenceOf, featuresOf } from './confidence';
import {
  type Analyser,
  type Cut,
  conceptInQuery,
  createAnalyser,
  gramsOf,
  type SerialisedIndex,
} from './ranking-index';
import type { RankedTopic } from './understanding';
import type { Words } from './words';

// Chosen on 2,600 held-out phrasings a language, checked on the development sample (fr, en).
const k1 = 2.5;
const b = 0.75;
const gramShare = 0.2;
const phraseShare = 0.4;
/** What the second and third nearest phrasing of a topic add to the nearest. */
const nearShares = [1, 0.5, 0.25] as const;

export type Scored = { topic: number; score: number; bm25: number; cosine: number; nearest: number };
/** Everything known about one ranking, for the confidence and the policy. */
export type Ranking = {
  /** All topics that share a word or part of one with the text, best first. */
  scored: Scored[];
  features: number[];
  /** Probability that the best in-scope topic is right. */
  probability: number;
  /** Share of the words that some topic has; 0 when the text only resembles words. */
  knownShare: number;
};

/** The opened index of one language. */
export type ArticleIndex = {
  topics: string[];
  isRedirect: (topic: number) => boolean;
  rank: (text: string, cut?: Cut) => Ranking;
  /** The `count` best topics; subjects that are out of the question (`out-…`) left out. */
  best: (ranking: Ranking, count: number) => RankedTopic[];
};

/** True for ids of neighbouring and foreign subjects, which compete in the index but are never answered. */
export const isRedirectId = (id: string): boolean => /^(near|out|crisis)-/.test(id);

const openPostings = (lists: Record<string, number[]>): Map<string, Float32Array> =>
  new Map(Object.entries(lists).map(([term, list]) => [term, Float32Array.from(list)]));

/** Opens a built index in some tens of milliseconds. A query takes well under one. */
export function openIndex(
  built: SerialisedIndex,
  words: Words,
  analyse: Analyser = createAnalyser(words),
): ArticleIndex {
  const { topics, lengths, phraseTopics } = built;
  const count = topics.length;
  const redirect = topics.map(isRedirectId);
  const postings = openPostings(built.postings);
  const grams = openPostings(built.grams);
  const phrases = openPostings(built.phrases);
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count);
  const damping = lengths.map((length) => k1 * (1 - b + (b * length) / average));
  const idf = (size: number): number => Math.log(1 + (count - size + 0.5) / (size + 0.5));

  /** BM25 over one document per topic, and how much of the query could have been found at best. */
  const scoreTopics = (query: ReadonlyMap<string, number>, into: Float64Array): { ceiling: number; known: number } => {
    let ceiling = 0;
    let known = 0;
    for (const [term, weight] of query) {
      const list = postings.get(term);
      const isConcept = term.startsWith('#');
      if (!list) {
        if (!isConcept) ceiling += idf(0.5);
        continue;
      }
      const value = idf(list.length / 2) * Math.min(weight, 2);
      ceiling += value;
      if (!isConcept) known += 1;
      for (let i = 0; i < list.length; i += 2) {
        const topic = list[i] as number;
        const frequency = list[i + 1] as number;
        into[topic] =
          (into[topic] as number) + (value * frequency * (k1 + 1)) / (frequency + (damping[topic] as number));
      }
    }
    return { ceiling, known };
  };

  /** Cosine of character n-grams: forgives typing mistakes and other endings. */
  const scoreGrams = (plain: readonly string[], into: Float64Array): void => {
    let norm = 0;
    for (const [gram, frequency] of gramsOf(plain)) {
      const list = grams.get(gram);
      const weight = (1 + Math.log(frequency)) * (list ? Math.log(count / (list.length / 2)) : 1);
      norm += weight * weight;
      for (let i = 0; i < (list?.length ?? 0); i += 2) {
        const topic = list?.[i] as number;
        into[topic] = (into[topic] as number) + weight * (list?.[i + 1] as number);
      }
    }
    const length = Math.sqrt(norm) || 1;
    for (let topic = 0; topic < count; topic += 1) into[topic] = (into[topic] as number) / length;
  };

  /** Cosine to the three nearest phrasings of each topic. */
  const scorePhrases = (query: ReadonlyMap<string, number>, into: Float64Array): void => {
    const found = new Float64Array(phraseTopics.length);
    let norm = 0;
    for (const term of query.keys()) {
      const list = phrases.get(term);
      const value =
        Math.log(1 + phraseTopics.length / (list ? list.length / 2 : 1)) * (term.startsWith('#') ? conceptInQuery : 1);
      norm += value * value;
      for (let i = 0; i < (list?.length ?? 0); i += 2) {
        const phrase = list?.[i] as number;
        found[phrase] = (found[phrase] as number) + value * (list?.[i + 1] as number);
      }
    }
    const length = Math.sqrt(norm) || 1;
    // Phrasings of a topic stand together.
    let phrase = 0;
    for (let topic = 0; topic < count; topic += 1) {
      let [first, second, third] = [0, 0, 0];
      for (; phrase < phraseTopics.length && phraseTopics[phrase] === topic; phrase += 1) {
        const value = found[phrase] as number;
        if (value > first) [first, second, third] = [value, first, second];
        else if (value > second) [second, third] = [value, second];
        else if (value > third) third = value;
      }
      into[topic] = (first * nearShares[0] + second * nearShares[1] + third * nearShares[2]) / length;
    }
  };

  const rank = (text: string, cut?: Cut): Ranking => {
    const { stems, concepts, words: plain } = analyse(text, cut);
    const query = new Map<string, number>();
    for (const stem of stems) query.set(stem, (query.get(stem) ?? 0) + 1);
    const stemCount = query.size;
    for (const concept of concepts) query.set(concept, conceptInQuery);
    const bm25 = new Float64Array(count);
    const cosine = new Float64Array(count);
    const nearest = new Float64Array(count);
    const { ceiling, known } = scoreTopics(query, bm25);
    scoreGrams(plain, cosine);
    scorePhrases(query, nearest);
    const [topBm25, topCosine, topNearest] = [bm25, cosine, nearest].map((list) => Math.max(1e-9, ...list)) as [
      number,
      number,
      number,
    ];
    const scored: Scored[] = [];
    for (let topic = 0; topic < count; topic += 1) {
      const entry = {
        topic,
        score: 0,
        bm25: bm25[topic] as number,
        cosine: cosine[topic] as number,
        nearest: nearest[topic] as number,
      };
      if (entry.bm25 <= 0 && entry.cosine <= 0) continue;
      entry.score =
        entry.bm25 / topBm25 + (gramShare * entry.cosine) / topCosine + (phraseShare * entry.nearest) / topNearest;
      scored.push(entry);
    }
    scored.sort((x, y) => y.score - x.score);
    const knownShare = stemCount === 0 ? 0 : known / stemCount;
    const features = featuresOf(scored, redirect, {
      ceiling,
      words: plain.length,
      knownShare,
      concepts: concepts.length,
    });
    return { scored, features, probability: confidenceOf(features), knownShare };
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
