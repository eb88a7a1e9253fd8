import { askableSlots, type ConversationSetup } from '../machine-setup';

/** The interview: one state a slot, entered on what the rules ask; when they ask nothing, the verdict is reached. */
export const asking = (s: ConversationSetup) =>
  s.createStateConfig({
    initial: 'deciding',
    states: {
      deciding: {
        always: [
          ...askableSlots.map((slot) => ({ guard: { type: 'asks' as const, params: { slot } }, target: slot })),
          { target: '#conversation.outcome', actions: 'outcome.reached' as const },
        ],
      },
      ...Object.fromEntries(askableSlots.map((slot) => [slot, s.createStateConfig({})])),
    },
  });
