import type { TranslateText } from '../conversation/handoff-ports';
import type { Logger } from '../conversation/ports';

/** Milliseconds that a plugged-in translation has for one text. */
export const translatorMilliseconds = 1500;
/** Translations that are remembered, so that a conversation that is looked at again is not translated again; in memory only. */
const mostRemembered = 1000;
/** A translation longer than this is cut, in characters. */
const longest = 8000;

/** An operator's translation made harmless: late, failing or odd, it is null. Without one it always is. */
export function createTranslator(translate: TranslateText | undefined, logger: Logger): TranslateText {
  const known = new Map<string, string>();
  return async (text, from, to) => {
    if (!translate || from === to || text.trim() === '') return null;
    const key = JSON.stringify([from, to, text]);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), translatorMilliseconds);
    });
    try {
      const translated = await Promise.race([translate(text, from, to), late]);
      if (translated === undefined) logger.warn({ code: 'TRANSLATOR_LATE' }, 'the translation was late');
      if (typeof translated !== 'string' || translated.trim() === '') return null;
      const cut = translated.slice(0, longest);
      known.set(key, cut);
      if (known.size > mostRemembered) known.delete(known.keys().next().value as string);
      return cut;
    } catch (error) {
      logger.warn({ code: 'TRANSLATOR_FAILED', reason: (error as Error)?.name }, 'the translation failed');
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
}
