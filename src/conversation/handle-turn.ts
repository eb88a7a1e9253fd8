import { currentPerson } from '../../dialogs/context';
import type { ConversationMachine } from '../../dialogs/conversation.machine';
import type { Effect } from '../../dialogs/effects';
import type { ConversationEvent } from '../../dialogs/events';
import { begin, move, type Snapshot } from '../../dialogs/move';
import { pendingSlot } from '../../dialogs/prompts';
import { save, wake } from '../../dialogs/saved';
import { subjectProfile } from '../../dialogs/verdict';
import { fallbackLanguage, type Words } from '../library/i18n';
import type { Library } from '../library/library';
import { choiceToEvents, isChoiceValue, messageToEvents, type Situation, stamped } from '../nlu/to-events';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import { apology } from './apology';
import { understandWith } from './ask-ranker';
import { type Inbound, longestText } from './inbound';
import { matchLocale } from './match-locale';
import { dayInParis } from './paris-day';
import type {
  Clock,
  ConversationStore,
  Logger,
  Metrics,
  Outlet,
  Ranker,
  StoredConversation,
  TakeTurn,
  TranscriptLine,
} from './ports';
import { render } from './render';
import { typedTerm } from './render-glossary';
import { choicesOf } from './render-question';
import type { Reply } from './reply';
import type { Scene } from './scene';
import { createTurnLock } from './turn-lock';

export type TurnDeps = {
  store: ConversationStore;
  library: Library;
  words: Words;
  machine: ConversationMachine;
  /** Understands one message; pure. */
  understand(text: string, context: UnderstandingContext): Understanding;
  /** An operator's own ranking, if any. */
  rank?: Ranker;
  /** Takes out every number that identifies a person. */
  mask(text: string): string;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
};

/** How often a turn runs again after losing a race for the conversation. */
const mostRuns = 5;

type Outcome = { snapshot: Snapshot; reply: Reply; effects: Effect[]; personText: string };

/** Builds the door of the conversation: the ten-step road of one message, in order. */
export function createTakeTurn(deps: TurnDeps): TakeTurn {
  const lock = createTurnLock();
  return (inbound, outlet) =>
    lock.run(inbound.conversationId, async () => {
      const started = performance.now();
      const reply = await takeTurn(deps, inbound, outlet);
      deps.metrics.turn({ status: reply.status, channel: inbound.channel, milliseconds: performance.now() - started });
      return reply;
    });
}

async function takeTurn(deps: TurnDeps, inbound: Inbound, outlet: Outlet): Promise<Reply> {
  for (let run = 1; run <= mostRuns; run += 1) {
    const stored = await deps.store.load(inbound.conversationId);
    const reply = await commit(deps, inbound, outlet, stored, await think(deps, inbound, stored));
    if (reply) return reply;
  }
  throw new Error(`conversation lost ${mostRuns} races`);
}

/** Steps 4 to 8: wake, understand, move, render. Pure but for the clock; what is thrown becomes the apology. */
async function think(deps: TurnDeps, inbound: Inbound, stored: StoredConversation | null): Promise<Outcome> {
  const { library, words, machine, clock, logger } = deps;
  const now = clock.now();
  const stamp = { at: now.toISOString(), today: dayInParis(now) };
  const before = stored ? wake(stored.saved, machine, library.hash, stamp) : begin(machine);
  const live = library.languages.filter((language) => language.live).map(({ code }) => code);
  const fromLocale = matchLocale(inbound.locale, live) ?? fallbackLanguage;
  const scene = (snapshot: Snapshot): Scene => {
    const language = snapshot.context.language ?? fromLocale;
    const forOther = currentPerson(snapshot.context).relation !== 'self';
    return { snapshot, library, words, language, t: words.in(language), today: stamp.today, forOther };
  };
  try {
    const read = await readInbound(deps, inbound, scene(before), live);
    const arrival: ConversationEvent[] = before.context.greeted ? [] : [{ type: 'user.arrived', ...stamp }];
    const { snapshot, effects } = move(machine, before, [...arrival, ...stamped(read.events, stamp)]);
    return { snapshot, effects, reply: render(scene(snapshot), effects), personText: read.personText };
  } catch (error) {
    logger.error({ code: 'TURN_FAILED', channel: inbound.channel, error }, 'turn failed');
    const { language, t } = scene(before);
    return {
      snapshot: before,
      effects: [],
      reply: apology(library, language, t),
      personText: deps.mask(inbound.text).slice(0, longestText),
    };
  }
}

type Read = { events: Parameters<typeof stamped>[0]; personText: string };

/** Step 5 and 6: what was received, as events. */
async function readInbound(deps: TurnDeps, inbound: Inbound, scene: Scene, liveLanguages: string[]): Promise<Read> {
  const { library } = deps;
  const { context } = scene.snapshot;
  const asked = pendingSlot(scene.snapshot);
  const profile = subjectProfile(currentPerson(context));
  const situation: Situation = {
    profile,
    asked,
    liveLanguages,
    hasArticle: (topic) => Object.hasOwn(library.articles, topic),
    hasTerm: (term) => Object.hasOwn(library.glossary, term),
  };
  const inLanguage: Read['events'] =
    context.language === null ? [{ type: 'user.chose-language', language: scene.language, explicit: false }] : [];
  const text = inbound.text.trim();
  if (inbound.kind === 'joined') return { events: [{ type: 'user.arrived' }], personText: '' };
  const value = inbound.kind === 'choice' ? inbound.value : isChoiceValue(text) ? text : typedTerm(scene, text);
  if (value !== undefined)
    return { events: [...inLanguage, ...choiceToEvents(value, situation)], personText: deps.mask(text) };
  if (!/[\p{L}\p{N}]/u.test(text))
    return {
      events: [...inLanguage, { type: 'user.was-unclear', reason: text === '' ? 'empty' : 'notUnderstood' }],
      personText: '',
    };
  if (text.length > longestText) {
    return {
      events: [...inLanguage, { type: 'user.was-unclear', reason: 'tooLong' }],
      personText: deps.mask(text).slice(0, longestText),
    };
  }
  const meant = await understandWith(deps, text, {
    language: context.language,
    locale: inbound.locale,
    today: scene.today,
    asked,
    offered: asked ? choicesOf(scene, asked).map((choice) => choice.value) : [],
    profile,
    topic: context.topic,
  });
  const events = messageToEvents(meant);
  const first = context.language === null && events[0]?.type !== 'user.chose-language';
  return {
    events: first
      ? [{ type: 'user.chose-language', language: meant.language.code, explicit: false }, ...events]
      : events,
    personText: meant.maskedText,
  };
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
  { snapshot, reply, effects, personText }: Outcome,
): Promise<Reply | null> {
  const { store, library, clock } = deps;
  const at = clock.now().toISOString();
  const forgets = effects.some(({ type }) => type === 'conversation.forgotten');
  if (forgets) {
    const handled = await store.handledReply(inbound.conversationId, inbound.activityId);
    if (handled) return handled;
    await store.erase(inbound.conversationId);
  }
  const { log, outbox } = outlet.record(inbound, reply, forgets ? '' : personText);
  const said: TranscriptLine[] = reply.bubbles.map(({ text, card }) => ({
    at,
    from: 'bot',
    language: reply.language,
    text: text || (card?.title ?? ''),
  }));
  const heard: TranscriptLine[] = personText
    ? [{ at, from: 'person', language: reply.language, text: personText }]
    : [];
  const result = await store.commit({
    conversationId: inbound.conversationId,
    channel: inbound.channel,
    expectedRevision: forgets ? 0 : (stored?.revision ?? 0),
    activityId: inbound.activityId,
    saved: save(snapshot, library.hash),
    reply: log.length + outbox.length > 0 ? { ...reply, bubbles: [] } : reply,
    transcript: forgets ? [] : [...heard, ...said],
    log,
    outbox,
    at,
  });
  if (!result.ok) return store.handledReply(inbound.conversationId, inbound.activityId);
  countRatings(deps.metrics, effects, reply.language);
  outlet.delivered(inbound, result.logged);
  return reply;
}
