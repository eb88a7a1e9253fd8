import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLibrary } from '../../src/library/load-library';
import { tokenise } from '../../src/nlu/normalise';

const sample = join(__dirname, '..', '..', '..', 'shared', 'evaluation', 'questions.jsonl');
const tokens = (text: string): Set<string> => new Set(tokenise(text).map(({ word }) => word));

/** Share of words that two texts have in common (of all words of both). */
function overlap(a: Set<string>, b: Set<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return common / (a.size + b.size - common || 1);
}

const here = existsSync(sample);

(here ? test : test.skip)(
  here
    ? 'no phrasing repeats a message of the development sample (measuring on it would mean nothing)'
    : 'skipped: the development sample ../shared/evaluation/questions.jsonl is not on this machine',
  () => {
    const library = loadLibrary();
    const live = library.languages.filter((language) => language.live).map(({ code }) => code);
    const phrasings = [
      ...Object.values(library.articles).flatMap(({ id, texts }) =>
        live.flatMap((code) => (texts[code]?.phrasings ?? []).map((phrasing) => ({ id, phrasing }))),
      ),
      ...Object.values(library.redirects).flatMap(({ id, texts }) =>
        live.flatMap((code) => (texts[code]?.phrasings ?? []).map((phrasing) => ({ id, phrasing }))),
      ),
    ].map((entry) => ({ ...entry, words: tokens(entry.phrasing) }));
    const messages = readFileSync(sample, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => (JSON.parse(line) as { text: string }).text)
      .map((text) => ({ text, words: tokens(text) }))
      // Everybody writes "merci" and "carte vitale" alike: one to three words cannot be copied.
      .filter(({ words }) => words.size > 3);
    const copies = messages.flatMap(({ text, words }) =>
      phrasings
        .filter((entry) => entry.words.size > 3 && overlap(entry.words, words) >= 0.8)
        .map(({ id, phrasing }) => `${id}: "${phrasing}" ≈ "${text}"`),
    );
    expect(copies).toEqual([]);
  },
);
