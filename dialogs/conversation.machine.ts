import type { RuleBook } from '../src/domain/rulebook';
import { emptyContext } from './context';
import { conversationSetup, noteChange, noteMissed } from './machine-setup';
import { remindingOf } from './reminder';
import { asking } from './states/asking';
import { closed } from './states/closed';
import { correction } from './states/correction';
import { followingFile } from './states/following-file';
import { formHelp, openForm } from './states/form-help';
import { greeting } from './states/greeting';
import { outcome } from './states/outcome';
import { withAdviser } from './states/with-adviser';

/**
 * The statechart of a conversation. Events valid anywhere stand here, at the root; a state overrides what it
 * treats differently. The machine asks nobody and waits for nothing: time and people arrive as events.
 */
export function createConversationMachine(rulebook: RuleBook) {
  const s = conversationSetup(rulebook);
  return s.createMachine({
    id: 'conversation',
    context: emptyContext(),
    initial: 'greeting',
    states: {
      greeting: greeting(s),
      asking: asking(s),
      outcome: outcome(s),
      correction: correction(s),
      followingFile: followingFile(s),
      formHelp: formHelp(s),
      withAdviser: withAdviser(s),
      closed: closed(s),
    },
    on: {
      'user.arrived': [{ guard: 'isGreeted' }, { actions: ['markGreeted', 'person.greeted'] }],
      'user.started': { target: '.asking', actions: ['forgetMisses', 'decideNext'] },
      'user.chose-language': [
        { guard: 'beginsInLanguage', actions: 'setLanguage' },
        {
          actions: [
            'setLanguage',
            'forgetMisses',
            { type: 'language.changed', params: ({ event }) => ({ explicit: event.explicit }) },
          ],
        },
      ],
      'user.answered': [
        { guard: 'tellsStage', target: '.followingFile', actions: [noteChange, 'recordAnswers'] },
        { target: '.asking', actions: [noteChange, 'recordAnswers', 'decideNext'] },
      ],
      'user.corrected': [
        { guard: 'correctsNothing', target: '.correction', actions: 'forgetMisses' },
        { target: '.asking', actions: [noteChange, 'recordAnswers', 'decideNext'] },
      ],
      'user.picked-question': { target: '.asking', actions: 'askPicked' },
      'user.asked': {
        actions: [
          'rememberTopic',
          {
            type: 'question.answered',
            params: ({ context, event: { policy, topics, also, aside } }) => ({
              policy,
              topics,
              also,
              aside,
              misses: context.misses,
            }),
          },
          noteMissed,
          'rememberMissed',
        ],
      },
      'user.asked-why': { actions: ['forgetMisses', 'reason.asked'] },
      'user.opened-term': {
        actions: ['rememberTerm', { type: 'term.opened', params: ({ event }) => ({ term: event.term }) }],
      },
      'user.rated': {
        actions: [
          {
            type: 'article.rated',
            params: ({ context, event: { topic, useful } }) => ({
              topic,
              useful,
              counts: !context.rated.includes(topic),
            }),
          },
          'rememberRating',
        ],
      },
      'user.wants-paper': {
        actions: ['forgetMisses', { type: 'paper.asked', params: ({ event }) => ({ paper: event.paper }) }],
      },
      'user.opened-form': openForm(null),
      'user.wants-human': { target: '.withAdviser', actions: ['forgetMisses', 'openRequest', 'adviser.requested'] },
      'user.withdrew': {
        actions: [
          { type: 'request.withdrawn', params: ({ context }) => ({ open: context.requested }) },
          'closeRequest',
          'forgetMisses',
        ],
      },
      'user.judged': {
        actions: [
          {
            type: 'help.judged',
            params: ({ context, event: { helped, reason } }) => ({
              helped,
              reason,
              counts: reason !== null || context.toJudge,
            }),
          },
          'rememberJudgement',
        ],
      },
      'adviser.claimed': { guard: 'isRequested', target: '.withAdviser.talking', actions: 'adviser.joined' },
      'adviser.failed': { guard: 'isRequested', actions: 'adviser.unavailable' },
      'clock.nobody-came': { guard: 'isRequested', actions: 'nobody.came' },
      'user.went-back': [
        { guard: 'hasAnswers', target: '.asking', actions: 'takeBack' },
        {
          actions: {
            type: 'message.unclear',
            params: ({ context }) => ({ reason: 'nothingToUndo', misses: context.misses }),
          },
        },
      ],
      'user.continued': { target: '.asking', actions: ['forgetMisses', 'decideNext'] },
      'user.wants-result': { target: '.asking', actions: ['forgetMisses', 'decideNext'] },
      'user.stopped': {
        actions: {
          type: 'message.unclear',
          params: ({ context }) => ({ reason: 'bye', misses: context.misses }),
        },
      },
      'user.restarted': { target: '.greeting', actions: ['startAfresh', 'conversation.restarted'] },
      'user.forget-me': { target: '.closed', actions: ['forgetAll', 'conversation.forgotten'] },
      'user.wants-code': { actions: ['forgetMisses', 'code.asked'] },
      'user.resumed': [
        { guard: 'resumesFile', target: '.followingFile', actions: ['resume', 'conversation.resumed'] },
        { target: '.asking', actions: ['resume', 'conversation.resumed', 'decideNext'] },
      ],
      'user.wants-data': { actions: ['forgetMisses', 'data.asked'] },
      'user.wants-reminder': {
        actions: [
          'forgetMisses',
          {
            type: 'reminder.asked',
            params: ({ context, event: { today, on } }) => remindingOf(context, rulebook, today, on),
          },
        ],
      },
      'user.cancelled-reminder': { actions: ['forgetMisses', 'reminder.cancelled'] },
      'clock.reminded': {
        actions: ['takeUp', { type: 'reminder.due', params: ({ event: { reminder, kind } }) => ({ reminder, kind }) }],
      },
      'user.judged-keeping': {
        actions: [{ type: 'keeping.judged', params: ({ event }) => ({ allowed: event.allowed }) }, 'rememberKeeping'],
      },
      'user.in-danger': {
        actions: ['pause', { type: 'danger.met', params: ({ event }) => ({ danger: event.danger }) }],
      },
      'user.shared-private': { actions: [{ type: 'privacy.kept', params: ({ event }) => ({ kinds: event.kinds }) }] },
      'user.was-unclear': {
        actions: [
          'countMiss',
          {
            type: 'message.unclear',
            params: ({ context, event }) => ({
              reason: event.reason,
              misses: context.misses,
              ...(event.language ? { language: event.language } : {}),
            }),
          },
        ],
      },
      'clock.rebuilt': { target: '.asking', actions: 'decideNext' },
    },
  });
}
export type ConversationMachine = ReturnType<typeof createConversationMachine>;
