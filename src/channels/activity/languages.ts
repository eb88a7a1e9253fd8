import type { Library } from '../../library/library';

/** One line of the language menu: `GET /api/languages`. */
export type OfferedLanguage = { code: string; name: string; direction: 'ltr' | 'rtl' };

/** The languages that are offered, in the order of the menu. */
export const listLanguages = (library: Pick<Library, 'languages'>): OfferedLanguage[] =>
  library.languages.filter((language) => language.live).map(({ code, name, direction }) => ({ code, name, direction }));
