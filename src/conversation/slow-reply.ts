import { fallbackLanguage, type Words } from '../library/i18n';
import type { Library } from '../library/library';
import { matchLocale } from './match-locale';
import { linesInText } from './phone-lines';
import type { Reply } from './reply';

/** What somebody reads who writes too fast, or in a conversation that has become too long: nothing is lost, both lines. */
export function slowReply(library: Library, words: Words, reason: 'fast' | 'long', locale: string | undefined): Reply {
  const live = library.languages.filter((one) => one.live).map(({ code }) => code);
  const language = matchLocale(locale, live) ?? fallbackLanguage;
  const t = words.in(language);
  const text = t(reason === 'fast' ? 'errors:tooFast' : 'errors:tooMany');
  return {
    language,
    direction: library.languages.find(({ code }) => code === language)?.direction ?? 'ltr',
    status: 'clarified',
    bubbles: [{ text: [text, t('common:linesAlone', linesInText(library, language, t))].join('\n\n') }],
    choices: [],
    articles: [],
  };
}
