import type { PendingStore, PendingTake } from '../conversation/pending-ports';
import type { PendingStatement } from './sql/pending';

const toTake = (row: unknown): PendingTake => {
  const { payload, ...rest } = row as PendingTake & { payload: string };
  return { ...rest, payload: JSON.parse(payload) };
};

/** Pending turns in any database that runs the statements. */
export function createPendingStore(
  run: (name: PendingStatement, values: unknown[]) => Promise<{ rows: unknown[]; changes: number }>,
): PendingStore {
  return {
    keep: async ({ conversationId, activityId, payload }, at, until) =>
      (await run('pendingKeep', [conversationId, activityId, at, JSON.stringify(payload), until])).changes > 0,
    waiting: async (now, limit) =>
      (await run('pendingWaiting', [now, limit])).rows.map((row) => (row as PendingTake).conversationId),
    take: async (conversationId, now, until) =>
      (await run('pendingTake', [conversationId, now, until])).rows.map(toTake)[0] ?? null,
    giveBack: async ({ conversationId, activityId }, until) => {
      await run('pendingGiveBack', [conversationId, activityId, until]);
    },
    remove: async ({ conversationId, activityId }) => {
      await run('pendingRemove', [conversationId, activityId]);
    },
  };
}
