import type { Slot } from '../../src/domain/profile';
import type { EventOf } from '../events';
import { type ConversationSetup, noteChange } from '../machine-setup';
import { openForm } from './form-help';

/** Where the bot takes over again: the rules say. */
const toRules = '#conversation.asking' as const;
const noted = ({ context }: { context: { noted: Slot[] } }) => ({ noted: context.noted });

/**
 * A person was asked for. While nobody has come (`waiting`) the bot still answers and notes facts; while an adviser talks the bot is
 * silent, but for danger and for erasing. Who goes on with the bot keeps the request (`requested`): an adviser may come at any moment.
 */
export const withAdviser = (s: ConversationSetup) =>
  s.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          'user.answered': { actions: [noteChange, 'recordAnswers'] },
          'user.opened-form': openForm('withAdviser'),
        },
      },
      talking: {
        on: {
          'user.*': {},
          // Erasing is nobody's to refuse: the exchange ends with it.
          'user.forget-me': { target: '#conversation.closed', actions: ['forgetAll', 'conversation.forgotten'] },
          // Only buttons come as answers here: what was pressed is what was meant.
          'user.answered': { actions: 'recordAnswers' },
          'user.in-danger': {
            actions: {
              type: 'danger.met',
              params: ({ event }) => ({ danger: (event as EventOf<'user.in-danger'>).danger }),
            },
          },
          'adviser.claimed': {},
          // Nobody talks in between: it comes when the exchange is over.
          'clock.reminded': {},
          'adviser.said': {
            actions: {
              type: 'adviser.spoke',
              params: ({ event }) => ({ text: (event as EventOf<'adviser.said'>).text }),
            },
          },
          'adviser.sent': {
            actions: {
              type: 'adviser.gave',
              params: ({ event }) => ({ piece: (event as EventOf<'adviser.sent'>).piece }),
            },
          },
          'adviser.sent-verdict': { guard: 'hasVerdict', actions: 'verdict.sent' },
          'adviser.corrected': {
            actions: [
              'noteFacts',
              {
                type: 'facts.noted',
                params: ({ event }) => ({
                  slots: Object.keys((event as EventOf<'adviser.corrected'>).answers) as Slot[],
                }),
              },
            ],
          },
          'adviser.passed-on': { target: 'waiting', actions: 'adviser.changed' },
          'clock.adviser-silent': { target: 'waiting', actions: 'adviser.fell-silent' },
          'clock.person-silent': { target: toRules, actions: ['person.fell-silent', 'closeRequest', 'decideNext'] },
          'adviser.returned': {
            target: toRules,
            actions: [{ type: 'adviser.returned', params: noted }, 'closeRequest', 'decideNext'],
          },
          'adviser.closed': {
            target: toRules,
            actions: [{ type: 'adviser.finished', params: noted }, 'closeRequest', 'askWhetherItHelped', 'decideNext'],
          },
        },
      },
    },
    on: {
      'user.withdrew': {
        target: toRules,
        actions: [{ type: 'request.withdrawn', params: { open: true } }, 'closeRequest', 'forgetMisses', 'decideNext'],
      },
    },
  });
