import type { HandoffStep } from '../../src/conversation/handoff-ports';
import type { ConversationStore } from '../../src/conversation/ports';
import { turn } from './conformance';

export const opens = (id: string, returnHash?: string): HandoffStep => ({
  do: 'open',
  id,
  language: 'ar',
  channel: 'directline',
  reason: 'asked',
  stage: 'preparing',
  ...(returnHash === undefined ? {} : { returnHash }),
});

/** A turn of a conversation with these steps; each has its own activity id. */
export async function step(store: ConversationStore, conversationId: string, ...handoff: HandoffStep[]) {
  const expectedRevision = (await store.load(conversationId))?.revision ?? 0;
  const activityId = `step-${expectedRevision}-${JSON.stringify(handoff)}`;
  const at = `2026-02-10T09:00:${String(expectedRevision).padStart(2, '0')}.000Z`;
  return store.commit(turn({ conversationId, expectedRevision, activityId, handoff, at }));
}

const lost = { ok: false, reason: 'lost' };

/** What every store must do for the advisers' desk. */
export function deskConformance(name: string, make: () => Promise<ConversationStore>): void {
  describe(`${name} keeps the contract of DeskStore`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(() => store.close());

    test('a request is stored with its turn, and a second one of the conversation is the same', async () => {
      await step(store, 'c1', opens('h1'));
      await step(store, 'c1', opens('h2'));
      const [only, ...others] = await store.desk.openHandoffs();
      expect(others).toEqual([]);
      expect(only).toMatchObject({ id: 'h1', conversationId: 'c1', state: 'waiting', language: 'ar', reason: 'asked' });
      expect(only).toMatchObject({
        version: 1,
        claimedBy: null,
        helped: null,
        requestedAt: '2026-02-10T09:00:00.000Z',
      });
      expect(await store.desk.handoffOf('c1')).toEqual(only);
      expect(await store.desk.handoff('h1')).toEqual(only);
      expect(await store.desk.handoff('h2')).toBeNull();
    });

    test('a turn whose step is lost leaves nothing behind', async () => {
      await step(store, 'c1', opens('h1'));
      const claims = (adviser: string): HandoffStep => ({ do: 'claim', id: 'h1', adviser });
      expect(await step(store, 'c1', claims('anna'))).toMatchObject({ ok: true });
      expect(await step(store, 'c1', claims('boris'))).toEqual(lost);
      expect(await step(store, 'c1', { do: 'hear' }, { do: 'speak', id: 'h1', adviser: 'boris' })).toEqual(lost);
      expect((await store.load('c1'))?.revision).toBe(2);
      expect(await store.readLog('c1', 0)).toHaveLength(4);
      expect(await store.desk.handoff('h1')).toMatchObject({ state: 'talking', claimedBy: 'anna', version: 2 });
    });

    test('twenty advisers who claim one person at once: one gets them', async () => {
      await step(store, 'c1', opens('h1'));
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => step(store, 'c1', { do: 'claim', id: 'h1', adviser: `a${index}` })),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const winner = `a${results.findIndex(({ ok }) => ok)}`;
      expect(await store.desk.handoff('h1')).toMatchObject({ state: 'talking', claimedBy: winner });
    });

    test('the words of both sides move the clocks; the first unanswered word counts', async () => {
      await step(store, 'c1', opens('h1'));
      await step(store, 'c1', { do: 'claim', id: 'h1', adviser: 'anna' });
      expect(await store.desk.handoff('h1')).toMatchObject({ owedSince: '2026-02-10T09:00:01.000Z' });
      await step(store, 'c1', { do: 'speak', id: 'h1', adviser: 'anna' });
      expect(await store.desk.handoff('h1')).toMatchObject({
        owedSince: null,
        lastAdviserAt: '2026-02-10T09:00:02.000Z',
      });
      await step(store, 'c1', { do: 'hear' });
      await step(store, 'c1', { do: 'hear' });
      expect(await store.desk.handoff('h1')).toMatchObject({
        owedSince: '2026-02-10T09:00:03.000Z',
        lastPersonAt: '2026-02-10T09:00:04.000Z',
      });
      await step(store, 'c1', { do: 'touch', id: 'h1', adviser: 'anna' });
      expect(await store.desk.handoff('h1')).toMatchObject({ owedSince: '2026-02-10T09:00:05.000Z', version: 6 });
    });

    test('a time-out that comes too late is lost; one in time puts the person back or ends the talk', async () => {
      await step(store, 'c1', opens('h1'));
      expect(await step(store, 'c1', { do: 'tell', id: 'h1', version: 1 })).toMatchObject({ ok: true });
      expect(await step(store, 'c1', { do: 'tell', id: 'h1', version: null })).toEqual(lost);
      await step(store, 'c1', { do: 'claim', id: 'h1', adviser: 'anna' });
      const requeue = (version: number): HandoffStep => ({ do: 'requeue', id: 'h1', version, adviser: null, to: null });
      expect(await step(store, 'c1', requeue(2))).toEqual(lost);
      expect(await step(store, 'c1', requeue(3))).toMatchObject({ ok: true });
      expect(await store.desk.handoff('h1')).toMatchObject({ state: 'waiting', claimedBy: null });
      await step(store, 'c1', { do: 'claim', id: 'h1', adviser: 'anna' });
      await step(store, 'c1', { do: 'requeue', id: 'h1', version: null, adviser: 'anna', to: 'boris' });
      expect(await store.desk.handoff('h1')).toMatchObject({ state: 'waiting', claimedBy: 'boris' });
      await step(store, 'c1', { do: 'claim', id: 'h1', adviser: 'boris' });
      const end: HandoffStep = { do: 'end', id: 'h1', version: null, adviser: 'boris', outcome: 'returned' };
      expect(await step(store, 'c1', { ...end, adviser: 'anna' })).toEqual(lost);
      expect(await step(store, 'c1', end)).toMatchObject({ ok: true });
      expect(await store.desk.openHandoffs()).toEqual([]);
      expect(await step(store, 'c1', { do: 'judge', helped: false, reason: null })).toMatchObject({ ok: true });
      await step(store, 'c1', { do: 'judge', helped: false, reason: 'tooSlow' });
      await step(store, 'c1', { do: 'judge', helped: true, reason: null });
      expect(await store.desk.handoffOf('c1')).toMatchObject({
        outcome: 'returned',
        helped: true,
        helpReason: 'tooSlow',
      });
    });

    test('a request is taken back only while nobody has come, and another may be made', async () => {
      await step(store, 'c1', opens('h1'));
      await step(store, 'c1', { do: 'withdraw' });
      expect(await store.desk.handoff('h1')).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
      await step(store, 'c1', opens('h2'));
      expect((await store.desk.openHandoffs()).map(({ id }) => id)).toEqual(['h2']);
      expect((await store.desk.handoffOf('c1'))?.id).toBe('h2');
    });

    test('a return code finds its handoff until the conversation is erased, whatever became of the request', async () => {
      await step(store, 'c1', opens('h1', 'one'));
      await step(store, 'c1', opens('h2', 'two'));
      await step(store, 'c2', opens('h3'));
      expect(await store.desk.handoffByReturn('one')).toEqual(await store.desk.handoff('h1'));
      expect(JSON.stringify(await store.desk.handoff('h1'))).not.toContain('one');
      expect(await store.desk.handoffByReturn('two')).toBeNull();
      await step(store, 'c1', { do: 'withdraw' });
      expect((await store.desk.handoffByReturn('one'))?.conversationId).toBe('c1');
      await store.erase('c1');
      expect(await store.desk.handoffByReturn('one')).toBeNull();
    });

    test('a last word that somebody with a code has not answered keeps the conversation, for a while', async () => {
      const end: HandoffStep = { do: 'end', id: '', version: null, adviser: 'anna', outcome: 'closed' };
      for (const [id, hash] of [
        ['away', 'a'],
        ['there', 'b'],
        ['without', undefined],
      ] as const) {
        await step(store, id, opens(id, hash));
        await step(store, id, { do: 'claim', id, adviser: 'anna' });
        await step(store, id, { do: 'speak', id, adviser: 'anna' });
        if (id === 'there') await step(store, id, { do: 'hear' });
        await step(store, id, { ...end, id });
      }
      expect(await store.expire('2026-02-12T00:00:00.000Z', '2026-02-05T00:00:00.000Z')).toBe(2);
      expect((await store.desk.handoffByReturn('a'))?.conversationId).toBe('away');
      expect(await store.expire('2026-02-19T00:00:00.000Z', '2026-02-12T00:00:00.000Z')).toBe(1);
      expect(await store.desk.handoffByReturn('a')).toBeNull();
    });

    test('an erasure leaves numbers of a handoff, and nothing of whom it was about', async () => {
      await step(store, 'c1', opens('h1'));
      await step(store, 'c1', { do: 'claim', id: 'h1', adviser: 'anna' });
      await store.desk.addNote({ id: 'n1', handoffId: 'h1', adviser: 'anna', at: turn().at, text: 'a note' });
      await store.commit(turn({ activityId: 'r', expectedRevision: 2, reference: { to: 'teams' } }));
      expect(await store.desk.reference('c1')).toEqual({ to: 'teams' });
      await store.erase('c1');
      expect(await store.desk.notes('h1')).toEqual([]);
      expect(await store.desk.reference('c1')).toBeNull();
      expect(await store.desk.openHandoffs()).toEqual([]);
      expect(await store.desk.handoffsSince('2026-01-01')).toEqual([
        expect.objectContaining({ conversationId: '', claimedBy: null, state: 'closed', outcome: 'erased' }),
      ]);
      await store.expire('2026-05-01T00:00:00.000Z');
      expect(await store.desk.handoffsSince('2026-01-01')).toEqual([]);
    });

    test('an open request keeps a conversation from expiring, for its time', async () => {
      await step(store, 'waiting', opens('h1'));
      await step(store, 'talked', opens('h2'));
      await step(store, 'talked', { do: 'withdraw' });
      await step(store, 'other', { do: 'hear' });
      expect(await store.expire('2026-02-12T00:00:00.000Z', '2026-02-05T00:00:00.000Z')).toBe(2);
      expect((await store.load('waiting'))?.revision).toBe(1);
      expect(await store.expire('2026-02-19T00:00:00.000Z', '2026-02-12T00:00:00.000Z')).toBe(1);
      expect(await store.desk.openHandoffs()).toEqual([]);
    });

    test('an address is kept, replaced and dropped with turns', async () => {
      await store.commit(turn({ reference: { a: 1 } }));
      await store.commit(turn({ activityId: 'a2', expectedRevision: 1 }));
      expect(await store.desk.reference('c1')).toEqual({ a: 1 });
      await store.commit(turn({ activityId: 'a3', expectedRevision: 2, reference: { a: 2 } }));
      expect(await store.desk.reference('c1')).toEqual({ a: 2 });
      await store.commit(turn({ activityId: 'a4', expectedRevision: 3, reference: null }));
      expect(await store.desk.reference('c1')).toBeNull();
    });

    test('notes, accounts and sessions are kept as they came', async () => {
      const { desk } = store;
      const note = {
        id: 'n1',
        handoffId: 'h1',
        adviser: 'anna',
        at: turn().at,
        text: "'; DROP TABLE notes; -- <b>\u202e",
      };
      await desk.addNote(note);
      await desk.addNote({ ...note, text: 'again' });
      expect(await desk.notes('h1')).toEqual([note]);
      const anna = { name: 'anna', shown: 'Anna', hash: 'h', languages: ['fr', 'ar'], uiLanguage: 'fr' as const };
      expect(await desk.firstAccount(anna)).toBe(true);
      expect(await desk.firstAccount({ ...anna, name: 'boris' })).toBe(false);
      await desk.saveAccount({ ...anna, hash: null, languages: ['en'] });
      expect(await desk.account('anna')).toEqual({ ...anna, hash: null, languages: ['en'] });
      expect(await desk.account('boris')).toBeNull();
      expect(await desk.accounts()).toHaveLength(1);
      const session = { hash: 's1', adviser: 'anna', csrf: 'c', expiresAt: '2026-02-11', seenAt: '2026-02-10T09' };
      await desk.openSession(session);
      await desk.openSession({ ...session, hash: 's2', expiresAt: '2026-02-09' });
      expect(await desk.session('s1')).toEqual(session);
      await desk.seeSession('s1', '2026-02-10T10');
      expect(await desk.sessionsSeen('2026-02-10T10', '2026-02-10T10')).toMatchObject([{ hash: 's1' }]);
      expect(await desk.session('s2')).toBeNull();
      await desk.endSession('s1');
      expect(await desk.session('s1')).toBeNull();
      await desk.openSession(session);
      await desk.removeAccount('anna');
      expect(await desk.session('s1')).toBeNull();
      expect(await desk.accounts()).toEqual([]);
    });

    test('what was to be told of a conversation is erased with it, and nothing else', async () => {
      const mark = { kind: 'card', id: 'h1', value: 1, until: '2026-03-01T00:00:00.000Z', version: 0 };
      const item = (id: string, about?: string) => ({ id, conversationId: `staff ${id}`, payload: { id }, about });
      for (const id of ['c1', 'c2', 'c3']) await store.commit(turn({ conversationId: id, at: `2026-01-0${id[1]}` }));
      await store.desk.setMark(mark, [item('i1', 'c1'), item('i2', 'c2'), item('i3', 'c3'), item('i4')]);
      await store.erase('c1');
      expect(await store.waitingOutbox('9', 9)).toEqual(['staff i2', 'staff i3', 'staff i4']);
      await store.expire('2026-01-03');
      expect(await store.waitingOutbox('9', 9)).toEqual(['staff i3', 'staff i4']);
    });

    test('of two writers of a mark one wins, and what is to be sent goes with it or not at all', async () => {
      const { desk } = store;
      const mark = { kind: 'card', id: 'h1', value: { seen: ['é', 1] }, until: '2026-03-01T00:00:00.000Z', version: 0 };
      const item = (id: string) => ({ id, conversationId: 'staff', payload: { id } });
      const tries = await Promise.all(['a', 'b', 'c'].map((id) => desk.setMark(mark, [item(id)])));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect(await store.waitingOutbox('9', 9)).toEqual(['staff']);
      const sent = await store.takeOutbox('staff', '1', '9');
      expect(['a', 'b', 'c']).toContain(sent?.id);
      await store.removeOutbox(sent?.id ?? '');
      expect(await store.takeOutbox('staff', '1', '9')).toBeNull();
      expect(await desk.mark('card', 'h1')).toEqual({ ...mark, version: 1 });
      expect(await desk.setMark({ ...mark, value: 2, version: 1 }, [item('d')])).toBe(true);
      expect(await desk.setMark({ ...mark, value: 3, version: 1 }, [item('e')])).toBe(false);
      expect(await store.takeOutbox('staff', '1', '9')).toMatchObject({ id: 'd' });
      await store.removeOutbox('d');
      expect(await store.takeOutbox('staff', '1', '9')).toBeNull();
      await desk.setMark({ ...mark, id: 'h0', until: '2026-02-01T00:00:00.000Z' });
      await desk.setMark({ ...mark, kind: 'other' });
      expect((await desk.marks('card')).map(({ id }) => id)).toEqual(['h0', 'h1']);
      await desk.sessionsSeen('2026-02-10', '2026-02-10');
      expect((await desk.marks('card')).map(({ id }) => id)).toEqual(['h1']);
      expect(await desk.dropMark({ ...mark, version: 1 })).toBe(false);
      expect(await desk.dropMark({ ...mark, version: 2 })).toBe(true);
      expect(await desk.mark('card', 'h1')).toBeNull();
    });
  });
}
