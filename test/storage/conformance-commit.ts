import type { ConversationStore, TurnCommit } from '../../src/conversation/ports';
import { left, reply, turn } from './conformance';

/** What every store must do with commits that meet. `make` gives a store with nothing in it. */
export function commitConformance(name: string, make: () => Promise<ConversationStore>): void {
  describe(`${name} commits each turn once and whole`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(() => store.close());

    test('a stale write changes nothing', async () => {
      await store.commit(turn());
      const late = turn({ activityId: 'a2', saved: 'late', log: [{ text: 'late' }] });
      expect(await store.commit(late)).toEqual({ ok: false, reason: 'stale' });
      expect(await store.commit({ ...late, expectedRevision: 2 })).toEqual({ ok: false, reason: 'stale' });
      expect((await store.load('c1'))?.revision).toBe(1);
      expect(await store.handledReply('c1', 'a2')).toBeNull();
      expect(await store.readLog('c1', 0)).toHaveLength(2);
      expect(await store.commit({ ...late, expectedRevision: 1 })).toMatchObject({ ok: true, revision: 2 });
    });

    test('an activity that was handled is not handled twice, and its first reply stays', async () => {
      await store.commit(turn());
      const again = turn({ expectedRevision: 1, reply: reply('again') });
      expect(await store.commit(again)).toEqual({ ok: false, reason: 'handled' });
      expect(await store.handledReply('c1', 'a1')).toEqual(reply('Bonjour'));
      expect((await store.load('c1'))?.revision).toBe(1);
      expect(await store.commit({ ...again, conversationId: 'c2', expectedRevision: 0 })).toMatchObject({ ok: true });
    });

    test('a race has exactly one winner', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.commit(turn({ activityId: `r${index}`, saved: { winner: index }, log: [{ index }] })),
        ),
      );
      const winner = results.findIndex((result) => result.ok);
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      expect((await store.load('c1'))?.saved).toEqual({ winner });
      expect(await store.readLog('c1', 0)).toEqual([{ sequence: 1, activity: { index: winner } }]);
    });

    test('of commits that come together each is whole or nothing, whatever becomes of the others', async () => {
      await store.commit(turn({ conversationId: 'old' }));
      const first = (id: string, fields: Partial<TurnCommit> = {}) =>
        turn({ conversationId: id, saved: { of: id }, ...fields });
      const results = await Promise.all([
        store.commit(first('a')),
        store.commit(first('old', { expectedRevision: 1, outbox: [{ id: 'o1', conversationId: 'old', payload: 1 }] })),
        store.commit(first('b', { expectedRevision: 3 })),
        store.commit(first('c')),
        store.commit(first('old', { expectedRevision: 1, activityId: 'a2' })),
      ]);
      const said = (result: (typeof results)[number]) => (result.ok ? result.revision : result.reason);
      expect(results.map(said)).toEqual([1, 'handled', 'stale', 1, 2]);
      for (const id of ['a', 'c', 'old']) expect((await store.load(id))?.saved).toEqual({ of: id });
      expect(await store.load('b')).toBeNull();
      expect(await store.handledReply('b', 'a1')).toBeNull();
      expect(await left(store, 'old')).toEqual([]);
      expect((await store.readLog('old', 0)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    });
  });
}
