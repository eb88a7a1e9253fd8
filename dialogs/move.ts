import { initialTransition, transition } from 'xstate';
import type { ConversationMachine } from './conversation.machine';
import { type Effect, type EffectType, effectTypes } from './effects';
import type { ConversationEvent } from './events';

/** A machine at rest. */
export type Snapshot = ReturnType<typeof initialTransition<ConversationMachine>>[0];

const isEffect = (action: { type: string }): boolean => effectTypes.includes(action.type as EffectType);
function saysSomething(effect: Effect): boolean {
  if (effect.type === 'answer.changed') return effect.params.slots.length > 0;
  return effect.type !== 'question.missed' || effect.params.asks || effect.params.keeps;
}

/** A conversation that has just begun. */
export function begin(machine: ConversationMachine): Snapshot {
  return initialTransition(machine)[0];
}

/** Applies events in order; gives the machine at rest and the effects as data. The only caller of `transition()`. */
export function move(
  machine: ConversationMachine,
  from: Snapshot,
  events: ConversationEvent[],
): { snapshot: Snapshot; effects: Effect[] } {
  let snapshot = from;
  const effects: Effect[] = [];
  for (const event of events) {
    const [next, actions] = transition(machine, snapshot, event);
    if (next.status === 'error') throw next.error;
    snapshot = next;
    for (const action of actions) {
      if (!isEffect(action)) continue;
      const { type, params } = action as { type: EffectType; params?: unknown };
      const effect = (params === undefined ? { type } : { type, params }) as Effect;
      if (saysSomething(effect)) effects.push(effect);
    }
  }
  return { snapshot, effects };
}
