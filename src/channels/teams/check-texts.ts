import type { Finding } from './finding';
import { manifestLanguage } from './manifest';

/** Longest texts, in characters; shorter than the schema allows where older clients cut. */
const longest: [path: RegExp, most: number][] = [
  [/^name\.short$/, 30],
  [/^name\.full$/, 100],
  [/^description\.short$/, 80],
  [/^description\.full$/, 600],
  [/\.title$/, 32],
  [/\.description$/, 128],
];
/** Texts too long to be the same in two languages by chance. */
const translated = /^description\./;

type Strings = Record<string, string>;
type CommandLists = { commands?: { title?: string; description?: string }[] }[];

/** Every text of a manifest that people read, by its path. */
export function textsOf(manifest: Record<string, unknown>): Strings {
  const texts: Strings = {};
  const add = (path: string, value: unknown) => {
    if (typeof value === 'string') texts[path] = value;
  };
  for (const part of ['name', 'description'])
    for (const size of ['short', 'full']) add(`${part}.${size}`, (manifest[part] as Strings | undefined)?.[size]);
  const bot = (manifest.bots as { commandLists?: CommandLists }[] | undefined)?.[0];
  for (const [list, { commands }] of (bot?.commandLists ?? []).entries())
    for (const [index, { title, description }] of (commands ?? []).entries()) {
      add(`bots[0].commandLists[${list}].commands[${index}].title`, title);
      add(`bots[0].commandLists[${list}].commands[${index}].description`, description);
    }
  return texts;
}

/** Texts that are empty, too long, or hold a placeholder that nothing has filled. */
export function lengthFindings(file: string, texts: Strings): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of Object.entries(texts)) {
    const [, most = Number.POSITIVE_INFINITY] = longest.find(([pattern]) => pattern.test(path)) ?? [];
    if (text.trim() === '') findings.push({ file, path, reason: 'empty' });
    if (text.length > most)
      findings.push({ file, path, reason: `${text.length} characters, at most ${most} are shown` });
    if (/\{\{|\}\}|\[\[/.test(text)) findings.push({ file, path, reason: 'a placeholder is left in the text' });
  }
  return findings;
}

/** What the texts of a language lack, or have too much, beside those of the manifest. */
export function translationFindings(file: string, own: Strings, manifest: Strings): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of Object.entries(manifest)) {
    if (own[path] === undefined) findings.push({ file, path, reason: 'the translation is missing' });
    else if (translated.test(path) && own[path] === text)
      findings.push({ file, path, reason: `not translated: the same as in ${manifestLanguage}` });
  }
  for (const path of Object.keys(own))
    if (path !== '$schema' && manifest[path] === undefined)
      findings.push({ file, path, reason: 'the manifest has no such text' });
  return findings;
}
