import type { Migration } from '../migrate';

/**
 * The tables of SQLite, oldest change first. A published migration is never edited; the next one gets the next number.
 * `conversations.log_sequence`: NULL = no activity log, else the last sequence given. It outlives an erasure, because clients drop an
 * activity whose id they have seen: a log that starts again at 1 would be invisible to them.
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
      CREATE TABLE handled (
        conversation_id TEXT NOT NULL,
        activity_id TEXT NOT NULL,
        reply TEXT NOT NULL,
        PRIMARY KEY (conversation_id, activity_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE transcript (
        conversation_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        line INTEGER NOT NULL,
        at TEXT NOT NULL,
        speaker TEXT NOT NULL,
        language TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (conversation_id, revision, line)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE log (
        conversation_id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        activity TEXT NOT NULL,
        PRIMARY KEY (conversation_id, sequence)
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
];
