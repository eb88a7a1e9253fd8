import type { ReminderStep } from '../../src/conversation/reminder-ports';
import { scheduleReminders } from '../../src/conversation/send-reminders';
import { createMemoryStore } from '../../src/storage/memory';
import { turn } from '../storage/conformance';
import { fakeClock, keepingLogger, nowhere } from '../support/edges';

test('many that cannot be sent keep nobody from getting theirs', async () => {
  const store = createMemoryStore();
  const set = (index: number): ReminderStep => ({
    do: 'set',
    reminder: {
      id: `r${1000 + index}`,
      channel: index < 450 ? 'closed' : 'open',
      kind: 'chase',
      due: '2026-04-07',
      language: 'fr',
      reference: {},
    },
  });
  for (let index = 0; index < 451; index += 1)
    await store.commit(turn({ conversationId: `c${index}`, reminders: [set(index)] }));
  const sent: string[] = [];
  const reminders = scheduleReminders({
    store,
    clock: fakeClock('2026-04-07T09:00:00Z'),
    logger: keepingLogger(),
    findOutlet: ({ channel }) => (channel === 'open' ? nowhere : null),
    lateDays: 7,
    takeTurn: async ({ conversationId }) => {
      sent.push(conversationId);
      throw new Error('that is all that is to be seen');
    },
  });
  await reminders.stop();
  expect(sent).toEqual(['c450']);
});
