/** What the outbox gained in migration 5, for both databases. `{sorted}` makes times compare as the bytes that they are. */
export const outboxLeases = `
  ALTER TABLE outbox ADD COLUMN held_until TEXT{sorted} NOT NULL DEFAULT '';
  ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
  DROP INDEX outbox_conversation;
  CREATE INDEX outbox_conversation ON outbox (conversation_id, number);
`;

/** And later: the conversation that a message to advisers tells of. */
export const outboxAbout = `
  ALTER TABLE outbox ADD COLUMN about TEXT;
  CREATE INDEX outbox_about ON outbox (about) WHERE about IS NOT NULL;
`;

/** An item is the oldest of its conversation. */
const oldest = `NOT EXISTS (
    SELECT 1 FROM outbox AS older WHERE older.conversation_id = outbox.conversation_id AND older.number < outbox.number
  )`;

/**
 * The statements about items that wait for delivery, in PostgreSQL's writing. `held_until`: until then somebody is at it, or it is too
 * early to try again. `unsure`: posts that may have arrived; each take counts one, a refusal takes it back.
 */
export const outboxStatements = {
  outboxWaiting: `SELECT conversation_id AS "conversationId" FROM outbox WHERE held_until <= $1 AND ${oldest} ORDER BY number LIMIT $2`,
  outboxTake: `UPDATE outbox SET held_until = $3, tries = tries + 1, unsure = unsure + 1
    WHERE number = (SELECT min(number) FROM outbox WHERE conversation_id = $1) AND held_until <= $2
    RETURNING id, conversation_id AS "conversationId", payload, tries, unsure`,
  outboxReturn: 'UPDATE outbox SET held_until = $2, unsure = unsure - $3 WHERE id = $1',
  outboxRemove: 'DELETE FROM outbox WHERE id = $1',
} as const;

export type OutboxRow = Record<'id' | 'conversationId' | 'payload', string> & { tries: number; unsure: number };
