import { contactIds, documentIds, formSections, outcomeIds } from '../domain/ids';
import { closedValues, slots } from '../domain/profile';
import { fallbackLanguage } from './i18n';
import type { Library } from './library';
import { unresolved } from './placeholders';
import { isSpared } from './staff-texts';

/** Something that the schemas cannot see. Errors stop a build; warnings are for editors. */
export type Problem = { file: string; level: 'error' | 'warning'; text: string };

/** Phrasings that an article needs in a live language. */
const fewestPhrasings = 14;
/** Words after which a sentence is no longer plain; two Chinese characters count as one. */
const longestSentence = 30;
const sentenceEnd = /[.!?؟。！？]\s*(?=\s|$|\p{Script=Han})|\n/u;
const wordsOf = (sentence: string): number => {
  const characters = sentence.match(/\p{Script=Han}/gu)?.length ?? 0;
  return sentence.split(/\s+/).length + Math.ceil(characters / 2);
};

type Text = { file: string; language: string; key: string; text: string };
/** Braces that are no placeholder: one brace too few, a space inside, another sign in the name. */
const broken = /\{\{?\s*(?:contact|figure|form|cerfa)\.[^{}\s]*\s*\}?|\{\{(?!\w+\}\})[^{}]*\}?\}?/;
const wholePlaceholder = /\{\{(?:\w+|(?:contact|figure|form|cerfa)\.[A-Za-z0-9-]+)\}\}/g;
/** The ending of a key that has plural forms. */
const pluralForm = /_(zero|one|two|few|many|other)$/;

function* strings(node: unknown, path: string): Generator<[string, string]> {
  if (typeof node === 'string') yield [path, node];
  else if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* strings(item, `${path}.${index}`);
  else if (node && typeof node === 'object')
    for (const [key, item] of Object.entries(node)) yield* strings(item, path ? `${path}.${key}` : key);
}

/** Every text that a person may read, with the file it stands in. */
function* allTexts(library: Library): Generator<Text> {
  for (const [language, namespaces] of Object.entries(library.locales)) {
    for (const [namespace, texts] of Object.entries(namespaces)) {
      for (const [key, text] of strings(texts, ''))
        yield { file: `locales/${language}/${namespace}.json`, language, key, text };
    }
  }
  for (const article of Object.values(library.articles)) {
    for (const [language, { phrasings: _, ...texts }] of Object.entries(article.texts)) {
      for (const [key, text] of strings(texts, ''))
        yield { file: `content/faq/${article.id}/${language}.md`, language, key, text };
    }
  }
  for (const redirect of Object.values(library.redirects)) {
    for (const [language, { say }] of Object.entries(redirect.texts)) {
      yield { file: `content/redirects/${language}.yaml`, language, key: redirect.id, text: say };
    }
  }
}

function checkTexts(library: Library, typed: Pick<Text, 'file' | 'text'>[]): Problem[] {
  const problems: Problem[] = [];
  const live = new Set(library.languages.filter((language) => language.live).map(({ code }) => code));
  const promises = new Map(
    Object.entries(library.promises).map(([code, patterns]) => [code, new RegExp(patterns.join('|'), 'iu')]),
  );
  for (const { file, language, key, text } of allTexts(library)) {
    if (!live.has(language)) continue;
    const missing = unresolved.exec(text);
    if (missing) problems.push({ file, level: 'error', text: `${key}: nothing defines ${missing[0]}` });
    const odd = missing ? null : broken.exec(text.replace(wholePlaceholder, ''));
    if (odd) problems.push({ file, level: 'error', text: `${key}: broken placeholder ${odd[0]}` });
    const promise = promises.get(language)?.exec(text);
    if (promise) problems.push({ file, level: 'error', text: `${key}: promises "${promise[0]}"` });
    const long = text.split(sentenceEnd).find((sentence) => wordsOf(sentence) > longestSentence);
    if (long)
      problems.push({ file, level: 'warning', text: `${key}: a sentence of more than ${longestSentence} words` });
  }
  const phones = Object.values(library.contacts).flatMap(({ phone }) =>
    phone && phone.length > 4 ? [phone.replace(/\D/g, '')] : [],
  );
  for (const { file, text } of typed) {
    const digits = text.replace(/\{\{[^}]*\}\}|\bline-\d+/g, '').replace(/(\d)[\s\u00a0.]+(?=\d)/g, '$1');
    const phone = phones.filter((number) => digits.includes(number)).sort((a, b) => b.length - a.length)[0];
    if (phone)
      problems.push({ file, level: 'error', text: `write {{contact.ID}} for ${phone}: see content/contacts.yaml` });
  }
  return problems;
}

function checkArticles(library: Library, today: string): Problem[] {
  const problems: Problem[] = [];
  const live = library.languages.filter((language) => language.live);
  for (const article of Object.values(library.articles)) {
    const file = `content/faq/${article.id}/article.yaml`;
    const error = (text: string) => problems.push({ file, level: 'error', text });
    for (const id of article.sources) if (!library.sources[id]) error(`unknown source ${id}`);
    for (const id of article.related)
      if (!library.articles[id] && !library.redirects[id]) error(`unknown related topic ${id}`);
    if (article.checkAgainBy < article.checkedOn) error('checkAgainBy lies before checkedOn');
    if (article.checkAgainBy < today)
      problems.push({ file, level: 'warning', text: `due for a check since ${article.checkAgainBy}` });
    for (const { code } of live) {
      const text = article.texts[code];
      if (!text) error(`no ${code}.md, though ${code} is live`);
      else if (text.phrasings.length < fewestPhrasings) error(`${code}.md: fewer than ${fewestPhrasings} phrasings`);
    }
  }
  for (const redirect of Object.values(library.redirects)) {
    for (const { code } of live) {
      if (!redirect.texts[code])
        problems.push({ file: `content/redirects/${code}.yaml`, level: 'error', text: `no ${redirect.id}` });
    }
  }
  return problems;
}

/** Keys that the code builds from ids. */
function neededKeys(library: Library): string[] {
  const { rulebook } = library;
  return [
    ...slots.flatMap((slot) =>
      ['ask', 'askOther', 'label', 'help', 'why', 'dontKnow', 'dontKnowMeans'].map(
        (part) => `questions.${slot}.${part}`,
      ),
    ),
    ...Object.entries(closedValues).flatMap(([slot, values]) =>
      values.map((value) => `questions.${slot}.choices.${value}`),
    ),
    ...outcomeIds.flatMap((id) =>
      ['title', 'verdict', 'nextStep', 'meanwhile', 'refused'].map((part) => `outcomes.${id}.${part}`),
    ),
    ...documentIds.flatMap((id) => [`documents.${id}.name`, `documents.${id}.detail`]),
    ...contactIds.flatMap((id) => [`contacts.${id}.name`, `contacts.${id}.use`]),
    ...formSections.map((section) => `forms.sections.${section}`),
    ...Object.values(library.formGuide.sections)
      .flat()
      .flatMap(({ id }) => [`forms.items.${id}.name`, `forms.items.${id}.write`]),
    ...Object.keys(library.glossary).flatMap((id) => [`glossary.${id}.term`, `glossary.${id}.meaning`]),
    ...rulebook.rules.flatMap((rule) => [
      `rules.${rule.id}.why`,
      ...(rule.then.adviser ? [`rules.adviser.${rule.then.adviser}`] : []),
    ]),
  ];
}

/** Articles that the form help and the glossary lead to, and cards that no text could open. */
function checkGuides({ articles, formGuide, glossary, locales }: Library): Problem[] {
  const problems: Problem[] = [];
  const error = (file: string, text: string) => problems.push({ file, level: 'error', text });
  for (const topic of formGuide.articles)
    if (!articles[topic]) error(`content/forms/${formGuide.id}.yaml`, `unknown article ${topic}`);
  for (const { id, article } of Object.values(glossary))
    if (article && !articles[article]) error('content/glossary.yaml', `${id}: unknown article ${article}`);
  for (const id of Object.keys(locales[fallbackLanguage]?.glossary ?? {}))
    if (!glossary[id]) error('content/glossary.yaml', `no ${id}, though it has a card`);
  return problems;
}

/** The plural forms that a language needs for the numbers that stand in our texts: from nought to some hundreds, and fractions. */
function pluralForms(code: string): Set<string> {
  const rules = new Intl.PluralRules(code);
  return new Set([...Array.from({ length: 201 }, (_, count) => rules.select(count)), 'other']);
}

function checkLocales(library: Library): Problem[] {
  const problems: Problem[] = [];
  const keysOf = (code: string) =>
    new Set([...strings(library.locales[code], '')].map(([key]) => key.replace(pluralForm, '')));
  const reference = new Set([...keysOf(fallbackLanguage), ...neededKeys(library)]);
  for (const { code } of library.languages.filter((language) => language.live)) {
    const own = keysOf(code);
    const file = (key: string) => `locales/${code}/${key.split('.')[0]}.json`;
    for (const key of reference)
      if (!own.has(key) && !isSpared(code, key))
        problems.push({ file: file(key), level: 'error', text: `missing ${key}` });
    for (const key of own)
      if (!reference.has(key))
        problems.push({ file: file(key), level: 'warning', text: `${key} is not in ${fallbackLanguage}` });
    const forms = new Map<string, Set<string>>();
    for (const [key] of strings(library.locales[code], '')) {
      const form = pluralForm.exec(key);
      const base = key.replace(pluralForm, '');
      if (form) forms.set(base, (forms.get(base) ?? new Set()).add(form[1] as string));
    }
    for (const [key, own] of forms)
      for (const form of pluralForms(code))
        if (!own.has(form) && !isSpared(code, key))
          problems.push({ file: file(key), level: 'error', text: `missing ${key}_${form}, a plural of ${code}` });
  }
  return problems;
}

/** What a live language needs beside its texts: words to understand it by, and promises to stop at. */
function checkWords({ languages, lexicons, promises }: Library): Problem[] {
  const problems: Problem[] = [];
  for (const { code, live } of languages) {
    const file = `content/lexicon/${code}.yaml`;
    const lexicon = lexicons[code];
    if (lexicon && lexicon.language !== code)
      problems.push({ file, level: 'error', text: `language: ${lexicon.language} is not ${code}` });
    if (!live) continue;
    if (!lexicon) problems.push({ file, level: 'error', text: `missing, though ${code} is live` });
    else if (lexicon.functionWords.length === 0 || Object.values(lexicon.crisis).some((words) => words.length === 0))
      problems.push({ file, level: 'error', text: 'no functionWords, or a part of crisis is empty' });
    if (!promises[code])
      problems.push({ file: 'content/promises.yaml', level: 'warning', text: `no line for ${code}` });
  }
  return problems;
}

/**
 * What is wrong across files: unknown ids, missing texts, promises, unresolved placeholders, overdue articles.
 * `typed` are the texts as their editors typed them, before placeholders: no phone digits may stand there.
 */
export function crossCheck(library: Library, typed: Pick<Text, 'file' | 'text'>[], today: string): Problem[] {
  return [
    ...checkTexts(library, typed),
    ...checkArticles(library, today),
    ...checkGuides(library),
    ...checkLocales(library),
    ...checkWords(library),
  ];
}
