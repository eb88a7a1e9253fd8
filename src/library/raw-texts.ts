import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { list } from './read-files';

/** A file as text; what an editor's machine adds (a byte order mark, other line ends) is no change of it. */
const read = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');

/**
 * What an editor translates at a time: an article (`faq/<topic>`), a redirect (`redirects/<id>`) or a group of keys
 * (`locales/<namespace>.<key>`). `parts` are its texts as typed, placeholders included; of phrasings, one a line.
 */
export type Piece = { id: string; file: string; parts: Record<string, string> };

/** The language that all others are translated from. */
export const sourceLanguage = 'fr';
/** The part of a piece that every language writes for itself. */
export const phrasings = 'phrasings';

/** Every piece of one language as its files have it, by id. */
export function readPieces(root: string, language: string): Map<string, Piece> {
  const pieces = new Map<string, Piece>();
  for (const topic of list(root, 'content/faq')) {
    const file = `content/faq/${topic}/${language}.md`;
    if (existsSync(join(root, file))) add(pieces, `faq/${topic}`, file, articleParts(read(join(root, file))));
  }
  const redirects = `content/redirects/${language}.yaml`;
  if (existsSync(join(root, redirects))) {
    for (const { id, say, phrasings: said } of (parseDocument(read(join(root, redirects))).toJS() ?? []) as Redirect[])
      add(pieces, `redirects/${id}`, redirects, { say, [phrasings]: (said ?? []).join('\n') });
  }
  for (const name of list(root, `locales/${language}`)) {
    const file = `locales/${language}/${name}`;
    const texts = JSON.parse(read(join(root, file))) as Record<string, unknown>;
    for (const [key, node] of Object.entries(texts))
      add(pieces, `locales/${name.replace(/\.json$/, '')}.${key}`, file, Object.fromEntries(leaves(node, '')));
  }
  return pieces;
}

type Redirect = { id: string; say: string; phrasings?: string[] };

const add = (pieces: Map<string, Piece>, id: string, file: string, parts: Record<string, string>) =>
  pieces.set(id, { id, file, parts });

/** Texts of a tree by their path; `''` for a tree that is one text. */
function* leaves(node: unknown, path: string): Generator<[string, string]> {
  if (typeof node === 'string') yield [path, node];
  else if (node && typeof node === 'object')
    for (const [key, child] of Object.entries(node)) yield* leaves(child, path ? `${path}.${key}` : key);
}

const cutArticle = (text: string): { front: string; body: string } => {
  const [, front = '', body = ''] = /^---\n(?:([\s\S]*?)\n)?---\n([\s\S]*)$/.exec(text) ?? [];
  return { front, body };
};

function articleParts(text: string): Record<string, string> {
  const { front, body } = cutArticle(text);
  const { title, phrasings: said } = parseDocument(front).toJS() as { title: string; phrasings: string[] };
  const parts: Record<string, string> = { title, [phrasings]: said.join('\n') };
  for (const section of body.split(/^## /m).slice(1)) {
    const end = section.indexOf('\n');
    parts[section.slice(0, end).trim()] = section.slice(end + 1).trim();
  }
  return parts;
}

/** Eight hexadecimal digits that change when the source text of a piece does; its phrasings do not count. */
export function sourceHash({ parts }: Piece): string {
  const hash = createHash('sha256');
  for (const [name, text] of Object.entries(parts))
    if (name !== phrasings) hash.update(name).update('\0').update(text).update('\0');
  return hash.digest('hex').slice(0, 8);
}

/** The source hash that each translation of a language was last compared with, by piece. */
export function readStamps(root: string, language: string): Map<string, string> {
  const stamps = new Map<string, string>();
  for (const topic of list(root, 'content/faq')) {
    const file = join(root, `content/faq/${topic}/${language}.md`);
    if (!existsSync(file)) continue;
    const stamp = parseDocument(cutArticle(read(file)).front).get('translates');
    if (stamp !== undefined) stamps.set(`faq/${topic}`, String(stamp));
  }
  const file = stampFile(root, language);
  if (existsSync(file))
    for (const [id, stamp] of Object.entries((parseDocument(read(file)).toJS() ?? {}) as object))
      stamps.set(id, String(stamp));
  return stamps;
}

const stampFile = (root: string, language: string): string => join(root, `content/translated/${language}.yaml`);

/** Marks the translations of some pieces as compared with the source as it is now; a piece that is not there is passed over. */
export function writeStamps(root: string, language: string, ids: ReadonlySet<string>): void {
  const source = readPieces(root, sourceLanguage);
  const own = readPieces(root, language);
  const stamps = readStamps(root, language);
  for (const id of ids) {
    const piece = source.get(id);
    if (piece && own.has(id)) stamps.set(id, sourceHash(piece));
  }
  for (const { id, file } of own.values()) {
    const stamp = stamps.get(id);
    if (!id.startsWith('faq/') || !ids.has(id) || stamp === undefined) continue;
    editFront(join(root, file), (front) => front.set('translates', stamp));
  }
  const others = [...stamps]
    .filter(([id]) => !id.startsWith('faq/') && source.has(id))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const head = `# What each translation was last compared with: \`npm run content -- --stamp ${language}\` writes this file.\n`;
  mkdirSync(dirname(stampFile(root, language)), { recursive: true });
  writeFileSync(stampFile(root, language), head + stringify(Object.fromEntries(others)));
}

function editFront(file: string, edit: (front: ReturnType<typeof parseDocument>) => void): void {
  const { front, body } = cutArticle(read(file));
  const document = parseDocument(front);
  edit(document);
  // A stamp changes one line of the file, whichever way its editor sets lists and empty lines.
  const text = document.toString({ lineWidth: 0, indentSeq: !/^- /m.test(front) }).trim();
  const [before = '', after = ''] = [/^\n*/.exec(front)?.[0], /\n*$/.exec(front)?.[0]];
  writeFileSync(file, `---\n${before}${text}${after}\n---\n${body}`);
}

/** Changed parts of pieces: piece → part → new text. */
export type Changes = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Writes changed texts back into the files of a language; everything else in them stays as it is. A piece that the language
 * lacks is added where the source has it.
 */
export function writeChanges(root: string, language: string, changes: Changes): void {
  const pieces = readPieces(root, language);
  const source = readPieces(root, sourceLanguage);
  for (const [id, parts] of changes) {
    const piece = pieces.get(id) ?? newPiece(source.get(id), id, language);
    const file = join(root, piece.file);
    if (!existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, emptyFiles[id.split('/')[0] as keyof typeof emptyFiles]);
    }
    if (id.startsWith('faq/')) writeArticle(file, piece, parts);
    else if (id.startsWith('redirects/')) writeRedirect(file, id.slice('redirects/'.length), parts);
    else writeKeys(file, id.slice(id.indexOf('.') + 1), parts);
  }
}

const emptyFiles = { faq: '---\n---\n', redirects: '[]\n', locales: '{}\n' };

/** The place of a piece that a language lacks: that of the source, under the language's own name. */
function newPiece(source: Piece | undefined, id: string, language: string): Piece {
  if (!source) throw new Error(`there is no piece ${id}`);
  const parts = source.file.split(new RegExp(`(?<=[/])${sourceLanguage}(?=[/.])`));
  return { id, file: parts.join(language), parts: {} };
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function writeArticle(file: string, piece: Piece, changed: Readonly<Record<string, string>>): void {
  const { title, [phrasings]: said } = changed;
  editFront(file, (front) => {
    if (title !== undefined) front.set('title', title);
    if (said !== undefined) front.set(phrasings, lines(said));
  });
  const sections = Object.entries({ ...piece.parts, ...changed }).filter(
    ([name, text]) => name !== 'title' && name !== phrasings && text !== '',
  );
  const { front } = cutArticle(read(file));
  writeFileSync(file, `---\n${front}\n---\n\n${sections.map(([name, text]) => `## ${name}\n\n${text}\n`).join('\n')}`);
}

function writeRedirect(file: string, id: string, changed: Readonly<Record<string, string>>): void {
  const document: Document = parseDocument(read(file));
  if (!isSeq(document.contents)) throw new Error(`${file} is no list`);
  const find = () => (document.contents as YAMLSeq).items.find((item) => isMap(item) && item.get('id') === id);
  if (!find()) document.add(document.createNode({ id }));
  document.contents.flow = false;
  const entry = find() as YAMLMap;
  if (changed.say !== undefined) entry.set('say', changed.say);
  if (changed[phrasings] !== undefined) entry.set(phrasings, document.createNode(lines(changed[phrasings])));
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}

function writeKeys(file: string, top: string, changed: Readonly<Record<string, string>>): void {
  const texts = JSON.parse(read(file)) as Record<string, unknown>;
  for (const [path, text] of Object.entries(changed)) {
    const keys = path === '' ? [top] : [top, ...path.split('.')];
    let node = texts;
    for (const key of keys.slice(0, -1)) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node[keys.at(-1) as string] = text;
  }
  writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
}
