import { newStemmer } from 'snowball-stemmers';
import { fold, type Token, tokenise } from './normalise';
import type { Hit } from './phrases';
import type { SerialisedPostings } from './postings';
import type { Words } from './words';

const stemmers: Record<string, string> = {
  fr: 'french',
  en: 'english',
  es: 'spanish',
  pt: 'portuguese',
  ar: 'arabic',
  it: 'italian',
  de: 'german',
  ro: 'romanian',
  ru: 'russian',
  uk: 'russian',
  tr: 'turkish',
};

/** One topic as it is indexed. */
export type TopicText = { id: string; phrasings: string[]; answer: string };

/** The index of one language, plain JSON: built ahead, opened fast. */
export type SerialisedIndex = {
  language: string;
  topics: string[];
  /** Topics of each term; concepts are `#id`. */
  postings: SerialisedPostings;
  lengths: number[];
  /** Topics of each character n-gram, with cosine weights. */
  grams: SerialisedPostings;
  /** Topic of each phrasing, ascending, and phrasings of each term. */
  phraseTopics: number[];
  phrases: SerialisedPostings;
};

/** A text that was already cut and searched. */
export type Cut = { tokens: readonly Token[]; hits: readonly Hit[] };
/** Cuts a text into stems and `#concepts`. */
export type Analyser = (text: string, cut?: Cut) => { stems: string[]; concepts: string[]; words: string[] };

/** The same analyser that remembers every text: for building, where each is read many times. */
export function remembering(analyse: Analyser): Analyser {
  const known = new Map<string, ReturnType<Analyser>>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const result = analyse(text);
    known.set(text, result);
    return result;
  };
}

/** Analyser of one language; without a stemmer (Chinese) single characters and pairs. */
export function createAnalyser(words: Words): Analyser {
  const name = stemmers[words.language];
  const stemmer = name === undefined ? null : newStemmer(name);
  const cache = new Map<string, string>();
  const stem = (word: string): string => {
    if (stemmer === null || word.length < 4) return word;
    const known = cache.get(word);
    if (known !== undefined) return known;
    const stemmed = fold(stemmer.stem(word));
    if (cache.size > 20_000) cache.clear();
    cache.set(word, stemmed);
    return stemmed;
  };
  return (text, cut) => {
    const tokens = cut?.tokens ?? tokenise(text);
    const plain = tokens.map(({ word }) => word);
    const stems = plain.map(stem);
    if (stemmer === null) for (let i = 1; i < plain.length; i += 1) stems.push(`${plain[i - 1]}${plain[i]}`);
    const concepts = new Set<string>();
    for (const hit of cut?.hits ?? words.find(tokens))
      if (hit.tag.startsWith('concept:')) concepts.add(`#${hit.tag.slice(8)}`);
    return { stems, concepts: [...concepts], words: plain };
  };
}

const smallest = 3;
const largest = 5;

/** Character n-grams of one word and how often it has each. */
export function gramsOf(word: string): Map<string, number> {
  const grams = new Map<string, number>();
  const padded = `_${word.slice(0, 24)}_`;
  for (let size = smallest; size <= largest; size += 1) {
    for (let at = 0; at + size <= padded.length; at += 1) {
      const gram = padded.slice(at, at + size);
      grams.set(gram, (grams.get(gram) ?? 0) + 1);
    }
  }
  return grams;
}

const answerWeight = 0.35;
const conceptWeight = 2;
/** Weight of a concept in a question; in a topic it counts double. */
export const conceptInQuery = 1.4;

/** Weighted terms of one topic: phrasings count once, the answer a quarter, concepts double. */
export function topicTerms(topic: TopicText, analyse: Analyser): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string, weight: number) => {
    const { stems, concepts } = analyse(text);
    for (const stem of stems) terms.set(stem, (terms.get(stem) ?? 0) + weight);
    for (const concept of concepts) terms.set(concept, (terms.get(concept) ?? 0) + weight * conceptWeight);
  };
  for (const phrasing of topic.phrasings) add(phrasing, 1);
  add(topic.answer, answerWeight);
  return terms;
}
