import { confidenceOf, featuresOf } from './confidence';
import { openPostings } from './postings';
import { type Analyser, type Cut, conceptInQuery, createAnalyser, type SerialisedIndex } from './ranking-index';
import { createResemblance } from './resemblance';
import type { RankedTopic } from './understanding';
import type { Words } from './words';

// Chosen on 2,600 held-out phrasings a language, checked on the development sample (fr, en).
const k1 = 2.5;
const b = 0.75;
const gramShare = 0.2;
const phraseShare = 0.4;
const scrap = /^[a-z]{1,2}$/;
/** What the second and third nearest phrasing of a topic add to the nearest. */
const nearShares = [1, 0.5, 0.25] as const;

export type Scored = { topic: number; score: number; bm25: number; cosine: number; nearest: number };
/** Everything known about one ranking, for the confidence and the policy. */
export type Ranking = {
  /** The topics that share words or parts of words with the text, best first. */
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
  /** A ranking made elsewhere, as if it were ours; topics that the index does not know are left out. */
  adopt: (ranked: readonly RankedTopic[]) => Ranking;
  /** The `count` best topics; subjects that are out of the question (`out-…`) left out. */
  best: (ranking: Ranking, count: number) => RankedTopic[];
};

/** True for ids of neighbouring and foreign subjects, which compete in the index but are never answered. */
export const isRedirectId = (id: string): boolean => /^(near|out|crisis)-/.test(id);

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
  const { ends, places, weights } = postings;
  const phrases = openPostings(built.phrases);
  const scoreResemblance = createResemblance(openPostings(built.grams), count);
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count);
  const damping = Float64Array.from(lengths, (length) => k1 * (1 - b + (b * length) / average));
  const idf = (size: number): number => Math.log(1 + (count - size + 0.5) / (size + 0.5));
  // One ranking at a time: the same sheets are wiped and written again.
  const bm25 = new Float64Array(count);
  const cosine = new Float64Array(count);
  const nearest = new Float64Array(count);
  const found = new Float32Array(phraseTopics.length);
  // Phrasings of a topic stand together.
  const firstPhrase = Uint16Array.from({ length: count + 1 }, (_, topic) => {
    const at = phraseTopics.findIndex((of) => of >= topic);
    return at < 0 ? phraseTopics.length : at;
  });

  /** BM25 over one document per topic, and how much of the query could have been found at best. */
  const scoreTopics = (query: ReadonlyMap<string, number>): { ceiling: number; known: number } => {
    let ceiling = 0;
    let known = 0;
    bm25.fill(0);
    for (const [term, weight] of query) {
      const number = postings.find(term);
      const isConcept = term.startsWith('#');
      if (number === undefined) {
        // "po", "pls": an unknown scrap says nothing; an unknown word may be another subject.
        if (!isConcept && !scrap.test(term)) ceiling += idf(0.5);
        continue;
      }
      const from = ends[number] as number;
      const to = ends[number + 1] as number;
      const value = idf(to - from) * Math.min(weight, 2);
      ceiling += value;
      if (!isConcept) known += 1;
      for (let i = from; i < to; i += 1) {
        const topic = places[i] as number;
        const frequency = weights[i] as number;
        bm25[topic] =
          (bm25[topic] as number) + (value * frequency * (k1 + 1)) / (frequency + (damping[topic] as number));
      }
    }
    return { ceiling, known };
  };

  /** Cosine to the three nearest phrasings of each topic. */
  const scorePhrases = (query: ReadonlyMap<string, number>): void => {
    found.fill(0);
    let norm = 0;
    for (const term of query.keys()) {
      const number = phrases.find(term);
      const from = number === undefined ? 0 : (phrases.ends[number] as number);
      const to = number === undefined ? 0 : (phrases.ends[number + 1] as number);
      const value = Math.log(1 + phraseTopics.length / (to - from || 1)) * (term.startsWith('#') ? conceptInQuery : 1);
      norm += value * value;
      for (let i = from; i < to; i += 1) {
        const phrase = phrases.places[i] as number;
        found[phrase] = (found[phrase] as number) + value * (phrases.weights[i] as number);
      }
    }
    const length = Math.sqrt(norm) || 1;
    for (let topic = 0; topic < count; topic += 1) {
      let first = 0;
      let second = 0;
      let third = 0;
      const end = firstPhrase[topic + 1] as number;
      for (let phrase = firstPhrase[topic] as number; phrase < end; phrase += 1) {
        const value = found[phrase] as number;
        if (value <= third) continue;
        if (value > first) {
          third = second;
          second = first;
          first = value;
        } else if (value > second) {
          third = second;
          second = value;
        } else third = value;
      }
      nearest[topic] = (first * nearShares[0] + second * nearShares[1] + third * nearShares[2]) / length;
    }
  };

  const rank = (text: string, cut?: Cut): Ranking => {
    const { stems, concepts, words: plain } = analyse(text, cut);
    const query = new Map<string, number>();
    for (const stem of stems) query.set(stem, (query.get(stem) ?? 0) + 1);
    const stemCount = [...query.keys()].filter((stem) => postings.find(stem) !== undefined || !scrap.test(stem)).length;
    for (const concept of concepts) query.set(concept, conceptInQuery);
    const { ceiling, known } = scoreTopics(query);
    cosine.fill(0);
    scoreResemblance(plain, cosine);
    scorePhrases(query);
    const top = { bm25: highest(bm25), cosine: highest(cosine), nearest: highest(nearest) };
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
        entry.bm25 / top.bm25 + (gramShare * entry.cosine) / top.cosine + (phraseShare * entry.nearest) / top.nearest;
      scored.push(entry);
    }
    scored.sort((x, y) => y.score - x.score);
    const knownShare = stemCount === 0 ? 0 : known / stemCount;
    const about = { ceiling, words: plain.length, knownShare, concepts: concepts.length };
    const features = featuresOf(scored, redirect, about, top);
    return { scored, features, probability: confidenceOf(features), knownShare };
  };

  const adopt = (ranked: readonly RankedTopic[]): Ranking => {
    const scored = ranked.flatMap(({ topic, probability }): Scored[] => {
      const number = topics.indexOf(topic);
      return number < 0 ? [] : [{ topic: number, score: probability, bm25: 0, cosine: 0, nearest: 0 }];
    });
    scored.sort((x, y) => y.score - x.score);
    const first = scored.find(({ topic }) => !redirect[topic]);
    return { scored, features: [], probability: Math.min(0.99, first?.score ?? 0), knownShare: 1 };
  };

  const best = (ranking: Ranking, wanted: number): RankedTopic[] => {
    const allowed = ranking.scored.filter(({ topic }) => !/^(out|crisis)-/.test(topics[topic] ?? '')).slice(0, wanted);
    const first = ranking.scored.find(({ topic }) => !redirect[topic]);
    return allowed.map(({ topic, score }) => ({
      topic: topics[topic] as string,
      probability: Math.min(0.99, first ? ranking.probability * Math.min(1, (score / first.score) ** 3) : 0),
    }));
  };

  return { topics, isRedirect: (topic) => redirect[topic] ?? false, rank, adopt, best };
}

const highest = (list: Float64Array): number => {
  let top = 1e-9;
  for (let i = 0; i < list.length; i += 1) if ((list[i] as number) > top) top = list[i] as number;
  return top;
};
