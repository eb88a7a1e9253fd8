import { deskStatements, forgetWrites, hasOpenRequest } from './desk';
import { operatorStatements } from './operator';
import { outboxStatements } from './outbox';
import { pendingStatements } from './pending';
import { reminderStatements } from './reminders';

/** Channels of NOTIFY, only hints: a log has grown (the payload is the conversation's id); something of the desk has changed. */
export const channel = 'guichet_log';
export const deskChannel = 'guichet_desk';

/** What one commit writes, once `moved` has a row; `handled` tells why it has none. */
const written = `
  turned AS (INSERT INTO turns SELECT $1::text, $2::text, moved.revision, $6::text, $7::text FROM moved),
  logged AS (INSERT INTO log SELECT $1::text, moved.log_sequence, $8::text FROM moved WHERE $3::integer > 0),
  sent AS (
    INSERT INTO outbox (id, conversation_id, payload)
    SELECT item.* FROM moved, unnest($9::text[], $10::text[], $11::text[]) AS item (id, conversation, payload)
  )
  SELECT moved.revision, moved.log_sequence AS sequence, CASE WHEN $3::integer > 0 THEN pg_notify('${channel}', $1::text) END FROM moved`;
const handled = 'handled AS (SELECT 1 FROM turns WHERE conversation_id = $1::text AND activity_id = $2::text)';
const advanced = `CASE $3::integer WHEN 0 THEN conversations.log_sequence ELSE coalesce(conversations.log_sequence, 0) + $3::integer END`;

/** The statements of the PostgreSQL store, by name. */
export const postgresStatements = {
  load: 'SELECT id, channel, revision, saved, updated_at AS "updatedAt" FROM conversations WHERE id = $1 AND saved IS NOT NULL',
  reply: 'SELECT reply FROM turns WHERE conversation_id = $1 AND activity_id = $2',
  // A conversation's first commit, or the first after it was erased. No row comes back when the activity was handled, or when it is neither.
  commitFirst: `WITH ${handled}, moved AS (
      INSERT INTO conversations (id, revision, log_sequence, channel, updated_at, saved)
      SELECT $1::text, 1, nullif($3::integer, 0), $4::text, $5::text, $12::text WHERE NOT EXISTS (SELECT FROM handled)
      ON CONFLICT (id) DO UPDATE SET revision = conversations.revision + 1, log_sequence = ${advanced}, channel = $4, updated_at = $5,
      saved = $12 WHERE conversations.saved IS NULL RETURNING revision, log_sequence
    ), ${written}`,
  // A later one; $13 = the revision that was loaded.
  commit: `WITH ${handled}, moved AS (
      UPDATE conversations SET revision = revision + 1, log_sequence = ${advanced}, channel = $4, updated_at = $5, saved = $12
      WHERE id = $1 AND revision = $13 AND saved IS NOT NULL AND NOT EXISTS (SELECT FROM handled) RETURNING revision, log_sequence
    ), ${written}`,
  open: `INSERT INTO conversations (id, revision, log_sequence, channel, updated_at) VALUES ($1, 0, 0, '', $2)
    ON CONFLICT (id) DO UPDATE SET log_sequence = 0 WHERE conversations.log_sequence IS NULL`,
  place: 'SELECT log_sequence AS sequence FROM conversations WHERE id = $1',
  append: `WITH moved AS (
      UPDATE conversations SET log_sequence = log_sequence + $2::integer, updated_at = $3
      WHERE id = $1 AND log_sequence IS NOT NULL RETURNING log_sequence
    ), logged AS (INSERT INTO log SELECT $1::text, log_sequence, $4::text FROM moved)
    SELECT log_sequence AS sequence, pg_notify('${channel}', $1::text) FROM moved`,
  // A row holds at least one entry.
  log: `SELECT last_sequence AS last, activities FROM log WHERE conversation_id = $1 AND last_sequence > $2
    ORDER BY last_sequence LIMIT $3`,
  logEnd: `SELECT last_sequence AS last, activities FROM log WHERE conversation_id = $1
    ORDER BY last_sequence DESC LIMIT $2`,
  logEnds: 'SELECT id, log_sequence AS sequence FROM conversations WHERE id = ANY($1) AND log_sequence IS NOT NULL',
  tellDesk: `SELECT pg_notify('${deskChannel}', '')`,
  transcript: 'SELECT transcript FROM turns WHERE conversation_id = $1 ORDER BY revision',
  ...outboxStatements,
  // What a turn locks first: else two that meet could wait for each other.
  lock: 'SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE',
  expired: `SELECT id FROM conversations WHERE updated_at < $1 AND NOT ${hasOpenRequest('$2')}
    LIMIT 500 FOR UPDATE SKIP LOCKED`,
  eraseTurns: 'DELETE FROM turns WHERE conversation_id = ANY($1)',
  eraseLog: 'DELETE FROM log WHERE conversation_id = ANY($1)',
  eraseOutbox: 'DELETE FROM outbox WHERE conversation_id = ANY($1) OR about = ANY($1)',
  erasePending: 'DELETE FROM pending_turns WHERE conversation_id = ANY($1)',
  eraseConversations: 'DELETE FROM conversations WHERE id = ANY($1)',
  // The count of turns stays: who has loaded the conversation before must not write over what comes after.
  blank: "UPDATE conversations SET saved = NULL, channel = '' WHERE id = $1",
  makeSecret: 'INSERT INTO secrets VALUES ($1, $2) ON CONFLICT DO NOTHING',
  secret: 'SELECT value FROM secrets WHERE name = $1',
  ...deskStatements,
  ...operatorStatements,
  ...pendingStatements,
  ...reminderStatements,
  ...(Object.fromEntries(
    forgetWrites.map((name) => [
      name,
      deskStatements[name].replace('conversation_id = $1', 'conversation_id = ANY($1)'),
    ]),
  ) as Record<(typeof forgetWrites)[number], string>),
} as const;
