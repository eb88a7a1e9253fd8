import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Inbound, longestText } from '../../conversation/inbound';
import type { LoggedActivity } from '../../conversation/ports';
import type { Reply } from '../../conversation/reply';
import { CodedError } from '../../errors';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { ActivityInvalid, activityToInbound } from '../activity/activity-to-inbound';
import { greetingKey, inboxKey } from '../activity/inbox-key';
import { authorise, type DirectLineContext, readBearer } from './context';
import { showLive } from './live';
import { activityId, type LogEntry, pageEntries } from './log';
import { createOutlet, type EchoOf, echoActivity, readChannelData } from './outlet';
import type { Bearer } from './tokens';
import { answerLive } from './without-store';

const Posted = z.object({ type: z.string(), name: z.string().max(200).optional().catch(undefined) });

/** The id that the client gave its message, if it can be one. */
function givenId(channelData: unknown): string | undefined {
  const { clientActivityID: id } = (channelData ?? {}) as { clientActivityID?: unknown };
  return typeof id === 'string' && id !== '' && id.length <= 100 ? id : undefined;
}

/** An event goes back to the windows that are open (its sender waits for that) and is not kept. */
function echoLive(context: DirectLineContext, bearer: Bearer, activity: Record<string, unknown>): string {
  const { conversationId, user } = bearer;
  return showLive(context, conversationId, { ...activity, from: { id: user, role: 'user' } });
}

/** The id of a message that was delivered a second time: the one it got the first time. */
async function earlierId({ store }: DirectLineContext, inbound: Inbound): Promise<string> {
  const { conversationId, activityId: key } = inbound;
  let after = 0;
  for (;;) {
    const page = await store.readLog(conversationId, after, pageEntries);
    const first = page.find(({ activity }) => (activity as LogEntry).key === key);
    const last = page.at(-1);
    if (first || !last) return activityId(conversationId, first?.sequence ?? 0);
    after = last.sequence;
  }
}

/**
 * Answers without a turn: echo and reply go to the log and the windows like any others. When that has just been done, only the echo goes
 * back: a flood must not fill the log.
 */
async function answerAside(
  context: DirectLineContext,
  bearer: Bearer,
  inbound: Inbound,
  echo: EchoOf,
  reply: Reply,
): Promise<string> {
  const { store, mask, clock, keepsAside } = context;
  const id = inbound.conversationId;
  const personText = mask(inbound.text.slice(0, longestText));
  if (!keepsAside(id)) return echoLive(context, bearer, echoActivity(inbound, echo, personText, mask));
  const outlet = createOutlet(context, echo);
  const logged = await store.appendLog(id, outlet.record(inbound, reply, personText).log, clock.now().toISOString());
  outlet.delivered(inbound, logged);
  return activityId(id, logged[0]?.sequence ?? 0);
}

async function takeMessage(
  context: DirectLineContext,
  bearer: Bearer,
  inbound: Inbound,
  echo: EchoOf,
  address: string,
): Promise<string> {
  await context.chronicle.prepare(inbound.conversationId);
  const slower = context.slowDown?.(inbound.conversationId, address, inbound.locale) ?? null;
  if (slower) return answerAside(context, bearer, inbound, echo, slower);
  let logged: LoggedActivity[] = [];
  const outlet = createOutlet(context, echo);
  await context.takeTurn(inbound, {
    ...outlet,
    delivered: (delivered, entries) => {
      logged = entries;
      outlet.delivered(delivered, entries);
    },
  });
  const [first] = logged;
  return first ? activityId(inbound.conversationId, first.sequence) : earlierId(context, inbound);
}

/** Whether the conversation has a log; one that was opened while the store was gone gets it now. True while the store is gone. */
async function isOpen(context: DirectLineContext, conversationId: string): Promise<boolean> {
  const { store, adrift, chronicle, clock, standIn } = context;
  if (chronicle.isRecent(conversationId) && !adrift.has(conversationId)) return true;
  try {
    if (await store.hasLog(conversationId)) return true;
    if (!adrift.delete(conversationId)) return false;
    await store.openLog(conversationId, clock.now().toISOString());
  } catch (error) {
    if (!standIn) throw error;
  }
  return true;
}

/**
 * `POST /v3/directline/conversations/:id/activities`: one message of a person. Answers when the turn is stored. Who sent it is what the
 * token says, never what the body says; the client's own id of the message makes a repeated delivery harmless.
 */
export async function postActivity(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  // Only a message is never refused: a client would lose it.
  const access = (request.body?.type === 'message' ? readBearer : authorise)(context, request);
  if ('refusal' in access) return access.refusal;
  const { bearer } = access;
  const { conversationId, user } = bearer;
  if (!(await isOpen(context, conversationId))) return refuse('DIRECTLINE_UNKNOWN');
  const posted = Posted.safeParse(request.body);
  if (!posted.success) return refuse('ACTIVITY_INVALID');
  const channelData = readChannelData(request.body?.channelData, context.mask);
  const given = givenId(request.body?.channelData);
  const key = given === undefined ? `in:${randomUUID()}` : inboxKey(context.idSecret, given);
  let inbound: Inbound | null = null;
  try {
    inbound = activityToInbound(request.body, { conversationId, activityId: key, channel: 'directline' });
    if (inbound && inbound.kind !== 'joined') {
      const id = await takeMessage(context, bearer, inbound, { user, channelData }, request.address);
      return answer(200, { id });
    }
    if (inbound && !context.slowDown?.(conversationId, request.address, inbound.locale)) {
      await context.chronicle.prepare(conversationId);
      await context.takeTurn({ ...inbound, activityId: greetingKey }, createOutlet(context));
    }
    const { type, name } = posted.data;
    if (type !== 'event') return answer(200, { id: activityId(conversationId, 0) });
    return answer(200, { id: echoLive(context, bearer, { type, name, channelData }) });
  } catch (error) {
    if (error instanceof ActivityInvalid) return refuse('ACTIVITY_INVALID');
    const code = error instanceof CodedError ? error.code : 'DIRECTLINE_TURN';
    context.logger.error({ code, error }, 'a message could not be stored');
    const id = inbound && (await answerLive(context, inbound, { user, channelData }));
    return id ? answer(200, { id }) : refuse(code);
  }
}
