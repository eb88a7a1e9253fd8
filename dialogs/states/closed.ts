import type { ConversationSetup } from '../machine-setup';

/** Everything was erased on request; any new message begins afresh. */
export const closed = (s: ConversationSetup) =>
  s.createStateConfig({
    on: { 'user.arrived': { target: '#conversation.greeting', actions: ['markGreeted', 'person.greeted'] } },
  });
