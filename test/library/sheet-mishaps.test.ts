import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { exportSheet, importSheet } from '../../src/cli/content-sheet';
import { libraryFiles, loadLibrary } from '../../src/library/load-library';
import { projectRoot } from '../../src/library/project-root';
import { readPieces, sourceHash, writeStamps } from '../../src/library/raw-texts';
import { checkTranslations, reviewState } from '../../src/library/translations';
import { copyOfProject } from '../support/copy-of-project';

// What editors and their spreadsheets really do to the files.

jest.setTimeout(60_000);
let root: string;
beforeEach(() => {
  root = copyOfProject('content', 'locales');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Row = Record<string, string>;
const snapshot = (): Row =>
  Object.fromEntries(libraryFiles(root).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const rowsOf = (language: string): Row[] =>
  Papa.parse<Row>(exportSheet(root, language).replace('\uFEFF', ''), { header: true }).data;
/** The Spanish sheet as it is, read once. */
let spanish: Row[];
beforeAll(() => {
  const sheet = exportSheet(projectRoot, 'es').replace('\uFEFF', '');
  spanish = Papa.parse<Row>(sheet, { header: true }).data;
});
const rowOf = (rows: Row[], piece: string, part: string): Row => {
  const row = rows.find((line) => line.piece === piece && line.part === part);
  if (!row) throw new Error(`no line ${piece} ${part}`);
  return row;
};
const change = (file: string, edit: (text: string) => string) =>
  writeFileSync(join(root, file), edit(readFileSync(join(root, file), 'utf8')));

test.each<[string, (rows: Row[]) => Row[] | undefined, RegExp]>([
  ['a space in a placeholder', (rows) => edited(rows, 'short', (text) => text.replace('{{', '{{ ')), /is gone/],
  ['one brace too few', (rows) => edited(rows, 'short', (text) => text.replace('}}', '}')), /is gone/],
  ['another section in a cell', (rows) => edited(rows, 'short', (text) => `${text}\n\n## do\n\n- x`), /opens another/],
  ['steps without dashes', (rows) => edited(rows, 'do', () => 'uno\ndos'), /begins with "- "/],
  ['letters lost by the code page', (rows) => edited(rows, 'title', () => 'A\uFFFDo'), /CSV UTF-8/],
  ['a cell with nothing but a space', (rows) => edited(rows, 'title', () => ' '), /emptied/],
  ['a line that stands twice', (rows) => [...rows, { ...rows[0] } as Row], /stands twice/],
  ['a part that nobody has', (rows) => [...rows, { ...rows[0], part: 'extra', es: 'x' } as Row], /no such part/],
  ['another name for its column', (rows) => rows.map(({ es, ...rest }) => ({ ...rest, Spanish: es ?? '' })), /Spanish/],
  ['no column for the source', (rows) => rows.map(({ fr: _, ...rest }) => rest), /not those that --export wrote/],
])('a sheet with %s is refused, and nothing is written', (_what, edit, message) => {
  const before = snapshot();
  const rows = structuredClone(spanish);
  expect(importSheet(root, Papa.unparse(edit(rows) ?? rows))).toMatchObject({
    problems: [{ text: expect.stringMatching(message) }],
  });
  expect(snapshot()).toEqual(before);
});

function edited(rows: Row[], part: string, edit: (text: string) => string): undefined {
  const row = rowOf(rows, 'faq/provisional-number', part);
  row.es = edit(row.es ?? '');
}

test('semicolons, other line ends, another column and an apostrophe of the reviewer do no harm', () => {
  const rows = rowsOf('es').map((row) => ({ note: 'mine', ...row }) as Row);
  const row = rowOf(rows, 'faq/css', 'title');
  row.es = '\'t; "nuevo"';
  const sheet = Papa.unparse(rows, { delimiter: ';', newline: '\r\n' }).replace(/(?<!\r)\n/g, '\r\n');
  expect(importSheet(root, sheet)).toMatchObject({ language: 'es', changed: 1 });
  expect(readPieces(root, 'es').get('faq/css')?.parts.title).toBe('\'t; "nuevo"');
});

test('lines that are missing can be filled: an article, a redirect, a group of keys, a whole language', () => {
  const languages = readFileSync(join(root, 'locales/languages.yaml'), 'utf8');
  writeFileSync(
    join(root, 'locales/languages.yaml'),
    `${languages.trim()}\n- { code: pl, name: Polski, direction: ltr, live: false }\n`,
  );
  const rows = rowsOf('pl');
  expect(rows.every(({ state }) => state === 'missing')).toBe(true);
  for (const row of rows) row.pl = row.fr ?? '';
  const part = rowOf(rows, 'faq/css', 'short');
  const half = Papa.unparse(rows.map((row) => (row === part ? { ...row, pl: '' } : row)));
  expect(importSheet(root, half)).toMatchObject({
    problems: [{ text: expect.stringMatching(/^faq\/css short: fill/) }],
  });
  expect(existsSync(join(root, 'locales/pl'))).toBe(false);
  expect(importSheet(root, Papa.unparse(rows))).toMatchObject({
    language: 'pl',
    changed: rows.filter(({ fr }) => fr !== '').length,
  });
  for (const [id, { parts }] of readPieces(root, 'pl')) expect(parts).toEqual(readPieces(root, 'fr').get(id)?.parts);
  expect([...reviewState(root, 'pl').values()]).not.toContain('missing');
  expect(loadLibrary(root).articles.css?.texts.pl?.do.length).toBeGreaterThan(0);
});

test('what is checked in part, or against an older source, is not marked as compared', () => {
  writeStamps(root, 'es', new Set(readPieces(root, 'es').keys()));
  const own = rowsOf('es').filter(({ piece }) => piece === 'faq/css' || piece === 'faq/ehic-order');
  change('content/faq/css/fr.md', (text) => text.replace('## short\n\n', '## short\n\nNouveau. '));
  change('content/faq/ehic-order/fr.md', (text) => text.replace('## short\n\n', '## short\n\nNouveau. '));
  for (const row of own) if (row.piece === 'faq/css' || row.part === 'title') row.checked = 'x';
  expect(importSheet(root, Papa.unparse(own))).toMatchObject({ checked: 0, stale: ['faq/css'] });
  expect(reviewState(root, 'es').get('faq/css')).toBe('to review');
  const fresh = rowsOf('es').filter(({ piece, part }) => piece === 'faq/css' && part !== 'do');
  for (const row of fresh) row.checked = 'x';
  expect(importSheet(root, Papa.unparse(fresh))).toMatchObject({ checked: 0, stale: [] });
});

test('other line ends and a byte order mark are no change of a source', () => {
  const before = readPieces(root, 'fr');
  for (const file of ['content/faq/css/fr.md', 'content/redirects/fr.yaml', 'locales/fr/common.json'])
    change(file, (text) => `\uFEFF${text.replace(/\n/g, '\r\n')}`);
  for (const [id, piece] of readPieces(root, 'fr'))
    expect([id, sourceHash(piece)]).toEqual([id, sourceHash(before.get(id) as typeof piece)]);
});

test('a stamp changes one line of an article, and only of what is there', () => {
  change('content/faq/css/es.md', (text) => text.replace(/^translates:.*\n/m, ''));
  const before = readFileSync(join(root, 'content/faq/css/es.md'), 'utf8').split('\n');
  writeStamps(root, 'es', new Set(['faq/css', 'faq/no-such', 'locales/no.such']));
  const after = readFileSync(join(root, 'content/faq/css/es.md'), 'utf8').split('\n');
  expect(after.filter((line) => !line.startsWith('translates:'))).toEqual(before);
  expect(after.length).toBe(before.length + 1);
});

test('pieces never compared are one warning a language, one whose source changed names itself', () => {
  const languages = [{ code: 'en', name: 'English', direction: 'ltr' as const, live: true }];
  const all = new Set(readPieces(root, 'en').keys());
  writeStamps(root, 'en', all);
  expect(checkTranslations(root, languages)).toEqual([]);
  change('content/faq/css/fr.md', (text) => text.replace('## short\n\n', '## short\n\nNouveau. '));
  expect(checkTranslations(root, languages)).toMatchObject([
    { file: 'en faq/css', text: expect.stringMatching(/changed/) },
  ]);
  for (const id of ['faq/css', 'faq/ehic-order'])
    change(`content/${id}/en.md`, (text) => text.replace(/^translates:.*\n/m, ''));
  expect(checkTranslations(root, languages)).toMatchObject([
    { file: 'en', level: 'warning', text: expect.stringMatching(/2 pieces were never compared .*faq\/css/) },
  ]);
});
