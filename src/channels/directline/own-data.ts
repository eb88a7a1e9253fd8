import { answer, type HttpReply, type HttpRequest } from '../../http';
import { authorise, type DirectLineContext } from './context';
import { type LogEntry, pageEntries } from './log';

/** Every message of a conversation as it is kept. */
async function readAll({ store }: DirectLineContext, conversationId: string): Promise<unknown[]> {
  const messages: unknown[] = [];
  let after = 0;
  for (;;) {
    const page = await store.readLog(conversationId, after, pageEntries);
    for (const { activity } of page) {
      const { from, at, activity: said } = activity as LogEntry;
      messages.push({ from, at, ...said });
    }
    const last = page.at(-1);
    if (!last) return messages;
    after = last.sequence;
  }
}

/**
 * `GET /api/directline/data`: everything that is kept of the caller's conversation, as a file: answers, transcript, messages, and the
 * request for an adviser without who answered it.
 */
export async function ownData(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  const access = authorise(context, request);
  if ('refusal' in access) return access.refusal;
  const { store } = context;
  const { conversationId } = access.bearer;
  const [stored, transcript, messages, handoff] = await Promise.all([
    store.load(conversationId),
    store.transcript(conversationId),
    readAll(context, conversationId),
    store.desk.handoffOf(conversationId),
  ]);
  const { state, reason, requestedAt, closedAt, helped, helpReason } = handoff ?? {};
  const body = {
    conversation: conversationId,
    changedAt: stored?.updatedAt ?? null,
    state: stored?.saved ?? null,
    transcript,
    messages,
    request: handoff ? { state, reason, requestedAt, closedAt, helped, helpReason } : null,
  };
  return answer(200, body, {
    'Content-Disposition': 'attachment; filename="guichet.json"',
    'Cache-Control': 'no-store',
  });
}
