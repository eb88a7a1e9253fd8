import { randomUUID } from 'node:crypto';
import { type Inbound, longestText } from '../../conversation/inbound';
import type { Reply } from '../../conversation/reply';
import type { DirectLineContext } from './context';
import { showLive } from './live';
import { bot } from './log';
import { botActivities, type EchoOf, echoActivity } from './outlet';

/** Most conversations remembered that were opened while the store was gone. */
const mostAdrift = 10_000;

/** Remembers a conversation whose log could not be opened; it is opened with the first message that can be stored. */
export function setAdrift({ adrift }: DirectLineContext, conversationId: string, locale: string | undefined): void {
  if (adrift.size < mostAdrift) adrift.set(conversationId, locale);
}

/** Shows a reply in the open windows; it is part of no history. */
function sayLive(context: DirectLineContext, conversationId: string, reply: Reply): void {
  for (const activity of botActivities(reply))
    showLive(context, conversationId, { ...activity, from: bot }, context.chronicle.next(conversationId));
}

/**
 * Answers a message that cannot be stored: it and the answer go to the open windows and nowhere else. Gives the id of the message; null
 * when the store answers after all, or nobody stands in.
 */
export async function answerLive(context: DirectLineContext, inbound: Inbound, echo: EchoOf): Promise<string | null> {
  const { chronicle, mask } = context;
  const { conversationId } = inbound;
  const reply = await context.standIn?.(inbound);
  if (!reply) return null;
  const activity = echoActivity(inbound, echo, mask(inbound.text.slice(0, longestText)), mask);
  const shown = { ...activity, from: { id: echo.user, role: 'user' } };
  const id = showLive(context, conversationId, shown, chronicle.next(conversationId));
  sayLive(context, conversationId, reply);
  return id;
}

/** Says to a window that has just opened how things stand, when its conversation could not be opened. */
export async function greetLive(context: DirectLineContext, conversationId: string): Promise<void> {
  const meta = { conversationId, activityId: `live:${randomUUID()}`, channel: 'directline' };
  const locale = context.adrift.get(conversationId);
  const reply = await context.standIn?.({ ...meta, from: 'person', kind: 'joined', text: '', locale });
  if (reply) sayLive(context, conversationId, reply);
}
