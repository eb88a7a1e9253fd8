import type { EventOf } from '../events';
import type { ConversationSetup } from '../machine-setup';
import { openForm } from './form-help';

/**
 * A person was asked for. While nobody has come (`waiting`) the bot still answers and notes facts;
 * while an adviser talks the bot is silent, but for danger.
 */
export const withAdviser = (s: ConversationSetup) =>
  s.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          'user.answered': { actions: 'recordAnswers' },
          'user.opened-form': openForm('withAdviser'),
          'adviser.claimed': { target: 'talking' },
        },
      },
      talking: {
        on: {
          'user.*': {},
          'user.in-danger': {
            actions: [
              { type: 'danger.met', params: ({ event }) => ({ danger: (event as EventOf<'user.in-danger'>).danger }) },
            ],
          },
          'adviser.returned': { target: '#conversation.asking', actions: ['adviser.returned', 'decideNext'] },
        },
      },
    },
  });
