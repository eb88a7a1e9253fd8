import { slotBit } from './evaluate';
import { findVerdict, type Policy, possibleNeeds, requiredDocuments } from './policy';
import { closedValues, type Slot } from './profile';
import { figure } from './rulebook';
import type { Residence, Value, View } from './view';

/**
 * What the answers still to come can lead to, as an ordered decision diagram: a leaf is one verdict, an inner node the
 * first slot (in the order of the questions) of which two values lead to different diagrams. A slot whose values all
 * lead to the same diagram has no node: it cannot change the verdict, so it is never asked.
 */
type Node = { id: number; asks: Slot | null };

/** Remembers diagrams of one rule book and one day; two diagrams are the same object exactly when they say the same. */
export class Interview {
  private readonly diagrams = new Map<string, Node>();
  private readonly nodes = new Map<string, Node>();
  private readonly servedAfter: number;

  constructor(private readonly policy: Policy) {
    this.servedAfter = figure(policy.book, 'waitMonths');
  }

  /** The diagram of a view. Fills in, on the view itself, the slots that need no question. */
  ahead(view: View): Node {
    if (this.diagrams.size > 200_000) this.diagrams.clear();
    const silent = this.policy.neverAsked(view) === true;
    return this.build(view, 0, silent);
  }

  private build(view: View, from: number, silent: boolean): Node {
    const { questions } = this.policy;
    let needs = -1;
    for (let index = from; index < questions.length; index++) {
      const question = questions[index];
      if (!question || !isOpen(view, question.slot)) continue;
      if (!silent && question.asked(view) !== false) {
        if (needs === -1) needs = possibleNeeds(this.policy, view);
        if ((needs & slotBit(question.slot)) !== 0) {
          const node = this.branch(view, index);
          if (node.asks === question.slot) return node;
        }
      }
      fill(view, question.slot, question.otherwise);
    }
    return this.node(this.signature(view), null);
  }

  private branch(view: View, index: number): Node {
    const question = this.policy.questions[index];
    if (!question) throw new Error('no such question');
    const key = `${index}|${viewKey(view)}`;
    const known = this.diagrams.get(key);
    if (known) return known;
    const children: Node[] = [];
    for (const value of this.values(question.slot)) {
      children.push(this.build(this.assume(view, question.slot, value), index + 1, false));
    }
    const [first] = children;
    const same = first !== undefined && children.every((child) => child === first);
    const node = same ? first : this.node(`${question.slot}>${children.map(({ id }) => id).join()}`, question.slot);
    this.diagrams.set(key, node);
    return node;
  }

  /** A copy of a view in which a slot has one of its `values`. */
  assume(view: View, slot: Slot, value: Value | Residence): View {
    if (typeof value === 'object') return { ...view, values: { ...view.values }, residence: value };
    return { ...view, values: { ...view.values, [slot]: value } };
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

  private node(key: string, asks: Slot | null): Node {
    const known = this.nodes.get(key);
    if (known) return known;
    const node = { id: this.nodes.size, asks };
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
    if (!ignored.has(slot)) key += `|${slot}=${values[slot as Slot]}`;
  }
  return key;
}

/** Slots that no rule reads: where the person stands on the journey, and what is read through the residence. */
const ignored: ReadonlySet<string> = new Set(['subject', 'stage', 'sentOn', 'arrival', 'months']);
