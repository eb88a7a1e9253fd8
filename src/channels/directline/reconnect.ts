import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { authorise, type DirectLineContext, readWatermark, session } from './context';
import { lastEntry } from './log';

/**
 * `GET /v3/directline/conversations/:id?watermark=`: a new token and stream address after a lost connection. With a watermark the stream
 * replays what came after it, without one only what is new. Takes a token within its grace time, as refreshing does.
 */
export async function reconnect(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  const access = authorise(context, request, true);
  if ('refusal' in access) return access.refusal;
  const { conversationId } = access.bearer;
  if (!(await context.store.hasLog(conversationId))) return refuse('DIRECTLINE_UNKNOWN');
  const watermark = readWatermark(request.query) ?? (await lastEntry(context.store, conversationId))?.sequence ?? 0;
  return answer(200, session(context, request, access.bearer, watermark));
}
