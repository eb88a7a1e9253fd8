import { type DeskStatement, deskStatements, hasOpenRequest } from './desk';
import { type OperatorStatement, operatorStatements } from './operator';
import { outboxStatements } from './outbox';
import { type PendingStatement, pendingStatements } from './pending';
import { type ReminderStatement, reminderStatements } from './reminders';

const advanced = 'CASE ?2 WHEN 0 THEN log_sequence ELSE coalesce(log_sequence, 0) + ?2 END';
/** The statements of the SQLite store, by name. */
export const sqliteStatements = {
  load: 'SELECT id, channel, revision, saved, updated_at AS updatedAt FROM conversations WHERE id = ? AND saved IS NOT NULL',
  reply: 'SELECT reply FROM turns WHERE conversation_id = ? AND activity_id = ?',
  place: 'SELECT log_sequence AS sequence FROM conversations WHERE id = ?',
  take: 'INSERT INTO turns VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  // A conversation's first commit, or the first after it was erased; ?2 = number of log entries. No row comes back when it is neither.
  saveFirst: `INSERT INTO conversations (id, revision, log_sequence, channel, updated_at, saved)
    VALUES (?1, 1, nullif(?2, 0), ?3, ?4, ?5)
    ON CONFLICT (id) DO UPDATE SET revision = revision + 1, log_sequence = ${advanced}, channel = ?3, updated_at = ?4, saved = ?5
    WHERE saved IS NULL RETURNING revision, log_sequence AS sequence`,
  // A later commit; ?6 = the revision that was loaded. No row comes back when somebody else was faster.
  save: `UPDATE conversations SET revision = revision + 1, log_sequence = ${advanced}, channel = ?3, updated_at = ?4,
    saved = ?5 WHERE id = ?1 AND revision = ?6 AND saved IS NOT NULL RETURNING revision, log_sequence AS sequence`,
  entries: 'INSERT INTO log VALUES (?, ?, ?)',
  send: 'INSERT INTO outbox (id, conversation_id, payload) VALUES (?, ?, ?)',
  open: `INSERT INTO conversations (id, revision, log_sequence, channel, updated_at) VALUES (?, 0, 0, '', ?)
    ON CONFLICT (id) DO UPDATE SET log_sequence = 0 WHERE log_sequence IS NULL`,
  advance: `UPDATE conversations SET log_sequence = log_sequence + ?, updated_at = ?
    WHERE id = ? AND log_sequence IS NOT NULL RETURNING log_sequence AS sequence`,
  // A row holds at least one entry.
  log: `SELECT last_sequence AS last, activities FROM log WHERE conversation_id = ? AND last_sequence > ?
    ORDER BY last_sequence LIMIT ?`,
  logEnd: `SELECT last_sequence AS last, activities FROM log WHERE conversation_id = ?
    ORDER BY last_sequence DESC LIMIT ?`,
  logEnds: `SELECT id, log_sequence AS sequence FROM conversations
    WHERE id IN (SELECT value FROM json_each(?)) AND log_sequence IS NOT NULL`,
  transcript: 'SELECT transcript FROM turns WHERE conversation_id = ? ORDER BY revision',
  expired: `SELECT id FROM conversations WHERE updated_at < ?1 AND NOT ${hasOpenRequest('?2')} LIMIT 500`,
  eraseTurns: 'DELETE FROM turns WHERE conversation_id = ?',
  eraseLog: 'DELETE FROM log WHERE conversation_id = ?',
  eraseOutbox: 'DELETE FROM outbox WHERE conversation_id = ?1 OR about = ?1',
  erasePending: 'DELETE FROM pending_turns WHERE conversation_id = ?',
  eraseConversation: 'DELETE FROM conversations WHERE id = ?',
  // The count of turns stays: who has loaded the conversation before must not write over what comes after.
  blank: "UPDATE conversations SET saved = NULL, channel = '' WHERE id = ?",
  makeSecret: 'INSERT INTO secrets VALUES (?, ?) ON CONFLICT DO NOTHING',
  secret: 'SELECT value FROM secrets WHERE name = ?',
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  ...(Object.fromEntries(
    Object.entries({
      ...deskStatements,
      ...operatorStatements,
      ...outboxStatements,
      ...pendingStatements,
      ...reminderStatements,
    }).map(([name, text]) => [name, text.replace(/\$(\d+)/g, '?$1')]),
  ) as Record<
    DeskStatement | OperatorStatement | PendingStatement | ReminderStatement | keyof typeof outboxStatements,
    string
  >),
} as const;
