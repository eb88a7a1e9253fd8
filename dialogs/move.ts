import { type ActorScope, createActor, type SnapshotFrom } from 'xstate';
import type { ConversationMachine } from './conversation.machine';
import { type Effect, type EffectType, effectTypes } from './effects';
import type { ConversationEvent } from './events';

/** A machine at rest. */
export type Snapshot = SnapshotFrom<ConversationMachine>;

type Scope = ActorScope<Snapshot, ConversationEvent>;

const isEffect = (action: { type: string }): boolean => effectTypes.includes(action.type as EffectType);
function saysSomething(effect: Effect): boolean {
  if (effect.type === 'answer.changed') return effect.params.slots.length > 0;
  return effect.type !== 'question.missed' || effect.params.asks || effect.params.keeps;
}

const scopes = new WeakMap<ConversationMachine, Scope>();
const nothing = () => {};

/**
 * What transitions are carried out in: an actor that never starts, one for each machine. The library's own `transition()` makes one
 * for every event, with weak maps, which cost the garbage collector more than the event costs.
 */
function scopeOf(machine: ConversationMachine): Scope {
  const known = scopes.get(machine);
  if (known) return known;
  const self = createActor(machine);
  const made: Scope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  };
  scopes.set(machine, made);
  return made;
}

/** A conversation that has just begun. */
export const begin = (machine: ConversationMachine): Snapshot => scopeOf(machine).self.getSnapshot();

/** Applies events in order; gives the machine at rest and the effects as data. The only caller of the machine's `transition()`. */
export function move(
  machine: ConversationMachine,
  from: Snapshot,
  events: ConversationEvent[],
): { snapshot: Snapshot; effects: Effect[] } {
  let snapshot = from;
  const effects: Effect[] = [];
  const actionExecutor: Scope['actionExecutor'] = (action) => {
    if (!isEffect(action)) return;
    const { type, params } = action as { type: EffectType; params?: unknown };
    const effect = (params === undefined ? { type } : { type, params }) as Effect;
    if (saysSomething(effect)) effects.push(effect);
  };
  const scope = { ...scopeOf(machine), actionExecutor };
  for (const event of events) {
    snapshot = machine.transition(snapshot, event, scope);
    if (snapshot.status === 'error') throw snapshot.error;
  }
  return { snapshot, effects };
}
