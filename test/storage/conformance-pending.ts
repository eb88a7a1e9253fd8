import type { ConversationStore } from '../../src/conversation/ports';
import { turn } from './conformance';

const at = (minute: number) => `2026-02-10T09:0${minute}:00.000Z`;
const pending = (activityId: string, conversationId = 'c1') => ({
  conversationId,
  activityId,
  payload: { text: 'où', list: [1, { deep: activityId }] },
});

/** What every store must do with turns that are pending. `make` gives a store with nothing in it. */
export function pendingConformance(name: string, make: () => Promise<ConversationStore>): void {
  describe(`${name} keeps the contract of PendingStore`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(() => store.close());

    test('one is kept once, held by who keeps it, and taken by one alone after that', async () => {
      expect(await store.pending.keep(pending('a1'), at(0), at(1))).toBe(true);
      expect(await store.pending.keep({ ...pending('a1'), payload: {} }, at(0), at(0))).toBe(false);
      expect([await store.pending.waiting(at(0), 9), await store.pending.take('c1', at(0), at(2))]).toEqual([[], null]);
      expect(await store.pending.waiting(at(1), 9)).toEqual(['c1']);
      const takes = await Promise.all([1, 2, 3].map(() => store.pending.take('c1', at(1), at(2))));
      expect(takes.filter(Boolean)).toEqual([{ ...pending('a1'), tries: 2 }]);
      expect(await store.pending.waiting(at(1), 9)).toEqual([]);
    });

    test('a run that ends without a word counts, one that is given back does not', async () => {
      await store.pending.keep(pending('a1'), at(0), at(1));
      expect((await store.pending.take('c1', at(1), at(2)))?.tries).toBe(2);
      await store.pending.giveBack(pending('a1'), at(3));
      expect(await store.pending.take('c1', at(2), at(4))).toBeNull();
      expect((await store.pending.take('c1', at(3), at(4)))?.tries).toBe(2);
      expect((await store.pending.take('c1', at(4), at(5)))?.tries).toBe(3);
      await store.pending.remove(pending('a1'));
      expect(await store.pending.take('c1', at(9), at(9))).toBeNull();
    });

    test('those of a conversation are taken in order, and wait for the oldest; others do not', async () => {
      await store.pending.keep(pending('z-first'), at(0), at(5));
      await store.pending.keep(pending('a-second'), at(1), at(1));
      await store.pending.keep(pending('a1', 'c2'), at(3), at(3));
      await store.pending.keep(pending('a1', 'c3'), at(2), at(2));
      expect(await store.pending.waiting(at(4), 9)).toEqual(['c3', 'c2']);
      expect(await store.pending.waiting(at(5), 1)).toEqual(['c1']);
      expect(await store.pending.take('c1', at(4), at(9))).toBeNull();
      expect((await store.pending.take('c1', at(5), at(9)))?.activityId).toBe('z-first');
      await store.pending.remove(pending('z-first'));
      expect((await store.pending.take('c1', at(5), at(9)))?.activityId).toBe('a-second');
      expect((await store.pending.take('c2', at(5), at(9)))?.activityId).toBe('a1');
    });

    test('erasing a conversation takes its own away, age those of everybody, also where there is no conversation yet', async () => {
      await store.commit(turn({ at: '2026-02-10T09:04:00.000Z' }));
      await store.pending.keep(pending('a2'), at(0), at(0));
      await store.pending.keep(pending('a1', 'c2'), at(1), at(1));
      await store.pending.keep(pending('a1', 'c3'), at(2), at(2));
      await store.erase('c1');
      expect(await store.pending.waiting(at(9), 9)).toEqual(['c2', 'c3']);
      expect(await store.expire(at(2))).toBe(0);
      expect(await store.pending.waiting(at(9), 9)).toEqual(['c3']);
      await store.commit(turn({ conversationId: 'c3', at: at(1) }));
      expect(await store.expire(at(2))).toBe(1);
      expect(await store.pending.waiting(at(9), 9)).toEqual([]);
    });
  });
}
