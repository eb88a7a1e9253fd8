import { z } from 'zod';
import { Inbound } from '../../conversation/inbound';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { cleanLocale } from '../activity/activity-to-inbound';
import { greetingKey } from '../activity/inbox-key';
import { authorise, type DirectLineContext, session, showsSecret } from './context';
import { TokenUser } from './generate-token';
import { createOutlet } from './outlet';
import { type Bearer, newBearer } from './tokens';
import { setAdrift } from './without-store';

const Body = z.object({ locale: z.string().max(35).optional().catch(undefined) });

/** Lets the bot greet; the fixed activity id makes a second call harmless. */
export async function greet(
  context: DirectLineContext,
  { conversationId }: Bearer,
  locale: string | undefined,
): Promise<void> {
  try {
    await context.chronicle.prepare(conversationId);
    const fields = {
      conversationId,
      activityId: greetingKey,
      channel: 'directline',
      from: 'person',
      kind: 'joined',
      locale: cleanLocale(locale),
    };
    await context.takeTurn(Inbound.parse(fields), createOutlet(context));
  } catch (error) {
    // The conversation exists: the person can write, and is greeted then.
    context.logger.error({ code: 'DIRECTLINE_TURN', error }, 'the greeting failed');
  }
}

/**
 * `POST /v3/directline/conversations`: opens the conversation of a token (201) or finds it again (200); the stream replays it from the
 * start. The greeting is in the log before the answer.
 */
export async function startConversation(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  const body = Body.safeParse(request.body ?? {});
  if (!body.success) return refuse('DIRECTLINE_ARGUMENT');
  let bearer: Bearer;
  if (showsSecret(context, request)) {
    const user = TokenUser.safeParse(request.body ?? {});
    if (!user.success) return refuse('DIRECTLINE_ARGUMENT');
    bearer = newBearer(user.data.user?.id);
  } else {
    const access = authorise(context, request);
    if ('refusal' in access) return access.refusal;
    bearer = access.bearer;
  }
  const { store, clock } = context;
  const locale = body.data.locale ?? bearer.locale;
  try {
    const created = await store.openLog(bearer.conversationId, clock.now().toISOString());
    const silent = created || (await store.readLog(bearer.conversationId, 0, 1)).length === 0;
    if (silent) await greet(context, bearer, locale);
    return answer(created ? 201 : 200, session(context, request, bearer, 0));
  } catch (error) {
    if (!context.standIn) throw error;
    context.logger.error({ code: 'DIRECTLINE_TURN', error }, 'a conversation could not be opened');
    setAdrift(context, bearer.conversationId, cleanLocale(locale));
    return answer(201, session(context, request, bearer, 0));
  }
}
