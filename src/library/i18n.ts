import i18next, { type i18n } from 'i18next';
import type { Library } from './library';

/** Stands for a text that no language has. */
const missing = '\u0000';

/** Language that stands in for a text that a language does not have yet. */
export const fallbackLanguage = 'en';

/** `namespace:slot.part` → text in a language. Throws when no language has the key: a missing text is a bug. */
export type Translate = (key: string, params?: Record<string, unknown>) => string;

export type Words = {
  /** The translator of one language. */
  in(language: string): Translate;
  /** True when the language (or the fallback) has the key. */
  has(language: string, key: string): boolean;
  /** ISO day in the language's long form. */
  date(language: string, isoDay: string): string;
};

/** Opens the locales of a library. Texts are never HTML-escaped here: channels escape what they must. */
export function createWords(library: Pick<Library, 'locales'>): Words {
  const instance: i18n = i18next.createInstance();
  const namespaces = [...new Set(Object.values(library.locales).flatMap((locale) => Object.keys(locale)))];
  void instance.init({
    resources: library.locales as never,
    ns: namespaces,
    defaultNS: 'common',
    fallbackLng: fallbackLanguage,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnEmptyString: false,
    parseMissingKeyHandler: () => missing,
    showSupportNotice: false,
  } as never);
  const translators = new Map<string, Translate>();
  const dates = new Map<string, Intl.DateTimeFormat>();
  return {
    in(language) {
      const known = translators.get(language);
      if (known) return known;
      const fixed = instance.getFixedT(language);
      const translate: Translate = (key, params) => {
        const text = fixed(key as never, params as never) as unknown;
        if (typeof text !== 'string' || text === missing) throw new Error(`no text for ${key}`);
        return text;
      };
      translators.set(language, translate);
      return translate;
    },
    has: (language, key) => instance.exists(key, { lng: language }),
    date(language, isoDay) {
      let format = dates.get(language);
      if (!format) {
        format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
          dateStyle: 'long',
          timeZone: 'UTC',
        });
        dates.set(language, format);
      }
      return format.format(new Date(`${isoDay}T00:00:00Z`));
    },
  };
}
