import type { Contact, Figure, Library } from './library';

const nbsp = '\u00a0';

/** A phone number as shown: U+00A0 between its groups, so that right-to-left text keeps them in order. */
export const showPhone = (phone: string): string => phone.replaceAll(' ', nbsp);

function at(texts: object | undefined, path: string): string | undefined {
  let node: unknown = texts;
  for (const key of path.split('.')) node = (node as Record<string, unknown> | undefined)?.[key];
  return typeof node === 'string' ? node : undefined;
}

/** A contact in one short piece: its phone number, else its site, address or e-mail, else its name. */
export function showContact(contact: Contact, contactNames: object | undefined): string {
  if (contact.phone) return showPhone(contact.phone);
  return contact.site ?? contact.address ?? contact.email ?? at(contactNames, `${contact.id}.name`) ?? contact.id;
}

/** A figure with its unit in a language; plural forms come from `common:unit.<unit>_<category>`. */
export function showFigure(figure: Figure, language: string, common: object | undefined): string {
  if (figure.unit === 'count') return new Intl.NumberFormat(language).format(figure.value);
  if (figure.unit === 'percent')
    return new Intl.NumberFormat(language, { style: 'percent' }).format(figure.value / 100);
  if (figure.unit === 'euro')
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency: 'EUR',
      maximumFractionDigits: 2,
      minimumFractionDigits: 0,
    }).format(figure.value);
  const category = new Intl.PluralRules(language).select(figure.value);
  const pattern = at(common, `unit.${figure.unit}_${category}`) ?? at(common, `unit.${figure.unit}_other`);
  const value = new Intl.NumberFormat(language).format(figure.value);
  return pattern ? pattern.replace('{{count}}', value) : value;
}

/** Names a placeholder that nothing defines. */
export const unresolved = /\{\{(contact|figure|form|cerfa)\.[^}]*\}\}/;

/** Puts contacts, figures and form names into every text, once, so that nothing is left to do in a turn. */
export function resolvePlaceholders(library: Library): Library {
  const resolver = (language: string) => {
    const locale = library.locales[language] ?? {};
    return (text: string): string =>
      text.replace(/\{\{(contact|figure|form|cerfa)\.([A-Za-z0-9-]+)\}\}/g, (whole, kind: string, id: string) => {
        const contact = library.contacts[id];
        const figure = library.figures[id];
        if (kind === 'contact' && contact) return showContact(contact, locale.contacts);
        if (kind === 'figure' && figure) return showFigure(figure, language, locale.common);
        if (kind === 'form') return library.forms[id]?.name ?? whole;
        if (kind === 'cerfa') return library.forms[id]?.cerfa ?? whole;
        return whole;
      });
  };
  const mapTexts = <T>(value: T, resolve: (text: string) => string): T => {
    if (typeof value === 'string') return resolve(value) as T;
    if (Array.isArray(value)) return value.map((item) => mapTexts(item, resolve)) as T;
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, resolve)])) as T;
    return value;
  };
  const perLanguage = <T>(texts: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, mapTexts(text, resolver(code))]));
  const eachEntry = <T extends { texts: Record<string, unknown> }>(entries: Record<string, T>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(entries).map(([id, entry]) => [id, { ...entry, texts: perLanguage(entry.texts) }]),
    );
  return {
    ...library,
    articles: eachEntry(library.articles),
    redirects: eachEntry(library.redirects),
    locales: perLanguage(library.locales),
  };
}
