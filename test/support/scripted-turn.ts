import type { Inbound } from '../../src/conversation/inbound';
import type { ConversationStore, TakeTurn } from '../../src/conversation/ports';
import type { Reply } from '../../src/conversation/reply';

/** A conversation with a fixed script over a real store: handled ids, revisions and the log are as in a real turn. */
export function scriptedTurn(options: {
  store: ConversationStore;
  script(inbound: Inbound): Reply;
  mask?(text: string): string;
  now?(): Date;
}): TakeTurn {
  const { store, script, mask = (text) => text, now = () => new Date() } = options;
  return async (inbound, outlet) => {
    const known = await store.handledReply(inbound.conversationId, inbound.activityId);
    if (known) return known;
    const reply = script(inbound);
    const result = await store.commit({
      conversationId: inbound.conversationId,
      channel: inbound.channel,
      expectedRevision: (await store.load(inbound.conversationId))?.revision ?? 0,
      activityId: inbound.activityId,
      saved: {},
      reply,
      transcript: [],
      ...outlet.record(inbound, reply, mask(inbound.text)),
      at: now().toISOString(),
    });
    if (result.ok) outlet.delivered(inbound, result.logged);
    return reply;
  };
}
