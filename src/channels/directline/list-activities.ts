import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { authorise, type DirectLineContext, readWatermark } from './context';
import { pageEntries, present } from './log';

/**
 * `GET /v3/directline/conversations/:id/activities?watermark=`: history and polling, a page at a time: who gets some asks again from
 * the watermark. An empty list keeps the watermark.
 */
export async function listActivities(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  const access = authorise(context, request);
  if ('refusal' in access) return access.refusal;
  const { conversationId } = access.bearer;
  if (!(await context.store.hasLog(conversationId))) return refuse('DIRECTLINE_UNKNOWN');
  const after = readWatermark(request.query) ?? 0;
  const logged = await context.store.readLog(conversationId, after, pageEntries);
  return answer(200, {
    activities: logged.map((entry) => present(conversationId, entry)),
    watermark: String(logged.at(-1)?.sequence ?? after),
  });
}
