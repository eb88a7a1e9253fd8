import { compileGuard } from './evaluate';
import { createFacts } from './facts';
import type { Certainty, Destination, DocumentId, OutcomeId } from './ids';
import type { Slot } from './profile';
import { type Addition, type Contradiction, type DocumentRow, figure, type RuleBook } from './rulebook';
import type { Rule } from './rules';
import type { Test } from './truth';
import type { Value, View } from './view';

type Guarded<Row> = { row: Row; test: Test };
type Flip = { slot: Slot; value: Value; test: Test };
type Question = { slot: Slot; asked: Test; otherwise: Value | undefined; values: Value[] | undefined };

/** When an outcome needs a document: every test with the level it gives. */
export type CompiledDocument = { row: DocumentRow; needs: { test: Test; level: 'required' | 'useful' }[] };

/** A rule book with its conditions compiled to functions; made once per rule book. */
export type Policy = {
  book: RuleBook;
  rules: Guarded<Rule>[];
  additions: Map<OutcomeId, Guarded<Addition>[]>;
  documents: Map<OutcomeId, CompiledDocument[]>;
  contradictions: Guarded<Contradiction>[];
  questions: Question[];
  /** Questions that a conversation puts first, before the outcome takes the default. */
  first: { slot: Slot; test: Test }[];
  /** Single facts worth imagining otherwise (src/domain/what-if.ts). */
  flips: Flip[];
  neverAsked: Test;
  facts: Record<string, Test>;
};

const policies = new WeakMap<RuleBook, Policy>();

/** Compiles a rule book, or returns what was compiled before; throws when a condition names an unknown fact. */
export function compilePolicy(book: RuleBook): Policy {
  const known = policies.get(book);
  if (known) return known;
  const facts = createFacts(book);
  const guarded = <Row extends Parameters<typeof compileGuard>[0]>(row: Row) => ({
    row,
    test: compileGuard(row, facts),
  });
  const additions: Policy['additions'] = new Map();
  for (const addition of book.additions.map(guarded)) {
    for (const outcome of addition.row.outcomes) {
      additions.set(outcome, [...(additions.get(outcome) ?? []), addition]);
    }
  }
  const policy: Policy = {
    book,
    rules: book.rules.map(guarded),
    additions,
    documents: compileDocuments(book, facts),
    contradictions: book.contradictions.map((row) => {
      const when = compileGuard({ when: row.when }, facts);
      const unless = row.unless && compileGuard({ when: row.unless }, facts);
      // What is not said clears nothing up: only a stated exception does.
      return { row, test: (view) => when(view) === true && unless?.(view) !== true };
    }),
    questions: book.interview.questions.map((question) => ({
      slot: question.slot,
      asked: compileGuard(question, facts),
      otherwise: question.otherwise,
      values: question.values,
    })),
    first: book.interview.first.map((row) => ({ slot: row.slot, test: compileGuard(row, facts) })),
    flips: book.interview.whatIf.map((row) => ({
      slot: row.slot,
      value: 'figure' in row ? figure(book, row.figure) : row.value,
      test: compileGuard(row, facts),
    })),
    neverAsked: compileGuard({ when: book.interview.never }, facts),
    facts,
  };
  policies.set(book, policy);
  return policy;
}

function compileDocuments(book: RuleBook, facts: Record<string, Test>): Policy['documents'] {
  const byOutcome: Policy['documents'] = new Map();
  for (const row of book.documents) {
    const needs = new Map<OutcomeId, CompiledDocument['needs']>();
    for (const need of row.needed) {
      const test = compileGuard(need, facts);
      for (const outcome of need.outcomes) {
        needs.set(outcome, [...(needs.get(outcome) ?? []), { test, level: need.level }]);
      }
    }
    for (const [outcome, list] of needs) {
      byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), { row, needs: list }]);
    }
  }
  return byOutcome;
}

/** What the rules say of a view in which nothing is open. */
export type Verdict = {
  rule: Rule;
  additions: Addition[];
  sendTo: Destination;
  firstStep: string | undefined;
  certainty: Certainty;
  reasons: string[];
};

/** True while a rule is in force on `today`. */
const inForce = (rule: Rule, today: string): boolean =>
  (rule.from === undefined || rule.from <= today) && (rule.until === undefined || today <= rule.until);

/** The first rule that holds, with everything that adds to it. Throws when no rule speaks: a gap in the rule files. */
export function findVerdict(policy: Policy, view: View): Verdict {
  for (const { row: rule, test } of policy.rules) {
    if (test(view) !== true || !inForce(rule, view.today)) continue;
    const { then } = rule;
    const verdict: Verdict = {
      rule,
      additions: [],
      sendTo: then.sendTo,
      firstStep: then.firstStep,
      certainty: then.certainty,
      reasons: then.adviser === undefined ? [] : [then.adviser],
    };
    for (const addition of policy.additions.get(then.outcome) ?? []) {
      if (addition.test(view) === true) add(verdict, addition.row);
    }
    return verdict;
  }
  throw new Error(`no rule speaks for ${JSON.stringify(view.values)}`);
}

function add(verdict: Verdict, row: Addition): void {
  verdict.additions.push(row);
  verdict.sendTo = row.sendTo ?? verdict.sendTo;
  verdict.firstStep = row.firstStep ?? verdict.firstStep;
  verdict.certainty = row.certainty ?? verdict.certainty;
  if (row.adviser !== undefined && !verdict.reasons.includes(row.adviser)) verdict.reasons.push(row.adviser);
}

/** Every slot that might still matter (a superset, as bits): of the rules that may speak, and of what may add to them. */
export function possibleNeeds(policy: Policy, view: View): number {
  let needs = 0;
  const seen = new Set<OutcomeId>();
  for (const { row: rule, test } of policy.rules) {
    const truth = test(view);
    if (truth === false || !inForce(rule, view.today)) continue;
    if (typeof truth === 'number') needs |= truth;
    const { outcome, wait } = rule.then;
    const waits = wait === undefined ? false : policy.facts[wait]?.(view);
    if (typeof waits === 'number') needs |= waits;
    if (!seen.has(outcome)) {
      seen.add(outcome);
      needs |= extraNeeds(policy, view, outcome);
    }
    if (truth === true) break;
  }
  return needs;
}

function extraNeeds(policy: Policy, view: View, outcome: OutcomeId): number {
  let needs = 0;
  for (const { test } of policy.additions.get(outcome) ?? []) {
    const truth = test(view);
    if (typeof truth === 'number') needs |= truth;
  }
  for (const document of policy.documents.get(outcome) ?? []) {
    for (const { test } of document.needs) {
      const truth = test(view);
      if (typeof truth === 'number') needs |= truth;
    }
  }
  return needs;
}

/** The ids of the documents without which the file is incomplete. */
export const requiredDocuments = (policy: Policy, view: View, outcome: OutcomeId): DocumentId[] =>
  (policy.documents.get(outcome) ?? [])
    .filter(({ needs }) => needs.find(({ test }) => test(view) === true)?.level === 'required')
    .map(({ row }) => row.id);
