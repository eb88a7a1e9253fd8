import type { PendingStore, PendingTurn } from '../conversation/pending-ports';

type Kept = Omit<PendingTurn, 'payload'> & { at: string; json: string; heldUntil: string; tries: number };
type Key = Pick<PendingTurn, 'conversationId' | 'activityId'>;

/** Pending turns as long as the process lives, by the same rules as the databases (`sql/pending.ts`). */
export function createMemoryPending() {
  let kept: Kept[] = [];
  const same = (one: Key, other: Key) =>
    one.conversationId === other.conversationId && one.activityId === other.activityId;
  const oldestOf = (conversationId: string) => kept.find((one) => one.conversationId === conversationId);
  const store: PendingStore = {
    keep: async ({ payload, ...turn }, at, until) => {
      if (kept.some((one) => same(one, turn))) return false;
      kept.push({ ...turn, at, json: JSON.stringify(payload), heldUntil: until, tries: 1 });
      kept.sort((a, b) => (`${a.at} ${a.activityId}` < `${b.at} ${b.activityId}` ? -1 : 1));
      return true;
    },
    waiting: async (now, limit) =>
      kept
        .filter((one) => one === oldestOf(one.conversationId) && one.heldUntil <= now)
        .map(({ conversationId }) => conversationId)
        .slice(0, limit),
    take: async (conversationId, now, until) => {
      const oldest = oldestOf(conversationId);
      if (!oldest || oldest.heldUntil > now) return null;
      oldest.heldUntil = until;
      oldest.tries += 1;
      const { activityId, json, tries } = oldest;
      return { conversationId, activityId, payload: JSON.parse(json), tries };
    },
    giveBack: async (turn, until) => {
      const mine = kept.find((one) => same(one, turn));
      if (!mine) return;
      mine.heldUntil = until;
      mine.tries -= 1;
    },
    remove: async (turn) => {
      kept = kept.filter((one) => !same(one, turn));
    },
  };
  return {
    store,
    forget(conversationId: string): void {
      kept = kept.filter((one) => one.conversationId !== conversationId);
    },
    forgetOld(before: string): void {
      kept = kept.filter(({ at }) => at >= before);
    },
  };
}
