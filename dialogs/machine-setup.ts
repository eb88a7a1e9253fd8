import { assign, setup } from 'xstate';
import { usesExplainedForm } from '../src/domain/form-guide';
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

const added = <T extends string>(list: T[], one: T): T[] => (list.includes(one) ? list : [...list, one]);

const answersOf = (event: ConversationEvent): Profile => ('answers' in event ? event.answers : {});

/** What `answer.changed` carries: nothing changed = no slots, and the effect is dropped. */
function changeOf(context: Context, event: ConversationEvent): ParamsOf<'answer.changed'> {
  const { changed: slots, previous } = record(context, answersOf(event));
  return { slots, previous };
}

/** Says which answers an event replaced; before `recordAnswers`. */
export const noteChange = {
  type: 'answer.changed' as const,
  params: ({ context, event }: { context: Context; event: ConversationEvent }) => changeOf(context, event),
};

/** Most unanswered questions kept of one conversation: fewer than are ever shown together, so that no group is one person's. */
export const mostQuestions = 4;

/** What a question without an answer leads to; before `rememberMissed`. */
export const noteMissed = {
  type: 'question.missed' as const,
  params: ({ context, event }: { context: Context; event: ConversationEvent }) => {
    const missed = event.type === 'user.asked' && (event.policy === 'refuse-near' || event.policy === 'refuse-out');
    return {
      asks: missed && !context.paused && context.questions === 'unasked',
      keeps: missed && context.questions === 'kept' && context.questionsKept < mostQuestions,
    };
  },
};

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
      isPaused: ({ context }) => context.paused,
      isRequested: ({ context }) => context.requested,
      hasVerdict: ({ context, event }) => decideFor(context, rulebook, event.today).outcome !== null,
      /** What is taken up again is a file on its way. */
      resumesFile: ({ event }) => {
        const { people, current } = event as EventOf<'user.resumed'>;
        const { stage = 'preparing' } = people.find(({ id }) => id === current)?.profile ?? {};
        return stage !== 'preparing' && stage !== 'unknown';
      },
      resumes: ({ context }, params: { at: NonNullable<Context['resume']> }) => context.resume === params.at,
      usesForm: ({ context, event }) => usesExplainedForm(rulebook, decideFor(context, rulebook, event.today).outcome),
      /** Facts in the middle of the form: it still is the right one, and not sent yet. */
      keepsForm: ({ context, event }) => {
        const { stage } = answersOf(event);
        const after = record(context, answersOf(event)).context;
        const { outcome } = decideFor(after, rulebook, event.today);
        return (stage === undefined || stage === 'preparing') && usesExplainedForm(rulebook, outcome);
      },
    },
    actions: {
      'person.greeted': effect,
      'language.changed': (_, _params: ParamsOf<'language.changed'>) => {},
      'answer.changed': (_, _params: ParamsOf<'answer.changed'>) => {},
      'outcome.reached': effect,
      'question.answered': (_, _params: ParamsOf<'question.answered'>) => {},
      'reason.asked': effect,
      'term.opened': (_, _params: ParamsOf<'term.opened'>) => {},
      'article.rated': (_, _params: ParamsOf<'article.rated'>) => {},
      'paper.asked': (_, _params: ParamsOf<'paper.asked'>) => {},
      'form.opened': effect,
      'form.unneeded': effect,
      'message.unclear': (_, _params: ParamsOf<'message.unclear'>) => {},
      'danger.met': (_, _params: ParamsOf<'danger.met'>) => {},
      'privacy.kept': (_, _params: ParamsOf<'privacy.kept'>) => {},
      'adviser.requested': effect,
      'adviser.joined': effect,
      'adviser.spoke': (_, _params: ParamsOf<'adviser.spoke'>) => {},
      'adviser.gave': (_, _params: ParamsOf<'adviser.gave'>) => {},
      'verdict.sent': effect,
      'facts.noted': (_, _params: ParamsOf<'facts.noted'>) => {},
      'adviser.changed': effect,
      'adviser.returned': (_, _params: ParamsOf<'adviser.returned'>) => {},
      'adviser.finished': (_, _params: ParamsOf<'adviser.finished'>) => {},
      'adviser.unavailable': effect,
      'adviser.fell-silent': effect,
      'person.fell-silent': effect,
      'nobody.came': effect,
      'request.withdrawn': (_, _params: ParamsOf<'request.withdrawn'>) => {},
      'help.judged': (_, _params: ParamsOf<'help.judged'>) => {},
      'code.asked': effect,
      'conversation.resumed': effect,
      'data.asked': effect,
      'question.missed': (_, _params: ParamsOf<'question.missed'>) => {},
      'keeping.judged': (_, _params: ParamsOf<'keeping.judged'>) => {},
      'reminder.asked': (_, _params: ParamsOf<'reminder.asked'>) => {},
      'reminder.cancelled': effect,
      'reminder.due': (_, _params: ParamsOf<'reminder.due'>) => {},
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
      /** Nothing may be left of the conversation in which the reminder was asked for. */
      takeUp: assign({
        greeted: true,
        language: ({ context, event }) => context.language ?? (event as EventOf<'clock.reminded'>).language,
      }),
      setLanguage: assign({ language: ({ event }) => (event as EventOf<'user.chose-language'>).language }),
      rememberTopic: assign({
        misses: ({ context, event }) => {
          const { policy, aside } = event as EventOf<'user.asked'>;
          return policy === 'answer' || aside ? 0 : context.misses + 1;
        },
        topic: ({ context, event }) => {
          const { policy, topics } = event as EventOf<'user.asked'>;
          return policy === 'answer' ? (topics.at(-1) ?? null) : context.topic;
        },
      }),
      rememberTerm: assign({
        misses: 0,
        opened: ({ context, event }) => added(context.opened, (event as EventOf<'user.opened-term'>).term),
      }),
      rememberRating: assign({
        misses: 0,
        rated: ({ context, event }) => added(context.rated, (event as EventOf<'user.rated'>).topic),
      }),
      comeBackTo: assign((_, params: { at: Context['resume'] }) => ({ resume: params.at, misses: 0, paused: false })),
      goOn: assign({ paused: false, misses: 0 }),
      openRequest: assign({ requested: true, paused: false }),
      closeRequest: assign({ requested: false, noted: [] }),
      noteFacts: assign(({ context, event }) => {
        const said = Object.keys(answersOf(event)) as Slot[];
        return { ...record(context, answersOf(event)).context, noted: said.reduce(added<Slot>, context.noted) };
      }),
      askWhetherItHelped: assign({ toJudge: true }),
      rememberJudgement: assign({ toJudge: false, misses: 0 }),
      rememberMissed: assign(({ context, event }) => {
        const { asks, keeps } = noteMissed.params({ context, event });
        return {
          questions: asks ? ('asked' as const) : context.questions,
          questionsKept: context.questionsKept + (keeps ? 1 : 0),
        };
      }),
      rememberKeeping: assign(({ event }) => {
        const { allowed } = event as EventOf<'user.judged-keeping'>;
        return {
          questions: allowed ? ('kept' as const) : ('refused' as const),
          questionsKept: allowed ? 1 : 0,
          misses: 0,
        };
      }),
      resume: assign(({ context, event }) => {
        const { people, current, language } = event as EventOf<'user.resumed'>;
        const said = people.flatMap(({ profile }) => Object.keys(profile) as Slot[]);
        const { greeted, requested, rated, questions, questionsKept } = context;
        return {
          ...emptyContext(),
          greeted,
          requested,
          rated,
          questions,
          questionsKept,
          people,
          current,
          language: language ?? context.language,
          answered: slots.filter((slot) => said.includes(slot)),
        };
      }),
      countMiss: assign({ misses: ({ context }) => context.misses + 1 }),
      forgetMisses: assign({ misses: 0 }),
      startAfresh: assign(({ context: { language, rated, requested, questions, questionsKept } }) => ({
        ...emptyContext(),
        language,
        rated,
        requested,
        questions,
        questionsKept,
        greeted: true,
      })),
      forgetAll: assign(({ context }) => ({ ...emptyContext(), language: context.language })),
    },
  });
}
export type ConversationSetup = ReturnType<typeof conversationSetup>;

/** Slots that can be asked, in the order of the vocabulary. */
export const askableSlots = slots;
