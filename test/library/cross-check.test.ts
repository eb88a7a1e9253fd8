import { crossCheck, type Problem } from '../../src/library/cross-check';
import type { Library } from '../../src/library/library';
import { loadLibrary } from '../../src/library/load-library';

const today = '2026-11-22';
const library = loadLibrary();
const before = new Set(crossCheck(library, [], today).map((problem) => JSON.stringify(problem)));
/** Problems of a changed library that the real one has not. */
function added(edit: (copy: Library) => void, typed: { file: string; text: string }[] = []): Problem[] {
  const copy = structuredClone(library);
  edit(copy);
  return crossCheck(copy, typed, today).filter((problem) => !before.has(JSON.stringify(problem)));
}
const common = (copy: Library): Record<string, unknown> => copy.locales.en?.common as Record<string, unknown>;

test.each([
  'Wait {{ figure.waitMonths }}.',
  'Wait {{figure.waitMonths}.',
  'Wait {figure.waitMonths}.',
  'Call {{contact.line 3646}}.',
  'From {{ count }} on.',
])('braces that would be shown to a person are an error: %s', (text) => {
  expect(added((copy) => Object.assign(common(copy), { no: text }))).toMatchObject([
    { file: 'locales/en/common.json', level: 'error', text: expect.stringContaining('{') },
  ]);
});

test('a whole placeholder is none', () => {
  expect(added((copy) => Object.assign(common(copy), { no: 'From {{count}} to {{name}}.' }))).toEqual([]);
});

test('a live language needs each of its plural forms, but those of millions', () => {
  const problems = added((copy) => {
    delete (common(copy).unit as Record<string, string>).month_one;
  });
  expect(problems).toMatchObject([{ level: 'error', text: 'missing common.unit.month_one, a plural of en' }]);
  const polish = added((copy) => {
    copy.languages.push({ code: 'pl', name: 'Polski', direction: 'ltr', live: true });
    copy.locales.pl = structuredClone(copy.locales.en) as Library['locales'][string];
  }).filter(({ file }) => file === 'locales/pl/common.json');
  expect(polish.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'missing common.unit.month_few, a plural of pl',
      'missing common.unit.month_many, a plural of pl',
    ]),
  );
  // French has a form for millions, which no text of ours needs.
  expect(crossCheck(library, [], today).filter(({ text }) => text.includes('a plural of fr'))).toEqual([]);
});

test('a live language without words, without a crisis, or with the words of another is an error; without promises a warning', () => {
  expect(added((copy) => void delete copy.lexicons.en)).toMatchObject([
    { file: 'content/lexicon/en.yaml', level: 'error', text: 'missing, though en is live' },
  ]);
  const copied = added((copy) => {
    copy.lexicons.en = structuredClone(copy.lexicons.fr) as Library['lexicons'][string];
  });
  expect(copied).toMatchObject([{ file: 'content/lexicon/en.yaml', level: 'error', text: 'language: fr is not en' }]);
  const silent = added((copy) => {
    (copy.lexicons.en as Library['lexicons'][string]).crisis.suicide = [];
  });
  expect(silent).toMatchObject([{ file: 'content/lexicon/en.yaml', level: 'error' }]);
  expect(added((copy) => void delete copy.promises.en)).toMatchObject([
    { file: 'content/promises.yaml', level: 'warning', text: 'no line for en' },
  ]);
});

test('digits of a known phone are named once, with what to write', () => {
  const problems = added(() => {}, [{ file: 'content/faq/x/en.md', text: 'Call 36 46 or 09 74 75 36 46.' }]);
  expect(problems).toMatchObject([
    {
      file: 'content/faq/x/en.md',
      level: 'error',
      text: expect.stringMatching(/write \{\{contact\.ID\}\} for 0974753646/),
    },
  ]);
});
