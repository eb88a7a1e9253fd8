import { type OutcomeId, outcomeIds } from './ids';
import { findVerdict, type Policy, possibleNeeds, requiredDocuments } from './policy';
import { closedValues, type Slot } from './profile';
import { figure, type RuleBook } from './rulebook';
import { slotBit } from './truth';
import { copyView, type Residence, type Value, type View } from './view';

/**
 * What the answers still to come can lead to, as an ordered decision diagram: a leaf is one verdict, an inner node the
 * first slot (in the order of the questions) of which two values lead to different diagrams. A slot whose values all
 * lead to the same diagram has no node: it cannot change the verdict, so it is never asked. `reaches`: the outcomes of its
 * leaves, one bit each, in the order of the vocabulary.
 */
type Node = { id: number; asks: Slot | null; reaches: number };

/** Diagrams remembered before they are forgotten. */
const most = 100_000;
/** Answers tried before the whole diagram is drawn: 0 = what stands without an answer, others step through the values. */
const examples = [1, 2, 3, 5, 7];

/** Remembers diagrams of one rule book and one day; two diagrams are the same object exactly when they say the same. */
export class Interview {
  private readonly diagrams = new Map<string, Node>();
  private readonly nodes = new Map<string, Node>();
  private readonly servedAfter: number;

  constructor(private readonly policy: Policy) {
    this.servedAfter = figure(policy.book, 'waitMonths');
  }

  /**
   * The first slot, in the order of the questions, that can still change the verdict; null when none can. Fills in, on the
   * view itself, the slots that need no question.
   */
  next(view: View): Slot | null {
    const silent = this.policy.neverAsked(view) === true;
    let needs = -1;
    for (const [index, question] of this.policy.questions.entries()) {
      if (!isOpen(view, question.slot)) continue;
      if (!silent && question.asked(view) !== false) {
        if (this.exampleDiffers(view, index, 0)) return question.slot;
        if (needs === -1) needs = possibleNeeds(this.policy, view);
        if ((needs & slotBit(question.slot)) !== 0 && this.matters(view, index)) return question.slot;
      }
      fill(view, question.slot, question.otherwise);
    }
    return null;
  }

  /** How many questions are still to come: the mean over a few ways of answering. The view is not changed. */
  questionsLeft(view: View): number {
    const counts = examples.map((pick) => this.countQuestions(view, pick));
    return Math.round(counts.reduce((sum, count) => sum + count, 0) / counts.length);
  }

  /** How many questions are put when each is answered with the value that `pick` takes from its list. */
  private countQuestions(view: View, pick: number): number {
    let open = view;
    for (let count = 0; ; count++) {
      const slot = this.next(copyView(open));
      const values = slot ? this.values(slot) : [];
      const value = values[(pick * (count + 1)) % values.length];
      if (slot === null || value === undefined) return count;
      open = this.assume(open, slot, value);
    }
  }

  /**
   * True when some value of a slot leads away from the verdict of `settled`. `open` is the same profile before the silent
   * slots were filled in: another value may lead to questions of its own, of which a few answers are tried.
   */
  leadsElsewhere(settled: View, open: View, slot: Slot): boolean {
    const here = this.signature(settled);
    const without = copyView(settled);
    if (slot === 'arrival' || slot === 'months') without.residence = { state: 'open' };
    else without.values[slot] = undefined;
    const read = possibleNeeds(this.policy, without) & slotBit(slot === 'months' ? 'arrival' : slot);
    if (read === 0) return false;
    return this.values(slot).some((value) => {
      if (this.signature(this.assume(settled, slot, value)) !== here) return true;
      const child = this.assume(open, slot, value);
      return [0, 1, 2].some((pick) => this.example(child, 0, pick) !== here);
    });
  }

  /** Whether two values of an open slot differ: first by examples, which mostly tell at once, else by the whole diagram. */
  private matters(view: View, index: number): boolean {
    return (
      examples.some((pick) => this.exampleDiffers(view, index, pick)) ||
      this.branch(view, index).asks === this.question(index).slot
    );
  }

  /** Whether two values lead to different verdicts when the later questions are answered as in one example. */
  private exampleDiffers(view: View, index: number, pick: number): boolean {
    const { slot } = this.question(index);
    let first: string | undefined;
    for (const value of this.values(slot)) {
      const here = this.example(this.assume(view, slot, value), index + 1, pick);
      first ??= here;
      if (here !== first) return true;
    }
    return false;
  }

  /** The verdict if every question from `from` on were answered with the value that `pick` takes from its list. */
  private example(view: View, from: number, pick: number): string {
    const example = copyView(view);
    const { questions } = this.policy;
    const silent = this.policy.neverAsked(view) === true;
    for (let index = from; index < questions.length; index++) {
      const question = this.question(index);
      const { slot } = question;
      if (!isOpen(example, slot)) continue;
      const values = this.values(slot);
      const value = values[(pick * (index + 1)) % values.length];
      if (silent || pick === 0 || value === undefined || question.asked(example) === false) {
        fill(example, slot, question.otherwise);
      } else if (typeof value === 'object') example.residence = value;
      else example.values[slot] = value;
    }
    return this.signature(example);
  }

  private question(index: number): Policy['questions'][number] {
    const question = this.policy.questions[index];
    if (!question) throw new Error(`there is no question ${index}`);
    return question;
  }

  /** Fills in every open slot with what stands when it is not asked. */
  settle(view: View): View {
    for (const { slot, otherwise } of this.policy.questions) if (isOpen(view, slot)) fill(view, slot, otherwise);
    return view;
  }

  /** Every outcome that the answers still to come can lead to, in the order of the vocabulary. The view is not changed. */
  outcomesFrom(view: View): OutcomeId[] {
    const { reaches } = this.build(copyView(view), 0, this.policy.neverAsked(view) === true);
    return outcomeIds.filter((_, index) => (reaches & (1 << index)) !== 0);
  }

  private build(view: View, from: number, silent: boolean): Node {
    let needs = -1;
    for (let index = from; index < this.policy.questions.length; index++) {
      const question = this.question(index);
      if (!isOpen(view, question.slot)) continue;
      if (!silent && question.asked(view) !== false) {
        if (needs === -1) needs = possibleNeeds(this.policy, view);
        if ((needs & slotBit(question.slot)) !== 0) {
          const node = this.branch(view, index);
          if (node.asks === question.slot) return node;
        }
      }
      fill(view, question.slot, question.otherwise);
    }
    const signature = this.signature(view);
    return this.node(signature, null, 1 << outcomeIds.indexOf(signature.split(',', 1)[0] as OutcomeId));
  }

  private branch(view: View, index: number): Node {
    const question = this.question(index);
    if (this.diagrams.size > most) this.diagrams.clear();
    const key = `${index}|${viewKey(view)}`;
    const known = this.diagrams.get(key);
    if (known) return known;
    const children: Node[] = [];
    for (const value of this.values(question.slot)) {
      children.push(this.build(this.assume(view, question.slot, value), index + 1, false));
    }
    const [first] = children;
    const same = first !== undefined && children.every((child) => child === first);
    const reaches = children.reduce((all, child) => all | child.reaches, 0);
    const node = same
      ? first
      : this.node(`${question.slot}>${children.map(({ id }) => id).join()}`, question.slot, reaches);
    this.diagrams.set(key, node);
    return node;
  }

  /** A copy of a view in which a slot has one of its `values`. */
  assume(view: View, slot: Slot, value: Value | Residence): View {
    const copy = copyView(view);
    if (typeof value === 'object') copy.residence = value;
    else copy.values[slot] = value;
    return copy;
  }

  /** The values of a slot that are worth comparing; of the length of residence, before and after the wait. */
  values(slot: Slot): readonly (Value | Residence)[] {
    if (slot === 'arrival' || slot === 'months') {
      const lived = (least: number): Residence => ({
        state: least >= this.servedAfter ? 'served' : 'running',
        least,
        most: least,
        until: null,
      });
      return [lived(0), lived(this.servedAfter)];
    }
    const listed = this.policy.questions.find((question) => question.slot === slot)?.values;
    return listed ?? closedValues[slot as keyof typeof closedValues] ?? [true, false];
  }

  private node(key: string, asks: Slot | null, reaches: number): Node {
    const known = this.nodes.get(key);
    if (known) return known;
    const node = { id: this.nodes.size, asks, reaches };
    this.nodes.set(key, node);
    return node;
  }

  /** All of a verdict that a question is worth asking for. Papers that only help, and where to read more, are not. */
  private signature(view: View): string {
    const { rule, sendTo, firstStep, reasons } = findVerdict(this.policy, view);
    const { outcome, basis, form, wait } = rule.then;
    const waits = wait !== undefined && this.policy.facts[wait]?.(view) === true;
    const papers = requiredDocuments(this.policy, view, outcome);
    return [outcome, basis, form, sendTo, reasons.length > 0, firstStep, waits, ...papers].join();
  }
}

const isOpen = (view: View, slot: Slot): boolean =>
  slot === 'arrival' ? view.residence.state === 'open' : view.values[slot] === undefined;

function fill(view: View, slot: Slot, value: Value | undefined): void {
  if (slot === 'arrival') view.residence = { state: 'unknown' };
  else if (value !== undefined) view.values[slot] = value;
}

/** Everything of a view that a test can tell apart, shortened to what matters for the questions. */
function viewKey(view: View): string {
  const { values, residence } = view;
  let key = `${view.today}|${view.country.join()}|${residence.state}${'least' in residence ? `${residence.least},${residence.most}` : ''}`;
  for (const slot in values) {
    if (values[slot as Slot] !== undefined && !ignored.has(slot)) key += `|${slot}=${values[slot as Slot]}`;
  }
  return key;
}

/** Slots that no rule reads: where the person stands on the journey, and what is read through the residence. */
const ignored: ReadonlySet<string> = new Set(['subject', 'stage', 'sentOn', 'arrival', 'months']);

const interviews = new WeakMap<RuleBook, Interview>();

/** The interview of a policy, with everything that it remembers; made once per rule book. */
export function interviewFor(policy: Policy): Interview {
  const known = interviews.get(policy.book);
  if (known) return known;
  const interview = new Interview(policy);
  interviews.set(policy.book, interview);
  return interview;
}
