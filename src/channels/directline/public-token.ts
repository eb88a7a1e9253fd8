import { z } from 'zod';
import { hashReturnCode } from '../../conversation/return-code';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { type DirectLineContext, grant } from './context';
import { newBearer } from './tokens';

const Body = z.object({ locale: z.string().max(35).optional(), code: z.string().max(100).optional() });

/** A token for the conversation that a return code leads back to, with its language. */
async function returningToken(context: DirectLineContext, code: string, locale?: string): Promise<HttpReply> {
  const hash = hashReturnCode(code);
  const handoff = hash === null ? null : await context.store.desk.handoffByReturn(hash);
  if (!handoff || !(await context.store.hasLog(handoff.conversationId))) return refuse('DIRECTLINE_CODE');
  const bearer = { ...newBearer(undefined, locale), conversationId: handoff.conversationId };
  return answer(200, { ...grant(context, bearer), language: handoff.language });
}

/**
 * `POST /api/directline/token`: a token for a new conversation, for pages that may hold the chat; with a return code for the one that it
 * leads back to. No secret; limited by address, wrong codes too.
 */
export async function publicToken(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  if (!context.origins.allowed(request.headers)) return refuse('DIRECTLINE_ORIGIN');
  const body = Body.safeParse(request.body ?? {});
  if (!body.success) return refuse('DIRECTLINE_ARGUMENT');
  const wait = context.limitTokens?.(request.address) ?? 0;
  if (wait > 0) return refuse('HTTP_LIMIT', { 'Retry-After': String(wait) });
  const { code, locale } = body.data;
  if (code !== undefined) return returningToken(context, code, locale);
  return answer(200, grant(context, newBearer(undefined, locale)));
}
