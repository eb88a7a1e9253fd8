import { z } from 'zod';
import { isMeantAsResumeCode } from '../../conversation/resume-code';
import type { HttpRequest } from '../../http';
import { ActivityInvalid, activityToInbound } from '../activity/activity-to-inbound';
import { createOutlet } from '../directline/outlet';
import { bearerOfCode, bearerOfForm } from '../directline/public-token';
import { greet } from '../directline/start-conversation';
import type { Bearer } from '../directline/tokens';
import type { PlainContext } from './context';
import { allButtons } from './draw-activity';
import { menuOf } from './draw-page';
import { readSince, readView, type View } from './view';

/** Fields of our forms: which conversation, how much of it the page showed, and what was pressed or written. */
const Form = z.object({
  token: z.string().max(2000),
  seen: z.coerce.number().int().min(0).max(1e12),
  text: z.string().optional(),
  choose: z.string().max(300).optional(),
  code: z.string().max(100).optional(),
});
type Form = z.infer<typeof Form>;

/** A form with the conversation it belongs to. */
type Sent = { form: Form; bearer: Bearer; language: string; address: string };

/** What was typed, without the line ends that browsers make. */
const typedIn = ({ text, code = '' }: Form): string => (text ?? code).replace(/\r\n?/g, '\n').trim();

/** The words on the button that sends a value: as the conversation shows it, or of our menus. */
function titleOf(context: PlainContext, view: Pick<View, 'now' | 'earlier'>, { form, language }: Sent): string {
  const buttons = [view.now, ...view.earlier].flatMap(({ said }) => said.flatMap(allButtons));
  const menu = Object.values(menuOf(context.drawingIn(language)));
  const languages = context.languages.map(({ code, name }) => ({ title: name, value: `lang=${code}` }));
  return [...buttons, ...menu, ...languages].find(({ value }) => value === form.choose)?.title ?? '';
}

/** The conversation as it stands now. */
async function present({ line }: PlainContext, { bearer, language }: Sent): Promise<View> {
  const view = await readView(line.store, bearer.conversationId);
  return { ...view, token: line.tokens.issue(bearer), language: view.language ?? language };
}

/** Takes what was pressed or written down the road. A form is known by what it had seen: sent twice, it is one message. */
async function speak(context: PlainContext, sent: Sent, begun: boolean): Promise<void> {
  const { line } = context;
  const { form, bearer, language } = sent;
  const { conversationId, user } = bearer;
  if (!begun) {
    await line.store.openLog(conversationId, line.clock.now().toISOString());
    await greet(line, bearer, language);
  }
  const title = form.choose === undefined ? '' : titleOf(context, await readView(line.store, conversationId), sent);
  const content = form.choose === undefined ? { text: typedIn(form) } : { text: title, value: { choose: form.choose } };
  const meta = { conversationId, activityId: `form:${form.seen}`, channel: 'plain', locale: language };
  const inbound = activityToInbound({ type: 'message', ...content }, meta);
  if (inbound === null) return;
  const channelData = title === '' ? {} : { messageBack: { displayText: title } };
  await line.chronicle.prepare(conversationId);
  await line.takeTurn(inbound, createOutlet(line, { user, channelData }));
}

/** Why a message is not taken now, in the person's words; null when it is. */
function slowed({ line, drawingIn }: PlainContext, { bearer, language, address }: Sent, begun: boolean): string | null {
  if (!begun && (line.limitTokens?.(address) ?? 0) > 0) return drawingIn(language).t('errors:tooFast');
  const reply = line.slowDown?.(bearer.conversationId, address, language);
  return reply ? reply.bubbles.map(({ text }) => text).join('\n') : null;
}

/** The conversation that a return code leads to, or this one with the news that there is none. */
async function comeBack(context: PlainContext, sent: Sent, begun: boolean): Promise<View> {
  const { line, freshView, drawingIn } = context;
  const { form, language, address } = sent;
  const here = async (notice: string) =>
    begun ? { ...(await present(context, sent)), notice } : freshView(language, notice);
  const { t } = drawingIn(language);
  if ((line.limitTokens?.(address) ?? 0) > 0) return here(t('errors:tooFast'));
  const found = await bearerOfCode(line, form.code ?? '', language);
  return found ? present(context, { ...sent, ...found }) : here(t('page:codeUnknown'));
}

/** What a form of ours leads to. */
async function takeForm(context: PlainContext, sent: Sent): Promise<View> {
  const { line, freshView, drawingIn } = context;
  const { form, bearer, language } = sent;
  const { t } = drawingIn(language);
  const begun = await line.store.hasLog(bearer.conversationId);
  // A code that holds the answers is a message like any other.
  if (form.code !== undefined && !isMeantAsResumeCode(form.code)) return comeBack(context, sent, begun);
  if (!begun && form.seen > 0) return freshView(language, t('page:startedAfresh'));
  const typed = typedIn(form);
  if (form.choose === undefined && typed === '') return begun ? present(context, sent) : freshView(language);
  if (begun) {
    const since = await readSince(line.store, bearer.conversationId, form.seen);
    const same = since.some(
      ({ key, value, text }) =>
        key === `form:${form.seen}` && (form.choose === undefined ? text === line.mask(typed) : value === form.choose),
    );
    if (same) return present(context, sent);
    if (since.length > 0) return { ...(await present(context, sent)), notice: t('plain:stale'), typed };
  }
  const slow = slowed(context, sent, begun);
  const now = () => (begun ? present(context, sent) : freshView(language));
  if (slow !== null) return { ...(await now()), notice: slow, typed };
  await speak(context, sent, begun);
  return present(context, sent);
}

/** What is said while the store is gone; null when it answers after all. */
async function standInText({ line }: PlainContext, { form, bearer, language }: Sent): Promise<string | null> {
  const meta = { conversationId: bearer.conversationId, activityId: `form:${form.seen}`, channel: 'plain' };
  const wish =
    form.choose === undefined ? { kind: 'message' as const } : { kind: 'choice' as const, value: form.choose };
  const reply = await line.standIn?.({ ...meta, ...wish, from: 'person', text: typedIn(form), locale: language });
  return reply ? reply.bubbles.map(({ text }) => text.replaceAll('**', '')).join('\n\n') : null;
}

/** The page that follows a posted form; nothing that is sent makes it fail. */
export async function answerForm(
  context: PlainContext,
  request: HttpRequest,
  preferred: string,
): Promise<{ view: View; status?: number }> {
  const { line, freshView, drawingIn } = context;
  const { origin, 'sec-fetch-site': site } = request.headers;
  // Another page could send its visitors into a conversation that its owner reads along with.
  const foreign = !line.origins.allowed(request.headers) || (origin === undefined && site === 'cross-site');
  if (foreign) return { view: freshView(preferred), status: 403 };
  const form = Form.safeParse(request.body ?? {});
  const bearer = form.success ? bearerOfForm(line, form.data.token) : null;
  if (!form.success || bearer === null)
    return { view: freshView(preferred, drawingIn(preferred).t('page:startedAfresh')) };
  const language = bearer.locale ?? preferred;
  const sent = { form: form.data, bearer, language, address: request.address };
  try {
    return { view: await takeForm(context, sent) };
  } catch (error) {
    if (!(error instanceof ActivityInvalid))
      line.logger.error({ code: 'DIRECTLINE_TURN', error }, 'a form was not taken');
    const notice = (await standInText(context, sent)) ?? drawingIn(language).t('errors:apology');
    const now = { person: null, said: [] };
    const { token, seen } = form.data;
    const view = { token, seen, language, now, earlier: [], waiting: false, notice, typed: typedIn(form.data) };
    return { view, status: 503 };
  }
}
