import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Slot } from '../../src/domain/profile';
import type { Library } from '../../src/library/library';
import { loadLibrary } from '../../src/library/load-library';
import { loadDetector } from '../../src/nlu/detect-language';
import { buildIndexes, createUnderstand } from '../../src/nlu/understand';
import type { Understanding, UnderstandingContext } from '../../src/nlu/understanding';

const compiled = join(__dirname, '..', '..', 'dist', 'library');

/** The indexes that `npm run build` left (`npm test` builds first), else built here. */
function indexesOf(library: Library): ReturnType<typeof buildIndexes> {
  const live = library.languages.filter((language) => language.live).map(({ code }) => code);
  const file = (code: string) => join(compiled, `index-${code}.json`);
  if (!live.every((code) => existsSync(file(code)))) return buildIndexes(library);
  return Object.fromEntries(live.map((code) => [code, JSON.parse(readFileSync(file(code), 'utf8'))]));
}

export type Says = (text: string, context?: Partial<UnderstandingContext>) => Understanding;

/** The library as it would be with only these languages live. */
export const withLive = (library: Library, codes: string[]): Library => ({
  ...library,
  languages: library.languages.map((language) => ({ ...language, live: codes.includes(language.code) })),
});

/** `says(text, { language, asked, … })` → what it means, on 10 February 2026; with `codes` only these languages are live. */
export async function openSays(codes?: string[]): Promise<{ says: Says; library: Library }> {
  await loadDetector();
  const whole = loadLibrary();
  const library = codes ? withLive(whole, codes) : whole;
  const understand = createUnderstand(library, indexesOf(library));
  const says: Says = (text, context = {}) =>
    understand(text, {
      language: null,
      today: '2026-02-10',
      asked: null,
      offered: [],
      profile: {},
      topic: null,
      ...context,
    });
  return { says, library };
}

/** Context of a pending question. */
export const asking = (asked: Slot, language = 'fr', offered: string[] = []): Partial<UnderstandingContext> => ({
  asked,
  language,
  offered,
});
