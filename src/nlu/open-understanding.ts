import { readCompiled } from '../library/compile';
import { loadDetector } from './detect-language';
import { maskPersonalData } from './personal-data';
import type { SerialisedIndex } from './ranking-index';
import { createUnderstand, phonesOf, type UnderstandingData } from './understand';
import type { Understanding, UnderstandingContext } from './understanding';

/** Name of the compiled index of a language. */
export const indexName = (language: string): string => `index-${language}`;

export type OpenUnderstanding = {
  understand(text: string, context: UnderstandingContext): Understanding;
  /** Takes out every number that identifies a person. */
  mask(text: string): string;
};

/** Opens understanding over the compiled indexes; the index of a language is read on first use. */
export async function openUnderstanding(library: UnderstandingData): Promise<OpenUnderstanding> {
  await loadDetector();
  const indexes: Record<string, SerialisedIndex> = {};
  for (const { code, live } of library.languages) {
    if (live) Object.defineProperty(indexes, code, { get: () => readCompiled<SerialisedIndex>(indexName(code)) });
  }
  const phones = phonesOf(library.contacts);
  return { understand: createUnderstand(library, indexes), mask: (text) => maskPersonalData(text, phones).masked };
}
