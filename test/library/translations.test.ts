import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { exportSheet, importSheet } from '../../src/cli/content-sheet';
import { libraryFiles } from '../../src/library/load-library';
import { projectRoot } from '../../src/library/project-root';
import { readPieces, writeChanges, writeStamps } from '../../src/library/raw-texts';
import { reviewState } from '../../src/library/translations';
import { copyOfProject } from '../support/copy-of-project';

let root: string;
beforeEach(() => {
  root = copyOfProject('content', 'locales');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const snapshot = (): Record<string, string> =>
  Object.fromEntries(libraryFiles(root).map((file) => [file, readFileSync(join(root, file), 'utf8')]));

/** The sheet of a language with one cell changed. */
function edited(language: string, piece: string, part: string, cells: Record<string, string>): string {
  const { data } = Papa.parse<Record<string, string>>(exportSheet(root, language).replace('\uFEFF', ''), {
    header: true,
  });
  const row = data.find((line) => line.piece === piece && line.part === part);
  if (!row) throw new Error(`no line ${piece} ${part}`);
  Object.assign(row, cells);
  return Papa.unparse(data);
}

test.each(['en', 'ar', 'zh', 'ru'])('a sheet of %s that nobody touched changes nothing', (language) => {
  const before = snapshot();
  expect(importSheet(root, exportSheet(root, language))).toEqual({ language, changed: 0, checked: 0, stale: [] });
  expect(snapshot()).toEqual(before);
});

test.each([
  ['faq/css', 'short', 'content/faq/css/ar.md'],
  ['faq/css', 'title', 'content/faq/css/ar.md'],
  ['faq/css', 'phrasings', 'content/faq/css/ar.md'],
  ['redirects/near-caf', 'say', 'content/redirects/ar.yaml'],
  ['locales/questions.nationality', 'ask', 'locales/ar/questions.json'],
])('a text changed in a sheet changes that text and no other: %s %s', (piece, part, file) => {
  const before = snapshot();
  const kept =
    readPieces(root, 'ar')
      .get(piece)
      ?.parts[part]?.match(/\{\{[^}]*\}\}/g) ?? [];
  const text = `=نص ${kept.join(' ')} "جديد", مع سطر\n- وآخر; 'و' #نهاية`;
  expect(importSheet(root, edited('ar', piece, part, { ar: `'${text}` }))).toMatchObject({ changed: 1 });
  expect(readPieces(root, 'ar').get(piece)?.parts[part]).toBe(text);
  const after = snapshot();
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([file]);
  const untouched = { ...Object.fromEntries(readPieces(projectRoot, 'ar')) };
  for (const [id, { parts }] of readPieces(root, 'ar')) {
    expect(id === piece ? { ...parts, [part]: '' } : parts).toEqual(
      id === piece ? { ...untouched[id]?.parts, [part]: '' } : untouched[id]?.parts,
    );
  }
});

test('a spreadsheet carries any text there and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const typed = text.replace(/\r\n?/g, '\n');
      fc.pre(typed.trim() !== '' && !/\{\{/.test(typed));
      writeChanges(root, 'ar', new Map([['locales/questions.nationality', { ask: typed }]]));
      expect(importSheet(root, exportSheet(root, 'ar'))).toMatchObject({ changed: 0 });
    }),
    { numRuns: 15 },
  );
}, 60_000);

test('a lost placeholder, an emptied text and an unknown piece are refused by line, and nothing is written', () => {
  const before = snapshot();
  const source = readPieces(root, 'fr').get('faq/provisional-number')?.parts.short ?? '';
  expect(source).toContain('{{figure.provisionalValidityMonths}}');
  const wrong: Record<string, string>[] = [{ ar: 'بدون رقم' }, { ar: '' }, { piece: 'faq/no-such-topic' }];
  for (const cells of wrong) {
    const result = importSheet(root, edited('ar', 'faq/provisional-number', 'short', cells));
    expect(result).toMatchObject({ problems: [{ line: expect.any(Number) }] });
  }
  expect(importSheet(root, 'a,b\n1,2\n')).not.toHaveProperty('problems.0.line', 0);
  expect(snapshot()).toEqual(before);
});

test('a changed source marks its translations, and a stamp or a checked line clears the mark', () => {
  // A live language: it lacks nothing, so that nothing but the change is told.
  const ids = new Set(readPieces(root, 'en').keys());
  writeStamps(root, 'en', ids);
  expect([...reviewState(root, 'en')]).toEqual([]);
  const file = join(root, 'content/faq/css/fr.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace('## short\n\n', '## short\n\nNouveau. '));
  expect([...reviewState(root, 'en')]).toEqual([['faq/css', 'to review']]);
  const { data } = Papa.parse<Record<string, string>>(exportSheet(root, 'en').replace('\uFEFF', ''), { header: true });
  expect(data.filter(({ state }) => state !== '').every(({ piece }) => piece === 'faq/css')).toBe(true);
  for (const row of data) if (row.piece === 'faq/css') row.checked = 'x';
  expect(importSheet(root, Papa.unparse(data))).toEqual({ language: 'en', changed: 0, checked: 1, stale: [] });
  expect([...reviewState(root, 'en')]).toEqual([]);
});

test('what only advisers read is asked of their languages alone', () => {
  const file = join(root, 'locales/en/console.json');
  const { title: _, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify(rest));
  expect(reviewState(root, 'en').get('locales/console.title')).toBe('missing');
  expect([...reviewState(root, 'ar').keys()].filter((id) => id.startsWith('locales/console.'))).toEqual([]);
  expect(exportSheet(root, 'ar')).not.toContain('locales/console.');
});
