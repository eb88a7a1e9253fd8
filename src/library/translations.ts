import type { Problem } from './cross-check';
import type { Library } from './library';
import { readPieces, readStamps, sourceHash, sourceLanguage } from './raw-texts';
import { isSpared } from './staff-texts';

/** Why a piece of a language needs a look: it is not there, or its source changed since they were compared. */
export type ReviewState = 'missing' | 'to review';

/** The pieces of a language that are missing or were not compared with the source as it is now. Nothing for the source itself. */
export function reviewState(root: string, language: string): Map<string, ReviewState> {
  const states = new Map<string, ReviewState>();
  if (language === sourceLanguage) return states;
  const own = readPieces(root, language);
  const stamps = readStamps(root, language);
  for (const [id, piece] of readPieces(root, sourceLanguage)) {
    if (isSpared(language, id)) continue;
    if (!own.has(id)) states.set(id, 'missing');
    else if (stamps.get(id) !== sourceHash(piece)) states.set(id, 'to review');
  }
  return states;
}

/** Missing and unreviewed texts of the live languages: errors and warnings; those never compared in one line a language. */
export function checkTranslations(root: string, languages: Library['languages']): Problem[] {
  return languages
    .filter(({ live }) => live)
    .flatMap(({ code }): Problem[] => {
      const states = [...reviewState(root, code)];
      const stamps = readStamps(root, code);
      const never = states.filter(([id, state]) => state === 'to review' && !stamps.has(id)).map(([id]) => id);
      const problems = states
        .filter(([id]) => !never.includes(id))
        .map(([id, state]): Problem => {
          const file = `${code} ${id}`;
          if (state === 'missing') return { file, level: 'error', text: 'missing' };
          const how = `npm run content -- --stamp ${code} ${id}`;
          return { file, level: 'warning', text: `to review: its source changed (${how} once it says the same)` };
        });
      if (never.length === 0) return problems;
      const how = `npm run content -- --stamp ${code} [PIECE…] once they say the same`;
      const text = `to review: ${never.length} pieces were never compared with their source, ${never[0]} first (${how})`;
      return [...problems, { file: code, level: 'warning', text }];
    });
}

/** What each language has: pieces there, missing, to review, and articles that a professional has checked. */
export function coverage(
  root: string,
  library: Pick<Library, 'languages' | 'articles'>,
): Record<string, string | number>[] {
  const articles = Object.values(library.articles);
  return library.languages.map(({ code, live }) => {
    const states = [...reviewState(root, code).values()];
    return {
      language: code,
      live: live ? 'live' : '-',
      articles: articles.filter(({ texts }) => texts[code]).length,
      phrasings: articles.reduce((sum, { texts }) => sum + (texts[code]?.phrasings.length ?? 0), 0),
      pieces: readPieces(root, code).size,
      missing: states.filter((state) => state === 'missing').length,
      'to review': states.filter((state) => state === 'to review').length,
    };
  });
}
