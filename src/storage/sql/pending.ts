/** The table of pending turns, the same for SQLite and PostgreSQL; `{strict}` stands for what only SQLite says, `{sorted}` makes times compare as bytes. */
export const pendingTable = `
  CREATE TABLE pending_turns (
    conversation_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    at TEXT{sorted} NOT NULL,
    payload TEXT NOT NULL,
    held_until TEXT{sorted} NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, activity_id)
  ) {strict};
`;

/** A turn is the oldest of its conversation. */
const oldest = `NOT EXISTS (
    SELECT 1 FROM pending_turns AS older WHERE older.conversation_id = pending_turns.conversation_id
      AND (older.at, older.activity_id) < (pending_turns.at, pending_turns.activity_id)
  )`;

/** In PostgreSQL's writing; $n in the order of the values that `storage/pending.ts` gives. `held_until`: until then somebody is at it. */
export const pendingStatements = {
  pendingKeep: `INSERT INTO pending_turns (conversation_id, activity_id, at, payload, held_until, tries)
    VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING`,
  pendingWaiting: `SELECT conversation_id AS "conversationId" FROM pending_turns WHERE held_until <= $1 AND ${oldest} ORDER BY at LIMIT $2`,
  pendingTake: `UPDATE pending_turns SET held_until = $3, tries = tries + 1
    WHERE conversation_id = $1 AND held_until <= $2 AND ${oldest}
    RETURNING conversation_id AS "conversationId", activity_id AS "activityId", payload, tries`,
  pendingGiveBack: `UPDATE pending_turns SET held_until = $3, tries = tries - 1 WHERE conversation_id = $1 AND activity_id = $2`,
  pendingRemove: 'DELETE FROM pending_turns WHERE conversation_id = $1 AND activity_id = $2',
  pendingForgetOld: 'DELETE FROM pending_turns WHERE at < $1',
} as const;
export type PendingStatement = keyof typeof pendingStatements;
