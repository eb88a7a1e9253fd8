import type { Library } from '../library/library';
import type { Lexicon } from '../library/lexicon';
import { createDetector, withHysteresis } from './detect-language';
import { extractSlots } from './extract-slots';
import { type ArticleIndex, buildIndex, openIndex, type Ranking } from './find-articles';
import { tokenise } from './normalise';
import { covers } from './pending-answer';
import { maskPersonalData } from './personal-data';
import type { Hit } from './phrases';
import type { SerialisedIndex, TopicText } from './ranking-index';
import { createCrisisFinder } from './safety';
import type { Command, Understanding, UnderstandingContext } from './understanding';
import { openWords, type Words } from './words';

/** The parts of the library that understanding needs. */
export type UnderstandingData = Pick<Library, 'languages' | 'articles' | 'redirects' | 'lexicons' | 'contacts' | 'locales'>;

/** The texts of one language that go into its index. */
export function topicTexts(data: UnderstandingData, language: string): TopicText[] {
  const topics: TopicText[] = [];
  for (const [id, article] of Object.entries(data.articles)) {
    const text = article.texts[language];
    if (!text) continue;
    const answer = [text.title, text.short, ...text.do, ...text.except].join(' ');
    topics.push({ id, phrasings: [text.title, ...text.phrasings], answer });
  }
  for (const [id, redirect] of Object.entries(data.redirects)) {
    const text = redirect.texts[language];
    if (text) topics.push({ id, phrasings: text.phrasings, answer: '' });
  }
  return topics;
}

/** Builds the index of every language that has articles: ahead of time, `language → serialised index`. */
export function buildIndexes(data: UnderstandingData): Record<string, SerialisedIndex> {
  const indexes: Record<string, SerialisedIndex> = {};
  for (const [language, lexicon] of Object.entries(data.lexicons)) {
    const topics = topicTexts(data, language);
    if (topics.length > 0) indexes[language] = buildIndex(topics, openWords(lexicon));
  }
  return indexes;
}
