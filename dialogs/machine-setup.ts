import { assign, setup } from 'xstate';
import { type Profile, type Slot, slots } from '../src/domain/profile';
import type { RuleBook } from '../src/domain/rulebook';
import { type Context, emptyContext } from './context';
import type { Effect } from './effects';
import type { ConversationEvent, EventOf } from './events';
import { canTakeBack, record, takeBack } from './record';
import { decideFor } from './verdict';

type ParamsOf<T extends Effect['type']> = Extract<Effect, { type: T }> extends { params: infer P } ? P : undefined;

/** Effects are data: the machine names them, `conversation/` acts on them. */
const effect = () => {};

/** Puts the slot that the rules ask next (none = a verdict stands) where the guards read it. */
function askNext(context: Context, rulebook: RuleBook, today: string): Context {
  const decision = decideFor(context, rulebook, today);
  const contradiction = decision.outcome === null ? (decision.contradiction ?? null) : null;
  return { ...context, asked: decision.asks, contradiction, paused: false };
}

/** Slots that say where the file is, and nothing about the route. */
const aboutFile: Slot[] = ['stage', 'sentOn', 'number'];

const answersOf = (event: ConversationEvent): Profile => ('answers' in event ? event.answers : {});

/** What `answer.changed` carries: nothing changed = no slots, and the effect is dropped. */
export function changeOf(context: Context, event: ConversationEvent): ParamsOf<'answer.changed'> {
  const { changed: slots, previous } = record(context, answersOf(event));
  return { slots, previous };
}

/** Types, guards and actions of the conversation; the states live one topic a file in `states/`. */
export function conversationSetup(rulebook: RuleBook) {
  return setup({
    types: { context: {} as Context, events: {} as ConversationEvent },
    guards: {
      asks: ({ context }, params: { slot: Slot }) => context.asked === params.slot,
      tellsStage: ({ event }) =>
        event.type === 'user.answered' && event.answers.stage !== undefined && event.answers.stage !== 'preparing',
      tellsOnlyAboutFile: ({ event }) =>
        event.type === 'user.answered' && Object.keys(event.answers).every((slot) => aboutFile.includes(slot as Slot)),
      correctsNothing: ({ event }) => event.type === 'user.corrected' && Object.keys(event.answers).length === 0,
      hasAnswers: ({ context }) => canTakeBack(context),
      beginsInLanguage: ({ context, event }) =>
        event.type === 'user.chose-language' && context.language === null && !event.explicit,
      isGreeted: ({ context }) => context.greeted,
    },
    actions: {
      'person.greeted': effect,
      'language.changed': (_, _params: ParamsOf<'language.changed'>) => {},
      'answer.changed': (_, _params: ParamsOf<'answer.changed'>) => {},
      'outcome.reached': effect,
      'question.answered': (_, _params: ParamsOf<'question.answered'>) => {},
      'reason.asked': effect,
      'message.unclear': (_, _params: ParamsOf<'message.unclear'>) => {},
      'danger.met': (_, _params: ParamsOf<'danger.met'>) => {},
      'privacy.kept': (_, _params: ParamsOf<'privacy.kept'>) => {},
      'adviser.requested': effect,
      'adviser.returned': effect,
      'conversation.restarted': effect,
      'conversation.forgotten': effect,
      recordAnswers: assign(({ context, event }) => record(context, answersOf(event)).context),
      decideNext: assign(({ context, event }) => askNext(context, rulebook, event.today)),
      askPicked: assign({
        asked: ({ event }) => (event as EventOf<'user.picked-question'>).slot,
        contradiction: null,
        paused: false,
        misses: 0,
      }),
      takeBack: assign(({ context }) => {
        const back = takeBack(context);
        return back ? { ...back.context, asked: back.slot, contradiction: null } : {};
      }),
      pause: assign({ paused: true }),
      markGreeted: assign({ greeted: true }),
      setLanguage: assign({ language: ({ event }) => (event as EventOf<'user.chose-language'>).language }),
      rememberTopic: assign({
        misses: ({ context, event }) => ((event as EventOf<'user.asked'>).policy === 'answer' ? 0 : context.misses + 1),
        topic: ({ context, event }) => {
          const { policy, topics } = event as EventOf<'user.asked'>;
          return policy === 'answer' ? (topics.at(-1) ?? null) : context.topic;
        },
      }),
      countMiss: assign({ misses: ({ context }) => context.misses + 1 }),
      forgetMisses: assign({ misses: 0 }),
      startAfresh: assign(({ context }) => ({ ...emptyContext(), language: context.language, greeted: true })),
      forgetAll: assign(({ context }) => ({ ...emptyContext(), language: context.language })),
    },
  });
}
export type ConversationSetup = ReturnType<typeof conversationSetup>;

/** Slots that can be asked, in the order of the vocabulary. */
export const askableSlots = slots;
