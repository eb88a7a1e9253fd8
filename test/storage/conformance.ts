import type { ConversationStore, TurnCommit } from '../../src/conversation/ports';
import type { Reply } from '../../src/conversation/reply';

export const reply = (text: string): Reply => ({
  language: 'fr',
  direction: 'ltr',
  status: 'asked',
  bubbles: [{ text }],
  choices: [{ title: 'Oui', value: 'children=true' }],
  articles: [],
});

/** A turn on conversation `c1`, the first one unless told otherwise. */
export const turn = (fields: Partial<TurnCommit> = {}): TurnCommit => ({
  conversationId: 'c1',
  channel: 'directline',
  expectedRevision: 0,
  activityId: 'a1',
  saved: { schema: 1, profile: { nationality: 'other' } },
  reply: reply('Bonjour'),
  transcript: [{ at: '2026-02-10T09:00:00.000Z', from: 'person', language: 'fr', text: 'bonjour' }],
  log: [{ text: 'bonjour' }, { text: 'Bonjour' }],
  outbox: [],
  at: '2026-02-10T09:00:00.000Z',
  ...fields,
});

/** What waits in the outbox for a conversation; taken out. */
export async function left(store: ConversationStore, conversationId = 'c1') {
  const items: unknown[] = [];
  for (;;) {
    const take = await store.takeOutbox(conversationId, '9', '9');
    if (!take) return items;
    const { tries: _, repeats: __, ...item } = take;
    items.push(item);
    await store.removeOutbox(item.id);
  }
}

/**
 * What every store must do. `make` gives a store with nothing in it; `reopen` closes it and opens the same data again (stores that
 * keep nothing beyond the process leave it out).
 */
export function storeConformance(
  name: string,
  make: () => Promise<ConversationStore>,
  reopen?: (store: ConversationStore) => Promise<ConversationStore>,
): void {
  describe(`${name} keeps the contract of ConversationStore`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(() => store.close());

    test('an unknown conversation has nothing', async () => {
      expect(await store.load('nobody')).toBeNull();
      expect(await store.handledReply('nobody', 'a')).toBeNull();
      expect(await store.hasLog('nobody')).toBe(false);
      expect(await store.readLog('nobody', 0)).toEqual([]);
      expect(await store.transcript('nobody')).toEqual([]);
      expect(await left(store, 'nobody')).toEqual([]);
      expect(await store.appendLog('nobody', [{ a: 1 }], '2026-02-10T09:00:00.000Z')).toEqual([]);
      await store.erase('nobody');
      await store.removeOutbox('nothing');
      await store.returnOutbox('nothing', '', true);
    });

    test('a committed turn is there in every part', async () => {
      const outbox = [{ id: 'o1', conversationId: 'c1', payload: { to: 'teams' } }];
      const result = await store.commit(turn({ outbox }));
      expect(result).toEqual({
        ok: true,
        revision: 1,
        logged: [
          { sequence: 1, activity: { text: 'bonjour' } },
          { sequence: 2, activity: { text: 'Bonjour' } },
        ],
      });
      expect(await store.load('c1')).toEqual({
        id: 'c1',
        channel: 'directline',
        revision: 1,
        saved: turn().saved,
        updatedAt: turn().at,
      });
      expect(await store.handledReply('c1', 'a1')).toEqual(reply('Bonjour'));
      expect(await store.transcript('c1')).toEqual(turn().transcript);
      expect(await left(store)).toEqual(outbox);
      expect(await store.readLog('c1', 1)).toEqual([{ sequence: 2, activity: { text: 'Bonjour' } }]);
    });

    test('what is stored does not change with the objects that came in or went out', async () => {
      const saved = { list: ['first'] };
      const log = [{ text: 'first' }];
      await store.commit(turn({ saved, log }));
      saved.list.push('later');
      (log[0] as { text: string }).text = 'later';
      const loaded = (await store.load('c1'))?.saved as typeof saved;
      expect(loaded).toEqual({ list: ['first'] });
      loaded.list.push('later');
      const entries = await store.readLog('c1', 0);
      expect(entries[0]?.activity).toEqual({ text: 'first' });
      (entries[0]?.activity as { text: string }).text = 'later';
      expect((await store.load('c1'))?.saved).toEqual({ list: ['first'] });
      expect((await store.readLog('c1', 0))[0]?.activity).toEqual({ text: 'first' });
    });

    test('log sequences count from 1 in each conversation without gaps, in turns and outside them', async () => {
      expect(await store.openLog('c1', turn().at)).toBe(true);
      expect(await store.openLog('c1', turn().at)).toBe(false);
      expect(await store.hasLog('c1')).toBe(true);
      expect(await store.load('c1')).toBeNull();
      await store.commit(turn());
      expect(await store.appendLog('c1', [{ live: 1 }, { live: 2 }], turn().at)).toEqual([
        { sequence: 3, activity: { live: 1 } },
        { sequence: 4, activity: { live: 2 } },
      ]);
      await store.commit(turn({ expectedRevision: 1, activityId: 'a2', log: [{ text: 'x' }] }));
      await store.commit(turn({ conversationId: 'c2' }));
      expect((await store.readLog('c1', 0)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
      expect((await store.readLog('c2', 0)).map(({ sequence }) => sequence)).toEqual([1, 2]);
      await store.commit(turn({ conversationId: 'c3', log: [] }));
      expect(await store.logEnds(['c1', 'c2', 'c3', 'nobody'])).toEqual(new Map(Object.entries({ c1: 5, c2: 2 })));
      expect(await store.readLog('c1', 5)).toEqual([]);
    });

    test('the log is read in pages, and from its end', async () => {
      await store.openLog('c1', turn().at);
      await store.commit(turn({ log: [1, 2, 3] }));
      await store.commit(turn({ expectedRevision: 1, activityId: 'a2', log: [4, 5] }));
      await store.appendLog('c1', [6], turn().at);
      const read = async (after: number, limit?: number) =>
        (await store.readLog('c1', after, limit)).map(({ sequence, activity }) => {
          expect(sequence).toBe(activity);
          return sequence;
        });
      expect(await read(0)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await read(0, 2)).toEqual([1, 2]);
      expect(await read(2, 2)).toEqual([3, 4]);
      expect(await read(4, 200)).toEqual([5, 6]);
      expect(await read(6, 200)).toEqual([]);
      expect(await read(0, -1)).toEqual([6]);
      expect(await read(0, -4)).toEqual([3, 4, 5, 6]);
      expect(await read(0, -99)).toEqual([1, 2, 3, 4, 5, 6]);
    });

    test('a turn without log entries opens no log', async () => {
      await store.commit(turn({ channel: 'msteams', log: [] }));
      expect(await store.hasLog('c1')).toBe(false);
    });

    const item = (id: string, conversationId = 'c1') => ({ id, conversationId, payload: { id } });

    test('an item of the outbox is taken by one, the oldest of its conversation first', async () => {
      await store.commit(turn({ outbox: [item('o1'), item('o2')] }));
      await store.commit(turn({ conversationId: 'c2', outbox: [item('o3', 'c2')] }));
      expect(await store.waitingOutbox('t1', 10)).toEqual(['c1', 'c2']);
      expect(await store.waitingOutbox('t1', 1)).toEqual(['c1']);
      const takes = await Promise.all(Array.from({ length: 10 }, () => store.takeOutbox('c1', 't1', 't5')));
      expect(takes.filter(Boolean)).toEqual([{ ...item('o1'), tries: 1, repeats: false }]);
      expect(await store.waitingOutbox('t4', 10)).toEqual(['c2']);
      expect(await store.takeOutbox('c1', 't4', 't9')).toBeNull();
      await store.removeOutbox('o1');
      expect(await store.takeOutbox('c1', 't4', 't9')).toEqual({ ...item('o2'), tries: 1, repeats: false });
    });

    test('who took an item and died loses it in time; it is then known that it may have arrived', async () => {
      await store.commit(turn({ outbox: [item('o1')] }));
      await store.takeOutbox('c1', 't1', 't3');
      expect(await store.takeOutbox('c1', 't2', 't4')).toBeNull();
      expect(await store.waitingOutbox('t3', 10)).toEqual(['c1']);
      expect(await store.takeOutbox('c1', 't3', 't6')).toEqual({ ...item('o1'), tries: 2, repeats: true });
    });

    test('an item that was given back waits for its time; a refusal is no doubt', async () => {
      await store.commit(turn({ outbox: [item('o1')] }));
      await store.takeOutbox('c1', 't1', 't3');
      await store.returnOutbox('o1', 't5', true);
      expect(await store.takeOutbox('c1', 't4', 't6')).toBeNull();
      expect(await store.takeOutbox('c1', 't5', 't6')).toMatchObject({ tries: 2, repeats: false });
      await store.returnOutbox('o1', 't7', false);
      expect(await store.takeOutbox('c1', 't7', 't8')).toMatchObject({ tries: 3, repeats: true });
    });

    test('after an erasure nothing is left, and the log goes on with new numbers', async () => {
      await store.openLog('c1', turn().at);
      await store.commit(turn({ outbox: [{ id: 'o1', conversationId: 'c1', payload: {} }] }));
      await store.commit(turn({ conversationId: 'c2' }));
      await store.erase('c1');
      expect(await store.load('c1')).toBeNull();
      expect(await store.handledReply('c1', 'a1')).toBeNull();
      expect(await store.transcript('c1')).toEqual([]);
      expect(await store.readLog('c1', 0)).toEqual([]);
      expect(await left(store)).toEqual([]);
      expect((await store.load('c2'))?.revision).toBe(1);
      expect(await store.commit(turn({ log: [{ text: 'new' }] }))).toMatchObject({
        ok: true,
        revision: 2,
        logged: [{ sequence: 3 }],
      });
    });

    test('who has loaded a conversation before it was erased cannot write over what came after', async () => {
      await store.commit(turn({ log: [] }));
      await store.erase('c1');
      const late = turn({ activityId: 'a2', expectedRevision: 1, saved: { known: 'before' } });
      expect(await store.commit(late)).toEqual({ ok: false, reason: 'stale' });
      expect(await store.commit(turn({ activityId: 'a3', saved: {} }))).toMatchObject({ ok: true, revision: 2 });
      expect(await store.commit(late)).toEqual({ ok: false, reason: 'stale' });
      expect(await store.commit(turn({ activityId: 'a4' }))).toEqual({ ok: false, reason: 'stale' });
      expect(await store.load('c1')).toMatchObject({ revision: 2, saved: {} });
      expect(await store.commit(turn({ activityId: 'a5', expectedRevision: 2 }))).toMatchObject({ revision: 3 });
    });

    test('conversations untouched since a time expire with everything that belongs to them', async () => {
      const outbox = [{ id: 'o1', conversationId: 'old', payload: {} }];
      await store.commit(turn({ conversationId: 'old', at: '2026-01-01T00:00:00.000Z', outbox }));
      await store.openLog('started', '2026-01-02T00:00:00.000Z');
      await store.commit(turn({ conversationId: 'new', at: '2026-02-10T00:00:00.000Z' }));
      await store.openLog('touched', '2026-01-02T00:00:00.000Z');
      await store.appendLog('touched', [{}], '2026-02-10T00:00:00.000Z');
      expect(await store.expire('2026-02-01T00:00:00.000Z')).toBe(2);
      expect(await store.load('old')).toBeNull();
      expect(await store.handledReply('old', 'a1')).toBeNull();
      expect(await store.transcript('old')).toEqual([]);
      expect(await store.readLog('old', 0)).toEqual([]);
      expect(await left(store, 'old')).toEqual([]);
      expect(await store.hasLog('started')).toBe(false);
      expect(await store.hasLog('touched')).toBe(true);
      expect((await store.load('new'))?.revision).toBe(1);
    });

    test('a secret is made once', async () => {
      const secret = await store.secret('directline');
      expect(secret.length).toBeGreaterThanOrEqual(43);
      expect(await store.secret('directline')).toBe(secret);
      expect(await store.secret('other')).not.toBe(secret);
    });

    if (reopen)
      test('everything is there again after a restart', async () => {
        await store.openLog('c1', turn().at);
        await store.commit(turn({ outbox: [{ id: 'o1', conversationId: 'c1', payload: { a: 1 } }] }));
        const secret = await store.secret('directline');
        store = await reopen(store);
        expect((await store.load('c1'))?.saved).toEqual(turn().saved);
        expect(await store.handledReply('c1', 'a1')).toEqual(reply('Bonjour'));
        expect(await store.transcript('c1')).toEqual(turn().transcript);
        expect(await store.readLog('c1', 0)).toHaveLength(2);
        expect(await left(store)).toHaveLength(1);
        expect(await store.secret('directline')).toBe(secret);
        expect(await store.commit(turn())).toEqual({ ok: false, reason: 'handled' });
      });
  });
}
