import type { Translate } from '../library/i18n';
import type { Library } from '../library/library';
import { bareReply } from './bare-reply';
import { linesWithHours } from './phone-lines';
import type { Reply } from './reply';

/** What a person reads when a turn failed: short, both phone lines with their hours; nothing they said is lost. */
export function apology(library: Pick<Library, 'contacts' | 'languages'>, language: string, t: Translate): Reply {
  const lines = linesWithHours(library, language, t);
  return bareReply(library, language, 'failed', [{ text: [t('errors:apology'), lines].join('\n\n') }]);
}
