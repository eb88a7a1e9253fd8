import type { Writable } from 'node:stream';
import { loadLibrary } from '../library/load-library';
import { buildIndex } from '../nlu/build-index';
import { isRedirectId, openIndex } from '../nlu/find-articles';
import { createAnalyser, remembering } from '../nlu/ranking-index';
import { topicTexts } from '../nlu/understand';
import { openWords } from '../nlu/words';
import { asTable } from './table';

/** Phrasings of each topic in the index, at most. */
const sizes = [1, 2, 4, 8, 12, 99];
/** Each phrasing at a multiple of this place is left out of the index and asked. */
const every = 5;

/**
 * The curve of phrasings: each fifth phrasing of a topic is left out and asked; the index has 1, 2, 4… of the others. Top-1 and
 * top-3 by language, and what one more phrasing is still worth. Takes some seconds a language. Returns the exit status.
 */
export function curve(stdout: Writable): number {
  const library = loadLibrary();
  const rows: (string | number)[][] = [
    ['language', 'asked', ...sizes.map((size) => (size === 99 ? 'all' : String(size)))],
  ];
  for (const { code, live } of library.languages) {
    const lexicon = library.lexicons[code];
    if (!live || !lexicon) continue;
    const words = openWords(lexicon);
    const analyse = remembering(createAnalyser(words));
    const topics = topicTexts(library, code);
    const asked = topics
      .filter(({ id }) => !isRedirectId(id))
      .flatMap(({ id, phrasings }) =>
        phrasings.filter((_, place) => place % every === every - 1).map((text) => ({ id, text })),
      );
    const cells = sizes.map((size) => {
      const kept = topics.map((topic) => ({
        ...topic,
        phrasings: topic.phrasings.filter((_, place) => place % every !== every - 1).slice(0, size),
      }));
      const index = openIndex(buildIndex(kept, words, analyse), words, analyse);
      let first = 0;
      let third = 0;
      for (const { id, text } of asked) {
        const best = index.best(index.rank(text), 3).map(({ topic }) => topic);
        if (best[0] === id) first += 1;
        if (best.includes(id)) third += 1;
      }
      return `${Math.round((first / asked.length) * 100)}/${Math.round((third / asked.length) * 100)}`;
    });
    rows.push([code, asked.length, ...cells]);
  }
  stdout.write(`top-1/top-3 of left-out phrasings, by phrasings of each topic in the index\n${asTable(rows)}\n`);
  return 0;
}
