import { createHash } from 'node:crypto';
import type { Handoff } from '../conversation/handoff-ports';
import type { DeskOrder } from '../conversation/inbound';
import { CameTooLate, type ConversationStore, type TakeTurn } from '../conversation/ports';
import type { FindOutlet } from './room';

/** `done`: stored, and on its way. `lost`: the handoff has changed meanwhile. `unreachable`: the channel cannot be written to. */
export type RelayResult = 'done' | 'lost' | 'unreachable';

/** Takes an adviser's or the clock's order down the road of a message. `key`: the same order given twice is carried out once. */
export type Relay = (
  handoff: Pick<Handoff, 'id' | 'conversationId' | 'channel'>,
  key: string,
  order: Omit<DeskOrder, 'handoff'>,
) => Promise<RelayResult>;

/** Makes the relay: the same road, lock, inbox and outbox as a person's message. */
export function createRelay(deps: {
  takeTurn: TakeTurn;
  findOutlet: FindOutlet;
  store: Pick<ConversationStore, 'desk'>;
}): Relay {
  return async ({ id, conversationId, channel }, key, order) => {
    if (conversationId === '') return 'lost';
    const outlet = await deps.findOutlet(conversationId, channel, await deps.store.desk.reference(conversationId));
    if (!outlet) return 'unreachable';
    const activityId = `desk:${createHash('sha256').update(`${id}\n${key}`).digest('base64url')}`;
    const from = order.event.type.startsWith('clock.') ? 'clock' : 'adviser';
    try {
      const desk = { ...order, handoff: id };
      await deps.takeTurn({ conversationId, activityId, channel, from, kind: 'message', text: '', desk }, outlet);
      return 'done';
    } catch (error) {
      if (error instanceof CameTooLate) return 'lost';
      throw error;
    }
  };
}
