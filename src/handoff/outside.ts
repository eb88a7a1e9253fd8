import type { DeskEvent } from '../../dialogs/events';
import type { ConversationStore } from '../conversation/ports';
import type { Relay } from './relay';

/** What a hub of advisers outside the program says of a request (the Bot Framework's `handoff.status`). */
export type OutsideStatus = {
  conversationId: string;
  /** Inbox key of the activity: given twice, it is carried out once. */
  activityId: string;
  state: 'accepted' | 'failed' | 'completed';
};

/** Stands for whoever of the hub holds a conversation. */
const hub = 'outside';

const events: Record<OutsideStatus['state'], DeskEvent> = {
  accepted: { type: 'adviser.claimed' },
  failed: { type: 'adviser.failed' },
  completed: { type: 'adviser.returned' },
};

/** Drives the machine by what a hub outside says; what fits no open request is dropped. */
export const createOutside =
  ({ store, relay }: { store: Pick<ConversationStore, 'desk'>; relay: Relay }) =>
  async ({ conversationId, activityId, state }: OutsideStatus): Promise<void> => {
    const handoff = await store.desk.handoffOf(conversationId);
    if (!handoff || handoff.state === 'closed') return;
    const adviser = state === 'failed' ? null : hub;
    await relay(handoff, `outside ${activityId}`, { adviser, version: null, event: events[state] });
  };
