import { examineContent } from '../../src/cli/content';
import { openLibrary } from '../../src/library/compile';
import { createWords } from '../../src/library/i18n';
import { showFigure } from '../../src/library/placeholders';
import { ContentError, parseYaml } from '../../src/library/read-files';
import { ArticleFile } from '../../src/library/schemas';

test('the content has no error', () => {
  expect(examineContent('2026-11-22').filter(({ level }) => level === 'error')).toEqual([]);
});

test('an overdue article is a warning for editors, never an error', () => {
  const problems = examineContent('2030-01-01');
  expect(problems.some(({ level, text }) => level === 'warning' && text.startsWith('due for a check'))).toBe(true);
  expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a broken file is named with its line', () => {
  const text = 'id: x\nsources: [A1]\ncertainty: surely\ncheckedOn: 2026-11-22\ncheckAgainBy: 2027-01-01\n';
  expect(() => parseYaml('content/faq/x/article.yaml', text, ArticleFile)).toThrow(ContentError);
  expect(() => parseYaml('content/faq/x/article.yaml', text, ArticleFile)).toThrow(
    /^content\/faq\/x\/article\.yaml:3: certainty/,
  );
  expect(() => parseYaml('a.yaml', 'a: [1', ArticleFile)).toThrow(/^a\.yaml:\d/);
});

test.each([
  ['fr', { value: 1, unit: 'month' }, '1 mois'],
  ['en', { value: 3, unit: 'month' }, '3 months'],
  ['en', { value: 1, unit: 'week' }, '1 week'],
  ['fr', { value: 70, unit: 'percent' }, '70 %'],
  ['en', { value: 10339, unit: 'euro' }, '€10,339'],
] as const)('a figure reads in %s with its unit: %j', (language, figure, shown) => {
  const { common } = openLibrary().locales[language] as { common: object };
  expect(showFigure({ ...figure, because: ['P1'] }, language, common).replace(/\s/g, ' ')).toBe(shown);
});

test('a text that no language has is a bug, not an empty bubble', () => {
  const words = createWords(openLibrary());
  expect(() => words.in('fr')('common:noSuchText')).toThrow('no text for common:noSuchText');
  expect(words.in('en')('common:no')).toBe('no');
});

test('at least the forty most asked topics are answered in French and English, with sources and a date', () => {
  const { articles } = openLibrary();
  const whole = Object.values(articles).filter(
    ({ texts, sources, checkedOn }) => texts.fr && texts.en && sources.length > 0 && checkedOn,
  );
  expect(whole.length).toBeGreaterThanOrEqual(40);
});
