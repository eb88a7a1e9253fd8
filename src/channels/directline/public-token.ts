import { z } from 'zod';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { type DirectLineContext, grant } from './context';
import { newBearer } from './tokens';

const Body = z.object({ locale: z.string().max(35).optional() });

/** `POST /api/directline/token`: a token for a new conversation, for pages that may hold the chat. No secret; limited by address. */
export function publicToken(context: DirectLineContext, request: HttpRequest): HttpReply {
  if (!context.origins.allowed(request.headers)) return refuse('DIRECTLINE_ORIGIN');
  const body = Body.safeParse(request.body ?? {});
  if (!body.success) return refuse('DIRECTLINE_ARGUMENT');
  const wait = context.limitTokens?.(request.address) ?? 0;
  if (wait > 0) return refuse('HTTP_LIMIT', { 'Retry-After': String(wait) });
  return answer(200, grant(context, newBearer(undefined, body.data.locale)));
}
