import { serialisePostings } from './postings';
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

/** Builds the index of one language: under half a second, ahead of time. */
export function buildIndex(
  topics: readonly TopicText[],
  words: Words,
  analyse: Analyser = remembering(createAnalyser(words)),
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
    for (const [gram, count] of gramsOfPhrasings(topic, analyse)) {
      const list = gramCounts.get(gram);
      if (list) list.set(index, count);
      else gramCounts.set(gram, new Map([[index, count]]));
    }
    return round(length);
  });
  return {
    language: words.language,
    topics: topics.map(({ id }) => id),
    postings: serialisePostings(postings),
    lengths,
    grams: serialisePostings(gramVectors(gramCounts, topics.length)),
    ...phraseVectors(topics, analyse),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** How often each n-gram stands in the phrasings of a topic. */
function gramsOfPhrasings(topic: TopicText, analyse: Analyser): Map<string, number> {
  const words = new Map<string, number>();
  for (const phrasing of topic.phrasings) {
    for (const word of analyse(phrasing).words) words.set(word, (words.get(word) ?? 0) + 1);
  }
  const grams = new Map<string, number>();
  for (const [word, times] of words) {
    for (const [gram, count] of gramsOf(word)) grams.set(gram, (grams.get(gram) ?? 0) + count * times);
  }
  return grams;
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
  return { phraseTopics, phrases: serialisePostings(phrases) };
}
