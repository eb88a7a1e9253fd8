import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../../src/library/compile';
import { crossCheck } from '../../src/library/cross-check';
import { isReviewed } from '../../src/library/library';
import { readFormGuide, readGlossary } from '../../src/library/load-guides';

const library = openLibrary();
const { rulebook, sources } = library;
const root = mkdtempSync(join(tmpdir(), 'guides-'));
mkdirSync(join(root, 'content', 'forms'), { recursive: true });
afterAll(() => rmSync(root, { recursive: true }));

const guide = (item: string) => {
  const part = (name: string, row: string) => `  ${name}:\n    - ${row}\n`;
  const plain = '{ id: names, because: [FM1] }';
  const parts = part('identity', item) + part('situation', plain) + part('declaration', plain);
  writeFileSync(join(root, 'content/forms/s1106.yaml'), `id: s1106\ncheckedOn: 2026-11-22\nsections:\n${parts}`);
  return () => readFormGuide(root, rulebook, sources);
};

test('a guide is read with its parts', () => {
  expect(guide('{ id: names, because: [FM1] }')().sections.identity).toEqual([{ id: 'names', because: ['FM1'] }]);
});

test.each([
  ['{ id: names, because: [ZZ9] }', 'names: unknown source ZZ9'],
  ['{ id: names, when: { fact: noSuchFact }, because: [FM1] }', 'names: unknown fact noSuchFact'],
  [
    '{ id: names, unless: [{ activity: employee }, { fact: [noSuchFact] }], because: [FM1] }',
    'unknown fact noSuchFact',
  ],
  ['{ id: names, when: { shoeSize: 42 }, because: [FM1] }', 'content/forms/s1106.yaml:5'],
  ['{ id: names }', 'content/forms/s1106.yaml:5'],
])('%s is named with its file', (item, problem) => {
  expect(guide(item)).toThrow(problem);
});

test('exactly one form is explained', () => {
  const documents = (explained: number) =>
    rulebook.documents.map((row, index) => ({ ...row, explained: index < explained }));
  for (const count of [0, 2])
    expect(() => readFormGuide(root, { ...rulebook, documents: documents(count) }, sources)).toThrow('one form');
});

test('a term of the glossary needs a known source', () => {
  writeFileSync(join(root, 'content/glossary.yaml'), '- { id: cpam, names: [CPAM], because: [ZZ9] }\n');
  expect(() => readGlossary(root, sources)).toThrow('cpam: unknown source ZZ9');
});

test('what leads nowhere is an error: articles that do not exist, cards without a name or a text', () => {
  const { cpam, ...glossary } = library.glossary;
  const broken = {
    ...library,
    formGuide: { ...library.formGuide, articles: ['no-article'] },
    glossary: { ...glossary, nowhere: { id: 'nowhere', names: ['X'], article: 'no-such', because: [] } },
  };
  const problems = crossCheck(broken, [], '2026-11-22').map(({ file, text }) => `${file}: ${text}`);
  expect(problems).toEqual(
    expect.arrayContaining([
      'content/forms/s1106.yaml: unknown article no-article',
      'content/glossary.yaml: nowhere: unknown article no-such',
      'content/glossary.yaml: no cpam, though it has a card',
      'locales/fr/glossary.json: missing glossary.nowhere.meaning',
    ]),
  );
  expect(cpam?.article).toBe('where-to-send');
});

test('the library counts as reviewed only when every article is', () => {
  expect(isReviewed(library)).toBe(false);
  const reviewed = Object.entries(library.articles).map(([id, article]) => [id, { ...article, reviewedBy: 'A. B.' }]);
  expect(isReviewed({ articles: Object.fromEntries(reviewed) })).toBe(true);
  expect(
    isReviewed({
      articles: { ...Object.fromEntries(reviewed), css: { ...library.articles.css, reviewedBy: '' } as never },
    }),
  ).toBe(false);
});
