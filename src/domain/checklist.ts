import { describe } from './describe';
import { interviewFor } from './interview';
import type { ChecklistItem, Outcome } from './outcome';
import { papersFor } from './papers';
import { compilePolicy, type Verdict } from './policy';
import type { Profile } from './profile';
import type { RuleBook } from './rulebook';
import { viewProfile } from './view';

/** The papers of an outcome for a person, in the order of content/documents.yaml. Open slots count as their defaults. */
export function checklistFor(book: RuleBook, profile: Profile, today: string, outcome: Outcome['id']): ChecklistItem[] {
  const policy = compilePolicy(book);
  const view = interviewFor(policy).settle(viewProfile(profile, today, book));
  return papersFor(policy, view, outcome);
}

/**
 * The outcome `adviser` for a person whose case the rules must not decide, with a reason id (text: `rules:adviser.<id>`).
 * It lists the papers that every possible route asks for.
 */
export function adviserOutcome(book: RuleBook, profile: Profile, today: string, reason: string): Outcome {
  const policy = compilePolicy(book);
  const view = interviewFor(policy).settle(viewProfile(profile, today, book));
  const rule = book.rules.find((row) => row.id === 'adviser-three-unknowns');
  if (!rule) throw new Error('the rule book lacks the rule adviser-three-unknowns');
  const verdict: Verdict = {
    rule,
    additions: [],
    sendTo: rule.then.sendTo,
    firstStep: undefined,
    certainty: rule.then.certainty,
    reasons: [reason],
  };
  return describe(policy, profile, view, verdict);
}
