import { currentPerson } from '../../dialogs/context';
import type { ConversationMachine } from '../../dialogs/conversation.machine';
import type { Effect } from '../../dialogs/effects';
import type { ConversationEvent } from '../../dialogs/events';
import { begin, move, type Snapshot } from '../../dialogs/move';
import { offeredIn, save, wake } from '../../dialogs/saved';
import { fallbackLanguage, type Words } from '../library/i18n';
import { type Library, liveLanguages } from '../library/library';
import { stamped } from '../nlu/to-events';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import { apology } from './apology';
import type { AdviserDesk, HandoffStep } from './handoff-ports';
import { requestId, stageOf, stepsOf } from './handoff-steps';
import { type Inbound, longestText } from './inbound';
import { matchLocale } from './match-locale';
import { asPress, choicesIn } from './offered';
import { stampAt } from './paris-day';
import {
  type Clock,
  type ConversationStore,
  HandoffLost,
  type HandoffRequest,
  type Logger,
  type Metrics,
  type Outlet,
  type Ranker,
  type StoredConversation,
  type TakeTurn,
  type Tracer,
  type TranscriptLine,
  untraced,
} from './ports';
import { hiddenCode, keptScene, missedOf, type ResumeDeps, resumeScene } from './privacy';
import { readInbound, wordsOf } from './read-inbound';
import { reminderSteps, remindersScene } from './reminders';
import { render } from './render';
import { offReply } from './render-off';
import type { Reply } from './reply';
import { makeReturnCode } from './return-code';
import type { Scene } from './scene';
import type { Off, Switches } from './switches';
import { createTurnLock } from './turn-lock';

export type TurnDeps = {
  /** What operators have switched off; absent: nothing ever is. */
  switches?: Switches;
  /** What is off while this turn runs. */
  off?: Off;
  store: ConversationStore;
  library: Library;
  words: Words;
  machine: ConversationMachine;
  /** Understands one message; pure. */
  understand(text: string, context: UnderstandingContext): Understanding;
  /** An operator's own ranking, if any. */
  rank?: Ranker;
  resume: ResumeDeps;
  /** Takes out every number that identifies a person. */
  mask(text: string): string;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** The advisers' room, when there is one. */
  desk?: AdviserDesk;
  /** Times the steps for operators; untraced without it. */
  tracer?: Tracer;
  checklistUrl?: Scene['checklistUrl'];
};

/** How often a turn runs again after losing a race for the conversation. */
const mostRuns = 5;

type Outcome = {
  snapshot: Snapshot;
  reply: Reply;
  effects: Effect[];
  personText: string;
  /** The person's line of the transcript. */
  heard: Pick<TranscriptLine, 'text' | 'facts' | 'topics'>;
  steps: HandoffStep[];
  /** Codes that the reply gives away: a transcript does not show them. */
  codes: string[];
};

/** Builds the door of the conversation: the ten-step road of one message, in order. */
export function createTakeTurn(deps: TurnDeps): TakeTurn {
  const lock = createTurnLock();
  const { tracer = untraced } = deps;
  return (inbound, outlet) =>
    lock.run(inbound.conversationId, () =>
      tracer.span('turn', async (note) => {
        const started = performance.now();
        const reply = await takeTurn(deps, inbound, outlet);
        const { channel } = inbound;
        const { status, language } = reply;
        const milliseconds = performance.now() - started;
        deps.metrics.turn({ status, channel, milliseconds });
        deps.logger.info({ status, channel, language, milliseconds: Math.round(milliseconds) }, 'turn');
        note({ status, channel, language });
        return reply;
      }),
    );
}

async function takeTurn(deps: TurnDeps, inbound: Inbound, outlet: Outlet): Promise<Reply> {
  const { tracer = untraced } = deps;
  // Given twice, an order of an adviser finds a conversation that it has changed already.
  const known = inbound.desk ? await deps.store.handledReply(inbound.conversationId, inbound.activityId) : null;
  if (known) return known;
  const switched = deps.switches?.current();
  const at = switched ? { ...deps, ...switched } : deps;
  for (let run = 1; run <= mostRuns; run += 1) {
    const stored = await deps.store.load(inbound.conversationId);
    const outcome = await tracer.span('think', () => think(at, inbound, outlet, stored));
    const reply = await tracer.span('commit', () => commit(at, inbound, outlet, stored, outcome));
    if (reply) return reply;
  }
  throw new Error(`conversation lost ${mostRuns} races`);
}

/** Steps 4 to 8: wake, understand, move, render. Pure but for the clock and a new return code; what is thrown becomes the apology. */
async function think(
  deps: TurnDeps,
  received: Inbound,
  outlet: Outlet,
  stored: StoredConversation | null,
): Promise<Outcome> {
  const { library, words, machine, clock, logger, off, checklistUrl } = deps;
  const inbound = outlet.typesChoices ? asPress(received, offeredIn(stored?.saved)) : received;
  const now = clock.now();
  const stamp = stampAt(now);
  const before = stored ? wake(stored.saved, machine, library.hash, stamp) : begin(machine);
  const live = liveLanguages(library);
  const fromLocale = matchLocale(inbound.locale, live) ?? fallbackLanguage;
  const scene = (snapshot: Snapshot): Scene => {
    const language = snapshot.context.language ?? fromLocale;
    const forOther = currentPerson(snapshot.context).relation !== 'self';
    const desk = deps.desk?.status(now);
    const t = words.in(language);
    const { today } = stamp;
    return { snapshot, library, words, language, t, today, forOther, desk, off, checklistUrl };
  };
  try {
    const read = await readInbound(deps, inbound, scene(before), live);
    const closed = off ? offReply(scene(before), inbound, before, read.events) : null;
    if (closed) {
      const steps: HandoffStep[] = before.context.requested ? [{ do: 'hear' }] : [];
      const { personText } = read;
      return {
        snapshot: before,
        effects: [],
        reply: closed,
        personText,
        heard: { text: personText },
        steps,
        codes: [],
      };
    }
    const arrives = inbound.from === 'person' && !before.context.greeted;
    const arrival: ConversationEvent[] = arrives ? [{ type: 'user.arrived', ...stamp }] : [];
    const { snapshot, effects } = move(machine, before, [...arrival, ...stamped(read.events, stamp)]);
    if (inbound.desk && effects.length === 0) throw new HandoffLost();
    const asks = !before.context.requested && effects.some(({ type }) => type === 'adviser.requested');
    const code = outlet.comesBack && asks ? { returnCode: makeReturnCode() } : {};
    const after = {
      ...scene(snapshot),
      ...code,
      ...resumeScene(deps.resume, snapshot.context, stamp.today, effects, outlet),
      ...(await keptScene(deps.store, inbound, effects)),
      ...(await remindersScene(deps.store, inbound, effects)),
      writesLater: outlet.writesLater === true,
      onPage: outlet.comesBack === true,
    };
    const { personText, facts, topics } = read;
    const heard = { text: wordsOf(after, inbound, read), ...(facts ? { facts } : {}), ...(topics ? { topics } : {}) };
    const steps = stepsOf({
      inbound,
      before: before.context,
      after: snapshot.context,
      effects,
      language: after.language,
      rulebook: library.rulebook,
      today: stamp.today,
      ...code,
    });
    const codes = [after.returnCode, after.resume?.code].filter((one) => one !== undefined);
    return { snapshot, effects, reply: render(after, effects), personText, heard, steps, codes };
  } catch (error) {
    if (error instanceof HandoffLost) throw error;
    logger.error({ code: 'TURN_FAILED', channel: inbound.channel, error }, 'turn failed');
    // An adviser is told that it failed; the person reads nothing that nobody asked for.
    if (inbound.desk) throw error;
    const at = scene(before);
    const personText = deps.mask(inbound.text).slice(0, longestText);
    const held = before.matches({ withAdviser: 'talking' });
    const reply = held ? render(at, []) : apology(library, at.language, at.t);
    const heard: HandoffStep[] = before.context.requested ? [{ do: 'hear' }] : [];
    return { snapshot: before, effects: [], reply, personText, heard: { text: personText }, steps: heard, codes: [] };
  }
}

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
async function commit(
  deps: TurnDeps,
  inbound: Inbound,
  outlet: Outlet,
  stored: StoredConversation | null,
  outcome: Outcome,
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
    if (result.reason === 'lost') throw new HandoffLost();
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
function linesOf(inbound: Inbound, { reply, heard, codes }: Outcome, at: string): TranscriptLine[] {
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
  { snapshot, reply, steps }: Outcome,
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
