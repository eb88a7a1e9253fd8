import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviserOutcome } from '../domain/checklist';
import { decide } from '../domain/decide';
import type { Profile } from '../domain/profile';
import { findOverlaps, findRuleConflicts } from '../domain/rule-conflicts';
import type { RuleBook } from '../domain/rulebook';
import { walkSample } from '../domain/sample-profiles';
import type { Problem } from '../library/cross-check';
import { personas } from './personas';

/** Random interviews walked to find rows that nobody reaches. */
const walked = 10_000;
/** The day on which an example without a day of its own is run. */
const exampleDay = '2026-11-22';

/** File and line on which a rule or addition begins. */
function placeOf(root: string, id: string): string {
  const folder = join(root, 'content', 'rules');
  for (const name of readdirSync(folder).sort()) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const line = lines.findIndex((text) => new RegExp(`\\bid: ${id}\\b`).test(text));
    if (line >= 0) return `content/rules/${name}:${line + 1}`;
  }
  return 'content/rules';
}

/** The worked examples that the rules no longer give. */
function failingExamples(book: RuleBook): [string, string][] {
  return book.rules.flatMap(({ id, examples }) =>
    examples.flatMap(({ profile, today, outcome, asks }): [string, string][] => {
      const decision = decide(profile, book, today ?? exampleDay);
      const given = decision.outcome?.id ?? null;
      const holds = given === outcome && (asks === undefined || decision.asks === asks);
      const got = given ?? `the question ${decision.asks}`;
      return holds
        ? []
        : [[id, `the example ${JSON.stringify(profile)} of ${id} gives ${got}, not ${outcome ?? asks}`]];
    }),
  );
}

/** Rules and additions that no example, persona or interview of the sample reaches. */
function deadRows(book: RuleBook, root: string): string[] {
  const unseen = new Set([...book.rules, ...book.additions].map(({ id }) => id));
  for (const rule of adviserOutcome(book, {}, exampleDay, '').rules) unseen.delete(rule);
  const visit = ({ profile, today }: { profile: Profile; today?: string | undefined }) => {
    for (const rule of decide(profile, book, today ?? exampleDay).outcome?.rules ?? []) unseen.delete(rule);
  };
  for (const { examples } of book.rules) examples.forEach(visit);
  personas(root).forEach(visit);
  for (const sample of walkSample(book, walked)) {
    if (unseen.size === 0) break;
    visit(sample);
  }
  return [...unseen];
}

/** What the rules themselves get wrong: contradictions, overlapping dates, dead rows, examples that fail. */
export function examineRules(book: RuleBook, root: string): Problem[] {
  const problem = (id: string | null, text: string): Problem => ({
    file: id ? placeOf(root, id) : 'content/rules',
    level: 'error',
    text,
  });
  return [
    ...findRuleConflicts(book).map((text) => problem(null, text)),
    ...findOverlaps(book).map(({ id, text }) => problem(id, text)),
    ...failingExamples(book).map(([id, text]) => problem(id, text)),
    ...deadRows(book, root).map((id) => problem(id, `nobody reaches ${id}`)),
  ];
}
