import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { authorise, type DirectLineContext, readWatermark } from './context';
import { present } from './log';

/** `GET /v3/directline/conversations/:id/activities?watermark=`: history and polling; an empty list keeps the watermark. */
export async function listActivities(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  const access = authorise(context, request);
  if ('refusal' in access) return access.refusal;
  const { conversationId } = access.bearer;
  if (!(await context.store.hasLog(conversationId))) return refuse('DIRECTLINE_UNKNOWN');
  const after = readWatermark(request.query) ?? 0;
  const logged = await context.store.readLog(conversationId, after);
  return answer(200, {
    activities: logged.map((entry) => present(conversationId, entry)),
    watermark: String(logged.at(-1)?.sequence ?? after),
  });
}
