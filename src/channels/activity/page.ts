import type { OfferedLanguage } from './languages';

/** Texts of the web chat page in one language (`locales/<language>/page.json`, placeholders already resolved by the library). */
export type PageTexts = Record<string, string>;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text for HTML content and quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/**
 * Fills a page: `{{name}}` gives the HTML-escaped text of that name. `{{nonce}}` stays for the server, which puts in a new one for
 * every answer. Throws when the page names a text that does not exist: a page with holes must not start.
 */
export function renderPage(html: string, texts: PageTexts): string {
  return html.replace(/\{\{([A-Za-z][\w.-]*)\}\}/g, (whole, name: string) => {
    if (name === 'nonce') return whole;
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (text === undefined) throw new Error(`the page names a text that does not exist: ${name}`);
    return name.endsWith('Html') ? text : escapeHtml(text);
  });
}

/**
 * The web chat page as the server keeps it, `{{nonce}}` still in it: texts of `first` in the HTML, those of every offered language as
 * JSON (`{{languages}}`, in an attribute) for the language menu, a link for each (`{{languageLinksHtml}}`), and the notice for browsers
 * without JavaScript in every language. `{{start}}` stays where the first question goes, which is new for every visit.
 * `silent` names texts that do not hold here: they are left empty. Throws when a language lacks its page texts.
 */
export function chatPage(
  html: string,
  languages: OfferedLanguage[],
  locales: Record<string, Record<string, object>>,
  first: string,
  silent: string[] = [],
): string {
  const texts = languages.map((language) => {
    const page = locales[language.code]?.page as PageTexts | undefined;
    if (!page) throw new Error(`no page texts for ${language.code}`);
    return { ...language, texts: { ...page, ...Object.fromEntries(silent.map((name) => [name, ''])) } };
  });
  const start = texts.find((language) => language.code === first) ?? texts[0];
  if (!start) throw new Error('no language is offered');
  const noscript = texts
    .map(
      ({ code, direction, texts: page }) =>
        `<p lang="${code}" dir="${direction}">${escapeHtml(page.noscript ?? '')}</p>`,
    )
    .join('\n');
  const links = texts
    .map(({ code, direction, name }) => {
      const current = code === start.code ? ' aria-current="true"' : '';
      return `<a href="/?lang=${code}" lang="${code}" dir="${direction}"${current}>${escapeHtml(name)}</a>`;
    })
    .join('\n');
  const opening = `<html lang="${start.code}" dir="${start.direction}">`;
  const opened = html.replace(/<html [^>]*>/, opening);
  return renderPage(opened, {
    ...start.texts,
    languages: JSON.stringify(texts),
    languageLinksHtml: links,
    noscriptHtml: noscript,
    startHtml: '{{start}}',
  });
}
