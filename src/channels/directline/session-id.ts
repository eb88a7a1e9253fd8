import { answer, type HttpReply, type HttpRequest } from '../../http';
import { authorise, type DirectLineContext } from './context';

/** `GET /v3/directline/session/getsessionid`: only sign-in cards would use it; clients ask anyway. */
export function sessionId(context: DirectLineContext, request: HttpRequest): HttpReply {
  const access = authorise(context, request);
  return 'refusal' in access ? access.refusal : answer(200, { sessionId: access.bearer.conversationId });
}
