import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createFacts } from '../domain/facts';
import { findRuleConflicts } from '../domain/rule-conflicts';
import {
  Addition,
  ConflictRow,
  ContactPlan,
  Contradiction,
  DocumentRow,
  FigureRow,
  Interview,
  JourneyRow,
  type RuleBook,
  SourceRow,
} from '../domain/rulebook';
import { type Condition, Rule } from '../domain/rules';
import { ContentError, parseYaml } from './read-files';

/** A rule book with what stands behind it. */
export type LoadedRulebook = { rulebook: RuleBook; sources: Record<string, SourceRow>; conflicts: ConflictRow[] };

/** Files of `rules/` that are not rows of rules. */
const special = new Set(['interview.yaml', 'destinations.yaml', 'contradictions.yaml', 'additions.yaml']);
const figuresThatCodeReads = ['waitMonths', 'euLawfulYears', 'ownCardAge', 'majorityAge', 'studentDisputedAge'];

/** A row with the file that it came from: problems that a schema cannot see still name a line. */
type Located<Row> = { row: Row; file: string };
type Guarded = { id: unknown; when?: Condition | undefined; unless?: Condition | undefined };
type Fail = (item: Located<{ id: unknown }>, problem: string) => never;

/**
 * Reads and checks the rules, documents, journey, sources and conflicts under `directory` (the `content` folder).
 * Throws a ContentError that names file and line for the first problem: syntax, schema, an unknown source, fact or
 * figure, an id that stands twice, a rule without a neighbour's order.
 */
export function loadRulebook(directory: string): LoadedRulebook {
  const read = <S extends z.ZodType>(file: string, schema: S) => parseYaml(file, text(directory, file), schema);
  const rows = <S extends z.ZodType>(file: string, schema: S): Located<z.output<S>>[] =>
    read(file, z.array(schema).min(1)).map((row) => ({ row, file }));
  const ruleFiles = readdirSync(join(directory, 'rules')).filter(
    (name) => name.endsWith('.yaml') && !special.has(name),
  );
  const rules = ruleFiles.sort().flatMap((name) => rows(`rules/${name}`, Rule));
  const additions = rows('rules/additions.yaml', Addition);
  const contradictions = rows('rules/contradictions.yaml', Contradiction);
  const documents = rows('documents.yaml', DocumentRow);
  const journey = rows('journey.yaml', JourneyRow);
  const sources = rows('sources.yaml', SourceRow);
  const conflicts = rows('conflicts.yaml', ConflictRow);
  const { figures } = read('figures.yaml', z.object({ figures: z.record(z.string(), FigureRow) }));
  const rulebook: RuleBook = {
    rules: rules.map(({ row }) => row).sort((a, b) => a.order - b.order),
    additions: additions.map(({ row }) => row),
    contradictions: contradictions.map(({ row }) => row),
    documents: documents.map(({ row }) => row),
    journey: journey.map(({ row }) => row),
    interview: read('rules/interview.yaml', Interview),
    contacts: read('rules/destinations.yaml', ContactPlan),
    conflicts: conflicts.map(({ row }) => row),
    figures,
  };

  const fail: Fail = ({ row, file }, problem) => {
    throw new ContentError(file, lineOf(text(directory, file), row.id), problem);
  };
  const located: Located<{ id: unknown }>[][] = [rules, additions, contradictions, documents, sources, conflicts];
  for (const group of located) {
    const seen = new Set<unknown>();
    for (const item of group) {
      if (seen.has(item.row.id)) fail(item, `id ${item.row.id} stands twice`);
      seen.add(item.row.id);
    }
  }
  const known = new Set(sources.map(({ row }) => row.id));
  for (const item of [...rules, ...additions, ...contradictions, ...documents, ...conflicts]) {
    const stray = item.row.because.find((id) => !known.has(id));
    if (stray) fail(item, `unknown source ${stray}`);
  }
  for (const { row, file } of journey) {
    const ids = [row.window?.from, row.window?.to, row.chaseAfter].filter((id) => id !== undefined);
    const stray = ids.find((id) => !figures[id]) ?? row.because.find((id) => !known.has(id));
    if (stray)
      throw new ContentError(file, lineOf(text(directory, file), row.stage), `unknown figure or source ${stray}`);
  }
  const missing = figuresThatCodeReads.find((id) => !figures[id]);
  if (missing) throw new ContentError('figures.yaml', 1, `the figure ${missing} is missing`);
  const facts = createFacts(rulebook);
  const guarded: Located<Guarded>[] = [...rules, ...additions, ...contradictions];
  for (const item of guarded) checkFacts(item, [item.row.when, item.row.unless], facts, fail);
  for (const item of documents)
    for (const need of item.row.needed) checkFacts(item, [need.when, need.unless], facts, fail);
  for (const item of rules) {
    const { wait } = item.row.then;
    if (wait !== undefined && !facts[wait]) fail(item, `unknown fact ${wait}`);
  }
  const numbers = new Set(conflicts.map(({ row }) => row.id));
  for (const item of documents) {
    if (item.row.conflict !== undefined && !numbers.has(item.row.conflict))
      fail(item, `unknown conflict ${item.row.conflict}`);
  }
  for (const { row } of conflicts) checkFacts({ row, file: 'conflicts.yaml' }, [row.when], facts, fail);
  for (const row of [...rulebook.interview.whatIf, ...rulebook.interview.first]) {
    const item = { row: { id: row.slot }, file: 'rules/interview.yaml' };
    checkFacts(item, [row.when, row.unless], facts, fail);
    const named = 'figure' in row ? String(row.figure) : undefined;
    if (named !== undefined && !figures[named]) fail(item, `unknown figure ${named}`);
  }
  const [clash] = findRuleConflicts(rulebook);
  if (clash) throw new ContentError('rules', 1, clash);
  return {
    rulebook,
    sources: Object.fromEntries(sources.map(({ row }) => [row.id, row])),
    conflicts: conflicts.map(({ row }) => row),
  };
}

const text = (directory: string, file: string): string => readFileSync(join(directory, file), 'utf8');

/** The line on which a row begins; the first line when it is not found. */
function lineOf(content: string, id: unknown): number {
  const escaped = String(id).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const index = content.split('\n').findIndex((line) => new RegExp(`(id|stage): "?${escaped}"?(\\s|,|$)`).test(line));
  return index < 0 ? 1 : index + 1;
}

function checkFacts(
  item: Located<{ id: unknown }>,
  conditions: (Condition | undefined)[],
  facts: Record<string, unknown>,
  fail: Fail,
): void {
  for (const condition of conditions.flat()) {
    for (const name of [condition?.fact ?? []].flat()) {
      if (!Object.hasOwn(facts, String(name))) fail(item, `unknown fact ${String(name)}`);
    }
  }
}
