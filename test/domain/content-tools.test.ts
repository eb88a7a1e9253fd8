import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFile } from '../../src/cli/content';
import { compareRulebooks, rulebookAt } from '../../src/cli/content-diff';
import { examineRules } from '../../src/cli/examine-rules';
import { personas } from '../../src/cli/personas';
import { carriedByFile, carriersOf, factRows, ruleTable } from '../../src/cli/rule-table';
import type { RuleBook } from '../../src/domain/rulebook';
import type { Rule } from '../../src/domain/rules';
import { walkSample } from '../../src/domain/sample-profiles';
import { projectRoot } from '../../src/library/project-root';
import { rulebook } from '../support/rulebook';

const withRules = (change: (rule: Rule) => Rule | null, more: Rule[] = []): RuleBook => ({
  ...rulebook,
  rules: [...rulebook.rules.flatMap((rule) => change(rule) ?? []), ...more],
});
const ruleOf = (id: string): Rule => rulebook.rules.find((rule) => rule.id === id) as Rule;
const textsOf = (book: RuleBook): string[] =>
  examineRules(book, projectRoot).map(({ file, text }) => `${file}: ${text}`);

describe('docs/rules.md', () => {
  test('is up to date: npm run content -- --table', () => {
    expect(readFileSync(tableFile, 'utf8')).toBe(ruleTable(rulebook));
  });
  test.each(factRows)('%s has a carrier', (row) => {
    expect(carriersOf(rulebook).get(row)?.length ?? 0).toBeGreaterThan(0);
  });
  test('rules name only rows of the facts, and files that exist', () => {
    expect([...carriersOf(rulebook).keys()].filter((row) => !factRows.includes(row))).toEqual([]);
    expect(Object.values(carriedByFile).filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
  });
});

describe('npm run content', () => {
  test('finds nothing wrong with the rules as they are', () => {
    expect(textsOf(rulebook)).toEqual([]);
  });
  test('finds an example that fails, with its line', () => {
    const wrong = withRules((rule) =>
      rule.id === 'farm'
        ? { ...rule, examples: [{ profile: { nationality: 'eu', activity: 'student' }, outcome: 'farmScheme' }] }
        : rule,
    );
    expect(textsOf(wrong)).toContainEqual(
      expect.stringMatching(/^content\/rules\/line-08-work\.yaml:\d+: .*gives the question/),
    );
  });
  test('finds a rule that nobody reaches', () => {
    const dead = { ...ruleOf('farm'), id: 'farm-again', order: 8.5, examples: [] };
    expect(textsOf(withRules((rule) => rule, [dead]))).toContainEqual(
      expect.stringMatching(/nobody reaches farm-again/),
    );
  });
  test('finds dates that overlap, or run backwards', () => {
    const old = { ...ruleOf('mayotte'), id: 'mayotte-old', until: '2026-12-31' };
    const late = (rule: Rule) => (rule.id === 'mayotte' ? { ...rule, from: '2026-12-01' } : rule);
    expect(textsOf(withRules(late, [old])).join()).toMatch(/dates of mayotte and mayotte-old overlap/);
    const fits = (rule: Rule) => (rule.id === 'mayotte' ? { ...rule, from: '2027-01-01' } : rule);
    expect(textsOf(withRules(fits, [old])).join()).not.toMatch(/overlap/);
    const backwards = withRules((rule) => rule, [{ ...old, from: '2027-02-01' }]);
    expect(textsOf(backwards).join()).toMatch(/mayotte-old ends .* before it begins/);
  });
});

describe('npm run content -- --diff', () => {
  const samples = [...personas(projectRoot), ...walkSample(rulebook, 500)];
  test('nothing changes between a rule book and itself', () => {
    expect(compareRulebooks(rulebook, { ...rulebook }, samples)).toEqual([]);
  });
  test('a rule that is gone shows whom it concerned', () => {
    const changes = compareRulebooks(
      rulebook,
      withRules((rule) => (rule.id === 'family' ? null : rule)),
      samples,
    );
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every(({ from }) => /familyNow|residence|homeFirst|adviser|asks/.test(from))).toBe(true);
    expect(changes.some(({ from }) => from.startsWith('familyNow'))).toBe(true);
  });
  test('a document that is gone shows as such', () => {
    const documents = rulebook.documents.filter(({ id }) => id !== 'rib');
    const [change] = compareRulebooks(rulebook, { ...rulebook, documents }, samples);
    expect(change?.to).toBe('same outcome −rib');
  });
  test('the rule book of a revision is read from git', () => {
    if (!existsSync(join(projectRoot, '.git'))) return;
    expect(rulebookAt(projectRoot, 'HEAD').rules.length).toBeGreaterThan(50);
    expect(() => rulebookAt(projectRoot, 'no-such-revision')).toThrow(/git cannot show no-such-revision/);
    expect(() => rulebookAt(projectRoot, '--output=x')).toThrow(/not a revision/);
  });
});
