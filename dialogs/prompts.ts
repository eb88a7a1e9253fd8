import type { FormSection } from '../src/domain/ids';
import type { Slot } from '../src/domain/profile';
import { currentPerson } from './context';
import type { Snapshot } from './move';

/** What is put to the person where the machine has come to rest. `silent`: an adviser talks. */
export type Prompt =
  | { kind: 'greeting' }
  | { kind: 'question'; slot: Slot; contradiction: string | null }
  | { kind: 'outcome' }
  | { kind: 'correction' }
  | { kind: 'journey' }
  /** One part of the form. */
  | { kind: 'form'; section: FormSection }
  /** Danger was met: only a way to go on. */
  | { kind: 'paused' }
  | { kind: 'waiting' }
  | { kind: 'silent' }
  | { kind: 'closed' };

/** Derives the prompt from the settled state, so that nothing is said on the way through. */
export function promptOf(snapshot: Snapshot): Prompt {
  const { asked, contradiction, paused } = snapshot.context;
  if (paused && !snapshot.matches('withAdviser')) return { kind: 'paused' };
  if (snapshot.matches('asking')) {
    if (asked === null) throw new Error('asking nothing');
    return { kind: 'question', slot: asked, contradiction };
  }
  if (snapshot.matches('outcome')) return { kind: 'outcome' };
  if (snapshot.matches('correction')) return { kind: 'correction' };
  if (snapshot.matches('followingFile')) return { kind: 'journey' };
  if (snapshot.matches('formHelp'))
    return { kind: 'form', section: (snapshot.value as { formHelp: FormSection }).formHelp };
  if (snapshot.matches({ withAdviser: 'talking' })) return { kind: 'silent' };
  if (snapshot.matches('withAdviser')) return { kind: 'waiting' };
  if (snapshot.matches('closed')) return { kind: 'closed' };
  return { kind: 'greeting' };
}

/** The slot whose answer is awaited; null when none is. */
export function pendingSlot(snapshot: Snapshot): Slot | null {
  const prompt = promptOf(snapshot);
  if (prompt.kind === 'journey') {
    const { stage, sentOn } = currentPerson(snapshot.context).profile;
    return stage === 'sent' && sentOn === undefined ? 'sentOn' : null;
  }
  return prompt.kind === 'question' ? prompt.slot : null;
}

/** Slots of the current person that hold an answer, in the order given. */
export function answeredSlots(snapshot: Snapshot): Slot[] {
  const { profile } = currentPerson(snapshot.context);
  return snapshot.context.answered.filter((slot) => profile[slot] !== undefined);
}
