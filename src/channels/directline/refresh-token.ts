import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { authorise, type DirectLineContext, grant } from './context';

/**
 * `POST /v3/directline/tokens/refresh`: a new token for an old one. A token that ended within the grace time is changed too while its
 * conversation lives, so that a laptop that slept goes on where it was.
 */
export async function refreshToken(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  const strict = authorise(context, request);
  if ('bearer' in strict) return answer(200, grant(context, strict.bearer));
  const lenient = authorise(context, request, true);
  if ('refusal' in lenient) return lenient.refusal;
  const lives = await context.store.hasLog(lenient.bearer.conversationId);
  return lives ? answer(200, grant(context, lenient.bearer)) : refuse('DIRECTLINE_EXPIRED');
}
