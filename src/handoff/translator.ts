import type { TranslateText } from '../conversation/handoff-ports';
import type { Logger } from '../conversation/ports';
import { inTime, late } from '../in-time';
import { RecentMap } from '../recent-map';

/** Milliseconds that a plugged-in translation has for one text. */
export const translatorMilliseconds = 1500;
/** Translations that are remembered, so that a conversation that is looked at again is not translated again; in memory only. */
const mostRemembered = 1000;
/** A translation longer than this is cut, in characters. */
const longest = 8000;

/** An operator's translation made harmless: late, failing or odd, it is null. Without one it always is. */
export function createTranslator(translate: TranslateText | undefined, logger: Logger): TranslateText {
  const known = new RecentMap<string, string>(mostRemembered);
  return async (text, from, to) => {
    if (!translate || from === to || text.trim() === '') return null;
    const key = JSON.stringify([from, to, text]);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    try {
      const translated = await inTime(translate(text, from, to), translatorMilliseconds);
      if (translated === late) logger.warn({ code: 'TRANSLATOR_LATE' }, 'the translation was late');
      if (typeof translated !== 'string' || translated.trim() === '') return null;
      const cut = translated.slice(0, longest);
      known.set(key, cut);
      return cut;
    } catch (error) {
      logger.warn({ code: 'TRANSLATOR_FAILED', reason: (error as Error)?.name }, 'the translation failed');
      return null;
    }
  };
}
