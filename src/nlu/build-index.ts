import { fitConfidence, type Sample } from './confidence';
import { type ArticleIndex, isRedirectId, openIndex } from './find-articles';
import {
  type Analyser,
  conceptInQuery,
  createAnalyser,
  gramsOf,
  remembering,
  type SerialisedIndex,
  type TopicText,
  topicTerms,
} from './ranking-index';
import type { Words } from './words';

/** n-grams in more topics than this share say nothing. */
const commonGram = 0.35;
const folds = 5;

/** Builds the index of one language and fits its confidence on held-out phrasings: a few seconds, ahead of time. */
export function buildIndex(topics: readonly TopicText[], words: Words): SerialisedIndex {
  const analyse = remembering(createAnalyser(words));
  const index = indexWithoutConfidence(topics, words.language, analyse);
  index.calibration = fitConfidence(heldOutSamples(topics, words, analyse));
  return index;
}

/** The index alone; every probability is a half. */
export function indexWithoutConfidence(
  topics: readonly TopicText[],
  language: string,
  analyse: Analyser,
): SerialisedIndex {
  const postings: Record<string, number[]> = Object.create(null);
  const gramCounts = new Map<string, Map<number, number>>();
  const lengths = topics.map((topic, index) => {
    let length = 0;
    for (const [term, weight] of topicTerms(topic, analyse)) {
      postings[term] ??= [];
      postings[term]?.push(index, round(weight));
      length += weight;
    }
    for (const phrasing of topic.phrasings) {
      for (const [gram, count] of gramsOf(analyse(phrasing).words)) {
        const list = gramCounts.get(gram) ?? new Map<number, number>();
        list.set(index, (list.get(index) ?? 0) + count);
        gramCounts.set(gram, list);
      }
    }
    return round(length);
  });
  return {
    language,
    topics: topics.map(({ id }) => id),
    postings: { ...postings },
    lengths,
    grams: gramVectors(gramCounts, topics.length),
    ...phraseVectors(topics, analyse),
    calibration: [],
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

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
    vectors[gram] = row.flatMap(([topic, weight]) => [topic, round(weight / Math.sqrt(norms[topic] || 1))]);
  }
  return vectors;
}

/** Every phrasing as a tf-idf vector of stems and concepts, length one. */
function phraseVectors(
  topics: readonly TopicText[],
  analyse: Analyser,
): Pick<SerialisedIndex, 'phraseTopics' | 'phrases'> {
  const phraseTopics: number[] = [];
  const vectors: Map<string, number>[] = [];
  const frequency = new Map<string, number>();
  topics.forEach((topic, number) => {
    for (const phrasing of topic.phrasings) {
      const { stems, concepts } = analyse(phrasing);
      const vector = new Map<string, number>();
      for (const stem of stems) vector.set(stem, 1);
      for (const concept of concepts) vector.set(concept, conceptInQuery);
      for (const term of vector.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
      phraseTopics.push(number);
      vectors.push(vector);
    }
  });
  const phrases: Record<string, number[]> = Object.create(null);
  vectors.forEach((vector, phrase) => {
    let norm = 0;
    for (const [term, weight] of vector) {
      const value = weight * Math.log(1 + vectors.length / (frequency.get(term) ?? 1));
      vector.set(term, value);
      norm += value * value;
    }
    for (const [term, value] of vector) {
      phrases[term] ??= [];
      phrases[term]?.push(phrase, round(value / Math.sqrt(norm || 1)));
    }
  });
  return { phraseTopics, phrases: { ...phrases } };
}

/**
 * Phrasings that the index has not seen, alone and in pairs (messages are longer than phrasings), with and without
 * the redirect that they belong to: a neighbouring subject that nobody thought of must not look sure.
 */
function heldOutSamples(topics: readonly TopicText[], words: Words, analyse: Analyser): Sample[] {
  const samples: Sample[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const seen = topics.map((topic) => ({ ...topic, phrasings: topic.phrasings.filter((_, i) => i % folds !== fold) }));
    const others = topics.filter((topic, i) => !(isRedirectId(topic.id) && i % folds === fold));
    const index = openIndex(indexWithoutConfidence(seen, words.language, analyse), words, analyse);
    const without = openIndex(indexWithoutConfidence(others, words.language, analyse), words, analyse);
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
