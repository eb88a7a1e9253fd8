import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageInfo } from '../domain/language';
import { Lexicon } from './lexicon';
import type { Article, ArticleText, Library, Redirect } from './library';
import { readFormGuide, readGlossary } from './load-guides';
import { loadRulebook } from './load-rulebook';
import { resolvePlaceholders } from './placeholders';
import { ContentError, list, readJson, readMarkdown, readYaml } from './read-files';
import {
  ArticleFile,
  ArticleFrontMatter,
  ContactsFile,
  DeskFile,
  FiguresFile,
  LanguagesFile,
  PromisesFile,
  RedirectsFile,
} from './schemas';

const bullets = (section: string | undefined): string[] =>
  (section ?? '')
    .split(/\n(?=- )/)
    .map((line) =>
      line
        .replace(/^- /, '')
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
    )
    .filter((line) => line.length > 0);

const paragraph = (section: string | undefined): string => (section ?? '').replace(/\s*\n\s*/g, ' ').trim();

function readArticleText(root: string, file: string, article: { variants: { id: string }[] }): ArticleText {
  const { frontMatter, sections } = readMarkdown(root, file, ArticleFrontMatter);
  if (!sections.short) throw new ContentError(file, 1, 'no section "## short"');
  const variants: Record<string, string> = {};
  for (const { id } of article.variants) {
    const text = sections[`variant:${id}`];
    if (!text) throw new ContentError(file, 1, `no section "## variant:${id}"`);
    variants[id] = paragraph(text);
  }
  const known = new Set(['short', 'do', 'except', ...article.variants.map(({ id }) => `variant:${id}`)]);
  const stray = Object.keys(sections).find((name) => !known.has(name));
  if (stray) throw new ContentError(file, 1, `unknown section "## ${stray}"`);
  return {
    title: frontMatter.title,
    phrasings: frontMatter.phrasings,
    short: paragraph(sections.short),
    do: bullets(sections.do),
    except: bullets(sections.except),
    variants,
  };
}

function readArticles(root: string, languages: LanguageInfo[]): Record<string, Article> {
  const articles: Record<string, Article> = {};
  for (const id of list(root, 'content/faq')) {
    const directory = `content/faq/${id}`;
    const { translates, ...article } = {
      translates: undefined,
      ...readYaml(root, `${directory}/article.yaml`, ArticleFile),
    };
    if (article.id !== id)
      throw new ContentError(`${directory}/article.yaml`, 1, `id "${article.id}" is not its folder`);
    const texts: Record<string, ArticleText> = {};
    for (const { code } of languages) {
      const file = `${directory}/${code}.md`;
      if (existsSync(join(root, file))) texts[code] = readArticleText(root, file, article);
    }
    articles[id] = { ...article, texts } as Article;
  }
  return articles;
}

function readRedirects(root: string, languages: LanguageInfo[]): Record<string, Redirect> {
  const redirects: Record<string, Redirect> = {};
  for (const { code } of languages) {
    const file = `content/redirects/${code}.yaml`;
    if (!existsSync(join(root, file))) continue;
    for (const { id, say, phrasings } of readYaml(root, file, RedirectsFile)) {
      redirects[id] ??= { id, texts: {} };
      (redirects[id] as Redirect).texts[code] = { say, phrasings };
    }
  }
  return redirects;
}

function readLocales(root: string, languages: LanguageInfo[]): Library['locales'] {
  const locales: Library['locales'] = {};
  for (const { code } of languages) {
    const files = list(root, `locales/${code}`).filter((name) => name.endsWith('.json'));
    if (files.length === 0) continue;
    locales[code] = Object.fromEntries(
      files.map((name) => [name.replace(/\.json$/, ''), readJson(root, `locales/${code}/${name}`)]),
    );
  }
  return locales;
}

/** Every file that the library is made from, relative to the root, sorted. */
export function libraryFiles(root: string): string[] {
  const walk = (path: string): string[] =>
    list(root, path).flatMap((name) => {
      const child = `${path}/${name}`;
      return statSync(join(root, child)).isDirectory() ? walk(child) : [child];
    });
  return [...walk('content'), ...walk('locales')];
}

/** Hash of all that editors write: the name of one state of the library. */
export function hashLibrary(root: string): string {
  const hash = createHash('sha256');
  for (const file of libraryFiles(root))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Reads and checks everything in `content/` and `locales/` under `root`.
 * Throws a ContentError naming file and line for the first file that is broken.
 */
export function loadLibrary(root: string = process.cwd()): Library {
  const languages: LanguageInfo[] = readYaml(root, 'locales/languages.yaml', LanguagesFile);
  const { figures, forms } = readYaml(root, 'content/figures.yaml', FiguresFile);
  const contacts = readYaml(root, 'content/contacts.yaml', ContactsFile);
  const { rulebook, sources } = loadRulebook(join(root, 'content'));
  const lexicons: Library['lexicons'] = {};
  for (const name of list(root, 'content/lexicon')) {
    lexicons[name.replace(/\.yaml$/, '')] = readYaml(root, `content/lexicon/${name}`, Lexicon);
  }
  return resolvePlaceholders({
    hash: hashLibrary(root),
    languages,
    rulebook,
    articles: readArticles(root, languages),
    redirects: readRedirects(root, languages),
    glossary: readGlossary(root, sources),
    formGuide: readFormGuide(root, rulebook, sources),
    contacts: Object.fromEntries(contacts.map((contact) => [contact.id, contact])) as Library['contacts'],
    figures: figures as Library['figures'],
    forms: forms as Library['forms'],
    sources,
    desk: readYaml(root, 'content/desk.yaml', DeskFile),
    lexicons,
    promises: readYaml(root, 'content/promises.yaml', PromisesFile),
    locales: readLocales(root, languages),
  });
}
