import { z } from 'zod';
import { hashReturnCode } from '../../conversation/return-code';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { type DirectLineContext, grant } from './context';
import { type Bearer, newBearer } from './tokens';

const Body = z.object({
  locale: z.string().max(35).optional(),
  code: z.string().max(100).optional(),
  /** Token of the forms of a page: the conversation goes on here. */
  form: z.string().max(2000).optional(),
});

/** Whose form it is; null for a token that is none of ours, or too old. */
export function bearerOfForm({ tokens }: DirectLineContext, token: string): Bearer | null {
  const begun = tokens.read(token);
  const read = begun.state === 'bad' ? tokens.readOffer(token) : begun;
  return read.state === 'valid' || read.state === 'expired' ? read.bearer : null;
}

/** The conversation that a return code leads back to, for somebody new in it, and its language; null when it leads to none. */
export async function bearerOfCode(
  { store }: DirectLineContext,
  code: string,
  locale?: string,
): Promise<{ bearer: Bearer; language: string } | null> {
  const hash = hashReturnCode(code);
  const handoff = hash === null ? null : await store.desk.handoffByReturn(hash);
  if (!handoff || !(await store.hasLog(handoff.conversationId))) return null;
  const bearer = { ...newBearer(undefined, locale), conversationId: handoff.conversationId };
  return { bearer, language: handoff.language };
}

/**
 * `POST /api/directline/token`: a token for a new conversation, for pages that may hold the chat; with a return code for the one that it
 * leads back to, with the token of a form for the one that was begun with forms. No secret; limited by address, wrong codes too.
 */
export async function publicToken(context: DirectLineContext, request: HttpRequest): Promise<HttpReply> {
  if (!context.origins.allowed(request.headers)) return refuse('DIRECTLINE_ORIGIN');
  const body = Body.safeParse(request.body ?? {});
  if (!body.success) return refuse('DIRECTLINE_ARGUMENT');
  const wait = context.limitTokens?.(request.address) ?? 0;
  if (wait > 0) return refuse('HTTP_LIMIT', { 'Retry-After': String(wait) });
  const { code, locale, form } = body.data;
  if (code !== undefined) {
    const found = await bearerOfCode(context, code, locale);
    return found
      ? answer(200, { ...grant(context, found.bearer), language: found.language })
      : refuse('DIRECTLINE_CODE');
  }
  const bearer = form === undefined ? null : bearerOfForm(context, form);
  return answer(200, grant(context, bearer ?? newBearer(undefined, locale)));
}
