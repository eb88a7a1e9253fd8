import type { ConversationSetup } from '../machine-setup';
import { openForm } from './form-help';

/** The file was already sent, or a number or card is on its way: what comes next, and when to chase. */
export const followingFile = (s: ConversationSetup) =>
  s.createStateConfig({
    on: {
      'user.opened-form': openForm('followingFile'),
      'user.answered': [
        { guard: 'tellsOnlyAboutFile', target: '#conversation.followingFile', actions: 'recordAnswers' },
      ],
    },
  });
