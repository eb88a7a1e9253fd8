import { currentPerson } from '../../dialogs/context';
import type { Effect } from '../../dialogs/effects';
import { save } from '../../dialogs/saved';
import type { HandoffStep } from './handoff-ports';
import { requestId, stageOf } from './handoff-steps';
import type { Inbound } from './inbound';
import { choicesIn } from './offered';
import {
  CameTooLate,
  type HandoffRequest,
  type Metrics,
  type Outlet,
  type StoredConversation,
  type TranscriptLine,
} from './ports';
import { hiddenCode, missedOf } from './privacy';
import { reminderSteps } from './reminders';
import type { Reply } from './reply';
import type { ThoughtTurn, TurnDeps } from './turn';

/** Counts what was said of articles, after the commit: a turn that ran twice or came twice counts once. */
function countRatings(metrics: Metrics, effects: Effect[], language: string): void {
  for (const effect of effects) {
    if (effect.type !== 'article.rated' || !effect.params.counts) continue;
    metrics.useful({ article: effect.params.topic, language, useful: effect.params.useful });
  }
}

/**
 * Step 9: one commit of everything the turn changes. An activity that was handled before changes nothing and gets its reply
 * again; null when the race was lost and the turn must run again.
 */
export async function commitTurn(
  deps: TurnDeps,
  inbound: Inbound,
  outlet: Outlet,
  stored: StoredConversation | null,
  outcome: ThoughtTurn,
): Promise<Reply | null> {
  const { store, library, clock } = deps;
  const { snapshot, reply, effects, personText, steps } = outcome;
  const { requested } = snapshot.context;
  const at = clock.now().toISOString();
  const forgets = effects.some(({ type }) => type === 'conversation.forgotten');
  if (forgets) {
    const handled = await store.handledReply(inbound.conversationId, inbound.activityId);
    if (handled) return handled;
    await store.erase(inbound.conversationId);
  }
  const transcript = forgets ? [] : linesOf(inbound, outcome, at);
  const request = await requestOf(deps, inbound, outcome, transcript);
  const { log, outbox, reference } = outlet.record(inbound, reply, forgets ? '' : personText, request);
  const result = await store.commit({
    conversationId: inbound.conversationId,
    channel: inbound.channel,
    expectedRevision: forgets ? 0 : (stored?.revision ?? 0),
    activityId: inbound.activityId,
    saved: save(snapshot, library.hash, outlet.typesChoices ? choicesIn(reply) : undefined),
    reply: log.length + outbox.length > 0 ? { ...reply, bubbles: [], choices: [] } : reply,
    transcript,
    log,
    outbox,
    handoff: steps,
    ...referenceOf(requested, steps, reference),
    missed: await missedOf(store, inbound, outcome.effects, outcome.heard.text, reply.language),
    reminders: reminderSteps(inbound, outlet, effects, reference, reply.language),
    at,
  });
  if (!result.ok) {
    if (result.reason === 'lost') throw new CameTooLate();
    return store.handledReply(inbound.conversationId, inbound.activityId);
  }
  countRatings(deps.metrics, effects, reply.language);
  outlet.delivered(inbound, result.logged);
  if (steps.length > 0 || forgets) deps.desk?.changed(inbound.conversationId, steps);
  return reply;
}

/** The address of the person is kept while somebody is asked for, and goes when that ends. */
function referenceOf(requested: boolean, steps: HandoffStep[], reference: unknown): { reference?: unknown } {
  if (requested) return reference === undefined ? {} : { reference };
  return steps.length > 0 ? { reference: null } : {};
}

/** The transcript of one turn: what was heard, then what was said. */
function linesOf(inbound: Inbound, { reply, heard, codes }: ThoughtTurn, at: string): TranscriptLine[] {
  const { language } = reply;
  const said = reply.bubbles.map(({ text, card, by }): TranscriptLine => {
    const shown = text || (card?.title ?? '');
    const words = codes.reduce((text, code) => text.replaceAll(code, hiddenCode), shown);
    const articles = reply.articles.length > 0 ? { articles: reply.articles } : {};
    return { at, from: by ? 'adviser' : 'bot', language, text: words, ...articles };
  });
  const listened = inbound.from === 'person' && heard.text !== '';
  return listened ? [{ at, from: 'person', language, ...heard }, ...said] : said;
}

/** What a hub of advisers outside is told when somebody is asked for. */
async function requestOf(
  { store }: TurnDeps,
  inbound: Inbound,
  { snapshot, reply, steps }: ThoughtTurn,
  lines: TranscriptLine[],
): Promise<HandoffRequest | undefined> {
  const opened = steps.find((step) => step.do === 'open');
  if (!opened) return undefined;
  const { context } = snapshot;
  return {
    id: requestId(inbound),
    language: reply.language,
    reason: opened.reason,
    stage: stageOf(context),
    facts: currentPerson(context).profile,
    transcript: [...(await store.transcript(inbound.conversationId)), ...lines],
  };
}
