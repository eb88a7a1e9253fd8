import { currentPerson } from '../../dialogs/context';
import type { ConversationEvent } from '../../dialogs/events';
import { begin, move, type Snapshot } from '../../dialogs/move';
import { isClosed, offeredIn, wake } from '../../dialogs/saved';
import { whenLate } from '../in-time';
import { fallbackLanguage } from '../library/i18n';
import { liveLanguages } from '../library/library';
import { stamped } from '../nlu/to-events';
import { apology } from './apology';
import { bareReply } from './bare-reply';
import { commitTurn } from './commit-turn';
import type { HandoffStep } from './handoff-ports';
import { stepsOf } from './handoff-steps';
import { type Inbound, longestText } from './inbound';
import { matchLocale } from './match-locale';
import { asPress } from './offered';
import { stampAt } from './paris-day';
import { CameTooLate, type Outlet, type StoredConversation, type TakeTurn, untraced } from './ports';
import { keptScene, resumeScene } from './privacy';
import { readInbound, wordsOf } from './read-inbound';
import { remindersScene } from './reminders';
import { render } from './render';
import { offReply } from './render-off';
import type { Reply } from './reply';
import { makeReturnCode } from './return-code';
import type { Scene } from './scene';
import type { ThoughtTurn, TurnDeps } from './turn';
import { createTurnLock } from './turn-lock';

/** How often a turn runs again after losing a race for the conversation. */
const mostRuns = 5;

/** Builds the door of the conversation: the ten-step road of one message, in order. */
export function createTakeTurn(deps: TurnDeps): TakeTurn {
  const lock = createTurnLock();
  const { tracer = untraced, typingAfter = 1000 } = deps;
  return (inbound, outlet) => {
    const { conversationId, from } = inbound;
    const turn = lock.run(conversationId, () =>
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
    if (from !== 'person' || !outlet.typing) return turn;
    return whenLate(turn, typingAfter, () => outlet.typing?.(conversationId));
  };
}

async function takeTurn(deps: TurnDeps, inbound: Inbound, outlet: Outlet): Promise<Reply> {
  const { tracer = untraced } = deps;
  // Given twice, an order of an adviser finds a conversation that it has changed already.
  const known = inbound.desk ? await deps.store.handledReply(inbound.conversationId, inbound.activityId) : null;
  if (known) return known;
  const switched = deps.switches.current();
  const at = switched ? { ...deps, ...switched } : deps;
  for (let run = 1; run <= mostRuns; run += 1) {
    const stored = await deps.store.load(inbound.conversationId);
    // Another process has forgotten the conversation while this was on its way: it is forgotten too.
    const forgotten = run > 1 && isClosed(stored?.saved);
    if (forgotten && !inbound.desk) return bareReply(deps.library, fallbackLanguage, 'closed', []);
    const outcome = await tracer.span('think', () => think(at, inbound, outlet, stored));
    const reply = await tracer.span('commit', () => commitTurn(at, inbound, outlet, stored, outcome));
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
): Promise<ThoughtTurn> {
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
    if (outlet.givesUp) throw new Error('earlier runs of this turn have ended the program');
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
    if (inbound.desk && effects.length === 0) throw new CameTooLate();
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
    if (error instanceof CameTooLate) throw error;
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
