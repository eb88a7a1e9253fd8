import { contactsFor } from './contacts';
import { interviewFor } from './interview';
import type { Outcome, Wait } from './outcome';
import { papersAbroad, papersFor } from './papers';
import type { Policy, Verdict } from './policy';
import { type Profile, type Slot, slots } from './profile';
import { figure } from './rulebook';
import { type View, viewProfile } from './view';

/**
 * Puts a verdict into words of the vocabulary: wait, papers, contacts, reasons. `view` must have nothing open; `awaits` is
 * the outcome after arrival, for someone who is not in France yet.
 */
export function describe(policy: Policy, profile: Profile, view: View, verdict: Verdict, awaits?: Outcome): Outcome {
  const { then, id, because } = verdict.rule;
  const unknowns = unknownsThatMatter(policy, profile, view);
  const reasons = new Set(verdict.reasons);
  if (awaits?.adviser) for (const reason of awaits.adviserReasons) reasons.add(reason);
  if (unknowns.length > 0) reasons.add('unknown');
  return {
    id: then.outcome,
    wait: waitOf(policy, view, verdict),
    basis: then.basis,
    form: then.form,
    sendTo: verdict.sendTo,
    adviser: reasons.size > 0,
    adviserReasons: [...reasons],
    certainty: verdict.certainty,
    // biome-ignore lint/suspicious/noThenProperty: `then` is the word of the vocabulary
    ...(awaits ? { then: awaits.id } : {}),
    ...(verdict.firstStep === undefined ? {} : { firstStep: verdict.firstStep }),
    documents:
      then.outcome === 'prepareAbroad'
        ? papersAbroad(policy, view, awaits?.documents ?? [])
        : papersFor(policy, view, then.outcome),
    contacts: contactsFor(verdict, view, policy.book),
    articles: [...new Set([...then.articles, ...verdict.additions.flatMap((row) => row.articles)])],
    sources: [...new Set([...because, ...verdict.additions.flatMap((row) => row.because)])],
    rules: [id, ...verdict.additions.map((row) => row.id)],
    assumed: defaultsThatStand(policy, profile),
    unknowns,
  };
}

/** Time left, where the rule waits and the wait still runs; `until` only when the day of arrival is known. */
function waitOf(policy: Policy, view: View, { rule }: Verdict): Wait | null {
  const { wait } = rule.then;
  if (wait === undefined || policy.facts[wait]?.(view) !== true) return null;
  const { residence } = view;
  const months = figure(policy.book, 'waitMonths') - ('least' in residence ? residence.least : 0);
  return { months, until: 'until' in residence ? residence.until : null };
}

const offeredForCorrection: Slot[] = ['livesIn', 'number', 'age', 'children'];

const defaultsThatStand = (policy: Policy, profile: Profile): Slot[] =>
  offeredForCorrection.filter((slot) => profile[slot] === undefined && slot in policy.book.interview.defaults);

/** Slots answered "I don't know" of which some value would have led elsewhere. */
function unknownsThatMatter(policy: Policy, profile: Profile, settled: View): Slot[] {
  const interview = interviewFor(policy);
  const unknown = slots.filter((slot) => profile[slot] === 'unknown');
  if (unknown.length === 0) return [];
  return unknown.filter((slot) => {
    const view = viewProfile(profile, settled.today, policy.book);
    if (slot === 'country') return false;
    if (slot === 'arrival' || slot === 'months') {
      if (view.residence.state === 'served' || (view.residence.state === 'running' && view.residence.until))
        return false;
      if (slot === 'arrival' && 'least' in view.residence) return false;
    }
    return interview.leadsElsewhere(settled, view, slot);
  });
}
