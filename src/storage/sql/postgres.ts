import type { Migration } from '../migrate';
import { deskMarks, deskReturns, deskTables } from './desk';
import { operatorTables } from './operator';
import { outboxAbout, outboxLeases } from './outbox';
import { pendingTable } from './pending';
import { reminderTable } from './reminders';

/**
 * The tables of PostgreSQL, oldest change first; the same as SQLite's (`sql/sqlite.ts`), JSON kept as text so that what went in comes
 * out. A published migration is never edited; the next one gets the next number.
 */
export const postgresMigrations: Migration[] = [
  {
    version: 1,
    name: 'conversations, turns, activity log, outbox, secrets',
    sql: `
      CREATE TABLE conversations (
        id text PRIMARY KEY,
        revision integer NOT NULL,
        log_sequence integer,
        channel text NOT NULL,
        updated_at text COLLATE "C" NOT NULL,
        saved text
      ) WITH (fillfactor = 70);
      CREATE INDEX conversations_updated ON conversations (updated_at);
      CREATE TABLE turns (
        conversation_id text NOT NULL,
        activity_id text NOT NULL,
        revision integer NOT NULL,
        reply text NOT NULL,
        transcript text NOT NULL,
        PRIMARY KEY (conversation_id, activity_id)
      );
      CREATE TABLE log (
        conversation_id text NOT NULL,
        last_sequence integer NOT NULL,
        activities text NOT NULL,
        PRIMARY KEY (conversation_id, last_sequence)
      );
      CREATE TABLE outbox (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id text NOT NULL UNIQUE,
        conversation_id text NOT NULL,
        payload text NOT NULL
      );
      CREATE INDEX outbox_conversation ON outbox (conversation_id);
      CREATE TABLE secrets (name text PRIMARY KEY, value text NOT NULL);
    `,
  },
  {
    version: 2,
    name: 'handoffs, notes, advisers, sessions, references',
    sql: deskTables.replaceAll('{strict}', '').replace(/(_at|since) TEXT/g, '$1 TEXT COLLATE "C"'),
  },
  {
    version: 3,
    name: 'return codes of handoffs',
    sql: deskReturns,
  },
  {
    version: 4,
    name: 'marks of the desk',
    sql: deskMarks.replaceAll('{strict}', '').replace('ends_at TEXT', 'ends_at TEXT COLLATE "C"'),
  },
  { version: 5, name: 'who is at an item of the outbox', sql: outboxLeases.replaceAll('{sorted}', ' COLLATE "C"') },
  {
    version: 6,
    name: 'switches, questions without an answer',
    sql: operatorTables.replaceAll('{sorted}', 'COLLATE "C"').replaceAll('{strict}', ''),
  },
  {
    version: 7,
    name: 'reminders',
    sql: reminderTable.replaceAll('{sorted}', ' COLLATE "C"').replaceAll('{strict}', ''),
  },
  {
    version: 8,
    name: 'pending turns',
    sql: pendingTable.replaceAll('{sorted}', ' COLLATE "C"').replaceAll('{strict}', ''),
  },
  { version: 9, name: 'what a message to advisers tells of', sql: outboxAbout },
];
