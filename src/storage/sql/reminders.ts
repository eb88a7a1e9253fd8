/** The table of reminders, the same for SQLite and PostgreSQL; `{strict}` stands for what only SQLite says, `{sorted}` makes days compare as bytes. */
export const reminderTable = `
  CREATE TABLE reminders (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    due TEXT{sorted} NOT NULL,
    language TEXT NOT NULL,
    reference TEXT NOT NULL,
    UNIQUE (conversation_id, kind)
  ) {strict};
  CREATE INDEX reminders_due ON reminders (due);
`;

const columns = 'id, conversation_id AS "conversationId", channel, kind, due, language, reference';

/** In PostgreSQL's writing; $n in the order of the values that `storage/reminders.ts` gives. */
export const reminderStatements = {
  reminderSet: `INSERT INTO reminders (id, conversation_id, channel, kind, due, language, reference) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (conversation_id, kind) DO UPDATE SET id = $1, channel = $3, due = $5, language = $6, reference = $7`,
  reminderCancel: 'DELETE FROM reminders WHERE conversation_id = $1',
  reminderSent: 'DELETE FROM reminders WHERE id = $1',
  reminderDrop: 'DELETE FROM reminders WHERE due < $1',
  reminderOf: `SELECT ${columns} FROM reminders WHERE conversation_id = $1 ORDER BY due, id`,
  reminderDue: `SELECT ${columns} FROM reminders WHERE due <= $1 AND (due, id) > ($3, $4) ORDER BY due, id LIMIT $2`,
} as const;
export type ReminderStatement = keyof typeof reminderStatements;
