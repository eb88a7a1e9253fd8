import { fallbackLanguage, type Words } from '../library/i18n';
import { type Library, liveLanguages } from '../library/library';
import { bareReply } from './bare-reply';
import { matchLocale } from './match-locale';
import { linesInText } from './phone-lines';
import type { Reply } from './reply';

/** What somebody reads who writes too fast, or in a conversation that has become too long: nothing is lost, both lines. */
export function slowReply(library: Library, words: Words, reason: 'fast' | 'long', locale: string | undefined): Reply {
  const language = matchLocale(locale, liveLanguages(library)) ?? fallbackLanguage;
  const t = words.in(language);
  const text = t(reason === 'fast' ? 'errors:tooFast' : 'errors:tooMany');
  const lines = t('common:linesAlone', linesInText(library, language, t));
  return bareReply(library, language, 'clarified', [{ text: [text, lines].join('\n\n') }]);
}
