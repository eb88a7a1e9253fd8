import type { ConversationStore } from '../../src/conversation/ports';
import type { ReminderStep } from '../../src/conversation/reminder-ports';
import { turn } from './conformance';

const reference = { conversation: { id: 'teams-1' }, list: [1, 'é'] };
const set = (fields: Partial<Extract<ReminderStep, { do: 'set' }>['reminder']> = {}): ReminderStep => ({
  do: 'set',
  reminder: { id: 'r1', channel: 'msteams', kind: 'chase', due: '2026-04-07', language: 'fr', reference, ...fields },
});

/** What every store must do with reminders. `make` gives a store with nothing in it. */
export function reminderConformance(name: string, make: () => Promise<ConversationStore>): void {
  describe(`${name} keeps the contract of ReminderStore`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(() => store.close());
    const due = async (day: string) => (await store.reminders.due(day, 10)).map(({ id }) => id);

    test('one is set with its turn, is there from its day on, and a new one of its kind takes its place', async () => {
      await store.commit(turn({ reminders: [set()] }));
      await store.commit(turn({ conversationId: 'c2', reminders: [set({ id: 'r2', due: '2026-04-06' })] }));
      const { reminder } = set() as Extract<ReminderStep, { do: 'set' }>;
      expect(await store.reminders.of('c1')).toEqual([{ ...reminder, conversationId: 'c1' }]);
      expect([await due('2026-04-05'), await due('2026-04-06'), await due('2026-12-31')]).toEqual([
        [],
        ['r2'],
        ['r2', 'r1'],
      ]);
      const [first, ...others] = await store.reminders.due('2026-12-31', 1);
      expect([first?.id, others]).toEqual(['r2', []]);
      expect((await store.reminders.due('2026-12-31', 9, first)).map(({ id }) => id)).toEqual(['r1']);
      const again = [set({ id: 'r3', due: '2026-05-01', language: 'en' }), set({ id: 'r4', kind: 'waitOver' })];
      await store.commit(turn({ activityId: 'a2', expectedRevision: 1, reminders: again }));
      expect((await store.reminders.of('c1')).map(({ id, language }) => [id, language])).toEqual([
        ['r4', 'fr'],
        ['r3', 'en'],
      ]);
    });

    test('a turn that sends one takes it away; a second one is lost, and nothing of it is written', async () => {
      await store.commit(turn({ reminders: [set()] }));
      const sends = (activityId: string, id: string) =>
        turn({
          activityId,
          expectedRevision: 1,
          reminders: [{ do: 'sent', id: 'r1' }],
          outbox: [{ id, conversationId: 'c1', payload: {} }],
        });
      expect((await store.commit(sends('a2', 'o1'))).ok).toBe(true);
      expect(await store.commit({ ...sends('a3', 'o2'), expectedRevision: 2 })).toEqual({ ok: false, reason: 'lost' });
      expect(await store.handledReply('c1', 'a3')).toBeNull();
      expect((await store.takeOutbox('c1', '9', '9'))?.id).toBe('o1');
      await store.removeOutbox('o1');
      expect(await store.takeOutbox('c1', '9', '9')).toBeNull();
    });

    test('cancelling and erasing take them away, age does not; overdue ones are dropped', async () => {
      await store.commit(turn({ at: '2026-01-01T00:00:00.000Z', reminders: [set(), set({ id: 'r5', kind: 'goOn' })] }));
      await store.commit(turn({ conversationId: 'c2', reminders: [set({ id: 'r2' })] }));
      await store.commit(turn({ conversationId: 'c3', reminders: [set({ id: 'r3', due: '2026-04-08' })] }));
      await store.expire('2026-02-01T00:00:00.000Z');
      expect(await store.load('c1')).toBeNull();
      expect(await due('2026-12-31')).toEqual(['r1', 'r2', 'r5', 'r3']);
      await store.commit(
        turn({ conversationId: 'c2', activityId: 'a2', expectedRevision: 1, reminders: [{ do: 'cancel' }] }),
      );
      expect(await due('2026-12-31')).toEqual(['r1', 'r5', 'r3']);
      await store.erase('c1');
      expect(await due('2026-12-31')).toEqual(['r3']);
      expect([await store.reminders.drop('2026-04-08'), await store.reminders.drop('2026-04-09')]).toEqual([0, 1]);
    });
  });
}
