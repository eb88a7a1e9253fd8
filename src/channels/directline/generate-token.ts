import { z } from 'zod';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { type DirectLineContext, grant, showsSecret } from './context';
import { newBearer } from './tokens';

/** Whom a server makes a token for; an id in a token starts with `dl_`. */
export const TokenUser = z.object({
  user: z.object({ id: z.string().startsWith('dl_').max(100).optional() }).optional(),
});

/** `POST /v3/directline/tokens/generate`: a token for another server that holds the configured secret. */
export function generateToken(context: DirectLineContext, request: HttpRequest): HttpReply {
  if (!showsSecret(context, request)) return refuse('DIRECTLINE_SECRET');
  const body = TokenUser.safeParse(request.body ?? {});
  if (!body.success) return refuse('DIRECTLINE_ARGUMENT');
  return answer(200, grant(context, newBearer(body.data.user?.id)));
}
