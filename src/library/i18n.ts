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
  /** Month (`YYYY-MM`) with its year, by name. */
  month(language: string, isoMonth: string): string;
  /** ISO day with its weekday, without the year. */
  weekday(language: string, isoDay: string): string;
  /** Name of a language by its code. */
  languageName(language: string, code: string): string;
  /** "a, b and c". */
  list(language: string, items: string[]): string;
  /** Name of a country by its ISO code. */
  country(language: string, code: string): string;
};

/** Keeps what was made for each key: texts and formats are few, and making them again costs more than a turn has. */
function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** Puts values into a text: what i18next does, without its way there. */
const fill = (text: string, params: Record<string, unknown>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));

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
  const exists = remember((languageAndKey) => {
    const [lng = '', key = ''] = languageAndKey.split(' ');
    return instance.exists(key, { lng });
  });
  const translators = new Map<string, Translate>();
  const dates = remember((language) => {
    const locale = language === 'en' ? 'en-GB' : language;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  });
  const months = remember(
    (language) => new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  );
  const weekdays = remember(
    (language) =>
      new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        timeZone: 'UTC',
      }),
  );
  const languages = remember((language) => new Intl.DisplayNames([language], { type: 'language' }));
  const lists = remember((language) => new Intl.ListFormat(language));
  const regions = remember((language) => new Intl.DisplayNames([language], { type: 'region' }));
  return {
    in(language) {
      const known = translators.get(language);
      if (known) return known;
      const fixed = instance.getFixedT(language);
      const read = (key: string, params: Record<string, unknown>): string => {
        const text = fixed(key as never, params as never) as unknown;
        if (typeof text !== 'string' || text === missing) throw new Error(`no text for ${key}`);
        return text;
      };
      const template = remember((key) => read(key, { skipInterpolation: true }));
      const plural = remember((countAndKey) => {
        const [count, key = ''] = countAndKey.split(' ');
        return read(key, { skipInterpolation: true, count: Number(count) });
      });
      const translate: Translate = (key, params) => {
        if (!params) return template(key);
        return fill('count' in params ? plural(`${params.count} ${key}`) : template(key), params);
      };
      translators.set(language, translate);
      return translate;
    },
    has: (language, key) => exists(`${language} ${key}`),
    date: (language, isoDay) => dates(language).format(new Date(`${isoDay}T00:00:00Z`)),
    month: (language, isoMonth) => months(language).format(new Date(`${isoMonth}-01T00:00:00Z`)),
    weekday: (language, isoDay) => weekdays(language).format(new Date(`${isoDay}T00:00:00Z`)),
    languageName: (language, code) => languages(language).of(code) ?? code,
    list: (language, items) => lists(language).format(items),
    country: (language, code) => regions(language).of(code) ?? code,
  };
}
