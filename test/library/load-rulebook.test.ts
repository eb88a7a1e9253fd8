import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentIds } from '../../src/domain/ids';
import { loadRulebook } from '../../src/library/load-rulebook';
import { conflicts, contentDirectory, rulebook, sources } from '../support/rulebook';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rulebook-'));
  cpSync(contentDirectory, directory, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Loads a copy in which one text of one file is replaced. */
function broken(file: string, from: string, to: string): () => unknown {
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(path, text.replace(from, to));
  return () => loadRulebook(directory);
}

test.each([
  [
    'a source that does not exist',
    'rules/line-03-mayotte.yaml',
    '[G4, A6]',
    '[G4, A99]',
    /^rules\/line-03-mayotte\.yaml:2: unknown source A99/,
  ],
  [
    'a fact that does not exist',
    'rules/line-02-minors.yaml',
    'fact: minor,',
    'fact: tiny,',
    /^rules\/line-02-minors\.yaml:2: unknown fact tiny/,
  ],
  [
    'a slot that does not exist',
    'rules/line-03-mayotte.yaml',
    'livesIn: mayotte }',
    'livesAt: mayotte }',
    /^rules\/line-03-mayotte\.yaml:\d+: .*unknown slot/,
  ],
  [
    'an outcome that does not exist',
    'rules/line-03-mayotte.yaml',
    'outcome: mayotteScheme',
    'outcome: mayotte',
    /^rules\/line-03-mayotte\.yaml:\d+: 0\.then\.outcome/,
  ],
  [
    'an id that stands twice',
    'rules/line-06-protection.yaml',
    'id: temporary-protection',
    'id: protected',
    /^rules\/line-06-protection\.yaml:\d+: id protected stands twice/,
  ],
  [
    'a figure that code needs',
    'figures.yaml',
    'waitMonths:',
    'waitingMonths:',
    /^figures\.yaml:1: the figure waitMonths is missing/,
  ],
  [
    'a figure of the journey',
    'journey.yaml',
    'to: chaseWeeks',
    'to: chaseYears',
    /^journey\.yaml:\d+: unknown figure or source chaseYears/,
  ],
  [
    'a conflict that does not exist',
    'documents.yaml',
    'conflict: 20',
    'conflict: 99',
    /^documents\.yaml:\d+: unknown conflict 99/,
  ],
  ['broken YAML', 'conflicts.yaml', 'id: 3', 'id: [3', /^conflicts\.yaml:\d+: /],
  [
    'two rules of one order that hold together',
    'rules/line-06-protection.yaml',
    'protection: temporaryProtection',
    'protection: [temporaryProtection, protected]',
    /rules protected and temporary-protection of order 6 hold together/,
  ],
])('%s names file and line', (_, file, from, to, message) => expect(broken(file, from, to)).toThrow(message));

test('the content of this repository loads: every row of the dossier, every conflict, every document', () => {
  const rows = new Set([...rulebook.rules, ...rulebook.additions].flatMap((rule) => rule.rows));
  const missing = Array.from({ length: 53 }, (_, index) => `E${String(index + 1).padStart(2, '0')}`).filter(
    (row) => !rows.has(row),
  );
  expect(missing).toEqual([]);
  expect(conflicts.map(({ id }) => id)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  expect(rulebook.documents.map(({ id }) => id).sort()).toEqual([...documentIds].sort());
  expect(Object.keys(sources)).toEqual(
    expect.arrayContaining(['SD0', 'A13', 'P25', 'L5', 'N25', 'U9', 'FM1', 'guichet']),
  );
});

test.each(['fr', 'en'])('%s has a sentence for every rule, reason, contradiction and conflict', (language) => {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(contentDirectory, '..', 'locales', language, name), 'utf8'));
  const texts = read('rules.json');
  const notes = read('conflicts.json');
  const reasons = [...rulebook.rules.map((rule) => rule.then.adviser), ...rulebook.additions.map((row) => row.adviser)];
  const lacking = [
    ...rulebook.rules.filter(({ id }) => !texts[id]?.why || !texts[id]?.whyOther).map(({ id }) => id),
    ...[...reasons, 'unknown', 'threeUnknowns'].filter((id) => id !== undefined && !texts.adviser[id]),
    ...rulebook.contradictions.filter(({ id }) => !texts.contradiction[id]).map(({ id }) => id),
    ...conflicts.filter(({ id }) => !notes[id]).map(({ id }) => id),
  ];
  expect(lacking).toEqual([]);
});
