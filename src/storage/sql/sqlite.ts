import type { Migration } from '../migrate';
import { deskMarks, deskReturns, deskTables } from './desk';
import { operatorTables } from './operator';
import { outboxAbout, outboxLeases } from './outbox';
import { pendingTable } from './pending';
import { reminderTable } from './reminders';

/**
 * The tables of SQLite, oldest change first. A published migration is never edited; the next one gets the next number.
 * `conversations.log_sequence`: NULL = no activity log, else the last sequence given. It outlives an erasure, because clients drop an
 * activity whose id they have seen: a log that starts again at 1 would be invisible to them.
 * `turns` and `log` hold one row for each commit (lines and entries as JSON lists): half of a turn's time is counted in rows.
 */
export const sqliteMigrations: Migration[] = [
  {
    version: 1,
    name: 'conversations, turns, activity log, outbox, secrets',
    sql: `
      CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        log_sequence INTEGER,
        channel TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        saved TEXT
      ) STRICT;
      CREATE TABLE turns (
        conversation_id TEXT NOT NULL,
        activity_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        reply TEXT NOT NULL,
        transcript TEXT NOT NULL,
        PRIMARY KEY (conversation_id, activity_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE log (
        conversation_id TEXT NOT NULL,
        last_sequence INTEGER NOT NULL,
        activities TEXT NOT NULL,
        PRIMARY KEY (conversation_id, last_sequence)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL,
        payload TEXT NOT NULL
      ) STRICT;
      CREATE INDEX outbox_conversation ON outbox (conversation_id);
      CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 2,
    name: 'handoffs, notes, advisers, sessions, references',
    sql: deskTables.replaceAll('{strict}', 'STRICT'),
  },
  {
    version: 3,
    name: 'return codes of handoffs',
    sql: deskReturns,
  },
  {
    version: 4,
    name: 'marks of the desk',
    sql: deskMarks.replaceAll('{strict}', 'STRICT'),
  },
  { version: 5, name: 'who is at an item of the outbox', sql: outboxLeases.replaceAll('{sorted}', '') },
  {
    version: 6,
    name: 'switches, questions without an answer',
    sql: operatorTables.replaceAll('{sorted}', '').replaceAll('{strict}', 'STRICT'),
  },
  {
    version: 7,
    name: 'turns and log in the order of writing',
    // In the order of their keys every row of some kilobytes spilled over into a page of its own.
    sql: `
      ALTER TABLE turns RENAME TO sorted_turns;
      CREATE TABLE turns (
        conversation_id TEXT NOT NULL,
        activity_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        reply TEXT NOT NULL,
        transcript TEXT NOT NULL,
        PRIMARY KEY (conversation_id, activity_id)
      ) STRICT;
      INSERT INTO turns SELECT * FROM sorted_turns;
      DROP TABLE sorted_turns;
      ALTER TABLE log RENAME TO sorted_log;
      CREATE TABLE log (
        conversation_id TEXT NOT NULL,
        last_sequence INTEGER NOT NULL,
        activities TEXT NOT NULL,
        PRIMARY KEY (conversation_id, last_sequence)
      ) STRICT;
      INSERT INTO log SELECT * FROM sorted_log;
      DROP TABLE sorted_log;
    `,
  },
  {
    version: 8,
    name: 'reminders',
    sql: reminderTable.replaceAll('{sorted}', '').replaceAll('{strict}', 'STRICT'),
  },
  {
    version: 9,
    name: 'pending turns',
    sql: pendingTable.replaceAll('{sorted}', '').replaceAll('{strict}', 'STRICT'),
  },
  { version: 10, name: 'what a message to advisers tells of', sql: outboxAbout },
];
