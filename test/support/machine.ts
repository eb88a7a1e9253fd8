import { join } from 'node:path';
import { createConversationMachine } from '../../dialogs/conversation.machine';
import type { Effect } from '../../dialogs/effects';
import type { ConversationEvent, Stamp } from '../../dialogs/events';
import { begin, move, type Snapshot } from '../../dialogs/move';
import { loadRulebook } from '../../src/library/load-rulebook';

export const { rulebook } = loadRulebook(join(__dirname, '..', '..', 'content'));
export const machine = createConversationMachine(rulebook);
export const stamp: Stamp = { at: '2026-05-04T08:00:00.000Z', today: '2026-05-04' };

type Bare<E> = E extends ConversationEvent ? Omit<E, keyof Stamp> : never;
/** An event without its stamp. */
export type Happening = Bare<ConversationEvent>;

/** Name of the state at rest, `asking.permit`. */
export function stateOf(snapshot: Snapshot): string {
  const names: string[] = [];
  let value: unknown = snapshot.value;
  while (value && typeof value === 'object') {
    const [key, rest] = Object.entries(value)[0] as [string, unknown];
    names.push(key);
    value = rest;
  }
  return [...names, value].join('.');
}

export type Played = { snapshot: Snapshot; state: string; effects: Effect[] };

/** Plays events from a beginning; gives the state at rest and all effects. */
export function play(events: Happening[], from: Snapshot = begin(machine)): Played {
  const { snapshot, effects } = move(
    machine,
    from,
    events.map((event) => ({ ...event, ...stamp }) as ConversationEvent),
  );
  return { snapshot, effects, state: stateOf(snapshot) };
}

/** Answers, as events. */
export const answers = (...profiles: Extract<Happening, { type: 'user.answered' }>['answers'][]): Happening[] =>
  profiles.map((profile) => ({ type: 'user.answered', answers: profile }));
