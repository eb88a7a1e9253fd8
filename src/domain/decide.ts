import { checklistAbroad, checklistFor } from './checklist';
import { contactsFor } from './contacts';
import { Interview } from './interview';
import type { Decision, Outcome, Wait } from './outcome';
import { compilePolicy, findVerdict, type Policy, type Verdict } from './policy';
import type { Profile, Slot } from './profile';
import { figure, type RuleBook } from './rulebook';
import { statedView, type View, viewProfile } from './view';

const interviews = new WeakMap<RuleBook, Interview>();
const decisions = new WeakMap<RuleBook, Map<string, Decision>>();
const remembered = 2_000;

function interviewFor(policy: Policy): Interview {
  const known = interviews.get(policy.book);
  if (known) return known;
  const interview = new Interview(policy);
  interviews.set(policy.book, interview);
  return interview;
}

/**
 * The verdict for a profile on a day, or the one slot to ask next. Pure: the same profile, rule book and day always
 * give the same decision. `today` is an ISO day. The result is shared between calls: read it, never change it.
 */
export function decide(profile: Profile, book: RuleBook, today: string): Decision {
  const memory = decisions.get(book) ?? new Map<string, Decision>();
  if (memory.size === 0) decisions.set(book, memory);
  const key = today + JSON.stringify(profile);
  const known = memory.get(key);
  if (known) return known;
  if (memory.size >= remembered) memory.clear();
  const decision = compute(profile, book, today);
  memory.set(key, decision);
  return decision;
}

function compute(profile: Profile, book: RuleBook, today: string): Decision {
  const policy = compilePolicy(book);
  const stated = statedView(profile, today, book);
  const clash = policy.contradictions.find(({ test }) => test(stated) === true);
  if (clash) return { outcome: null, asks: clash.row.asks, contradiction: clash.row.id };
  const view = viewProfile(profile, today, book);
  const { asks } = interviewFor(policy).ahead(view);
  if (asks !== null) return { outcome: null, asks };
  return { outcome: describe(policy, profile, view, findVerdict(policy, view)), asks: null };
}

function describe(policy: Policy, profile: Profile, view: View, verdict: Verdict): Outcome {
  const { then, id, because } = verdict.rule;
  const unknowns = unknownsThatMatter(policy, profile, view.today);
  const awaits = then.outcome === 'prepareAbroad' ? decideAfterArrival(policy, profile, view.today) : undefined;
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
    ...(awaits ? { then: awaits.id } : {}),
    ...(verdict.firstStep === undefined ? {} : { firstStep: verdict.firstStep }),
    documents:
      then.outcome === 'prepareAbroad'
        ? checklistAbroad(policy, view, awaits?.documents ?? [])
        : checklistFor(policy, view, then.outcome),
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
function unknownsThatMatter(policy: Policy, profile: Profile, today: string): Slot[] {
  const interview = interviewFor(policy);
  const unknown = (Object.keys(profile) as Slot[]).filter((slot) => profile[slot] === 'unknown');
  if (unknown.length === 0) return [];
  const base = interview.ahead(viewProfile(profile, today, policy.book));
  return unknown.filter((slot) => {
    const view = viewProfile(profile, today, policy.book);
    if (slot === 'country') return false;
    if (slot === 'arrival' || slot === 'months') {
      if (view.residence.state === 'served' || (view.residence.state === 'running' && view.residence.until)) return false;
      if (slot === 'arrival' && 'least' in view.residence) return false;
    }
    return interview.values(slot).some((value) => interview.ahead(interview.assume(view, slot, value)) !== base);
  });
}

/** What awaits someone who is not here yet, on the day of arrival and with a lawful stay; undefined when it depends. */
function decideAfterArrival(policy: Policy, profile: Profile, today: string): Outcome | undefined {
  const arrived: Profile = { ...profile, livesIn: 'mainland', months: 0, fiveYears: false };
  delete arrived.arrival;
  const hasPaper = arrived.permit !== undefined && !['none', 'expired', 'shortStay', 'unknown'].includes(arrived.permit);
  if (!hasPaper) arrived.permit = 'residencePermit';
  arrived.visaValidated = true;
  const decision = decide(arrived, policy.book, today);
  return decision.outcome ?? undefined;
}

/** The outcome `adviser` for a person whose case the rules must not decide, with a reason id. */
export function adviserOutcome(book: RuleBook, profile: Profile, today: string, reason: string): Outcome {
  const policy = compilePolicy(book);
  const view = viewProfile(profile, today, book);
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

/** Which rules were looked at, and what each said: for the operator's "why", and for tests. */
export function explain(profile: Profile, book: RuleBook, today: string): { rule: string; holds: boolean | 'open' }[] {
  const policy = compilePolicy(book);
  const view = viewProfile(profile, today, book);
  interviewFor(policy).ahead(view);
  return policy.rules.map(({ row, test }) => {
    const truth = test(view);
    return { rule: row.id, holds: typeof truth === 'number' ? 'open' : truth };
  });
}
