import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import type {
  CommitResult,
  ConversationStore,
  LoggedActivity,
  TranscriptLine,
  TurnCommit,
} from '../conversation/ports';
import { CodedError } from '../errors';
import { migrate } from './migrate';
import { sqliteMigrations } from './sql/sqlite';

export type SqliteOptions = {
  /** Path of the database file; its folder is made when missing. Readable by its owner only. */
  file: string;
  /** NORMAL (default) survives a crash of the program, FULL also a power cut right after an answer. */
  synchronous?: 'NORMAL' | 'FULL';
  /** How long a write waits for another process, in milliseconds. Default 5000. */
  busyTimeout?: number;
};

const statements = {
  load: 'SELECT id, channel, revision, saved, updated_at AS updatedAt FROM conversations WHERE id = ? AND revision > 0',
  reply: 'SELECT reply FROM handled WHERE conversation_id = ? AND activity_id = ?',
  place: 'SELECT revision, log_sequence AS sequence FROM conversations WHERE id = ?',
  handle: 'INSERT INTO handled VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  save: `INSERT INTO conversations (id, revision, log_sequence, channel, updated_at, saved) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, log_sequence = excluded.log_sequence,
    channel = excluded.channel, updated_at = excluded.updated_at, saved = excluded.saved`,
  line: 'INSERT INTO transcript VALUES (?, ?, ?, ?, ?, ?, ?)',
  entry: 'INSERT INTO log VALUES (?, ?, ?)',
  send: 'INSERT INTO outbox (id, conversation_id, payload) VALUES (?, ?, ?)',
  open: `INSERT INTO conversations (id, revision, log_sequence, channel, updated_at) VALUES (?, 0, 0, '', ?)
    ON CONFLICT (id) DO UPDATE SET log_sequence = 0 WHERE log_sequence IS NULL`,
  advance: 'UPDATE conversations SET log_sequence = ?, updated_at = ? WHERE id = ?',
  log: 'SELECT sequence, activity FROM log WHERE conversation_id = ? AND sequence > ? ORDER BY sequence',
  transcript:
    'SELECT at, speaker AS "from", language, text FROM transcript WHERE conversation_id = ? ORDER BY revision, line',
  pending: 'SELECT id, conversation_id AS conversationId, payload FROM outbox ORDER BY number LIMIT ?',
  delivered: 'DELETE FROM outbox WHERE id = ?',
  expired: 'SELECT id FROM conversations WHERE updated_at < ? LIMIT 500',
  eraseHandled: 'DELETE FROM handled WHERE conversation_id = ?',
  eraseTranscript: 'DELETE FROM transcript WHERE conversation_id = ?',
  eraseLog: 'DELETE FROM log WHERE conversation_id = ?',
  eraseOutbox: 'DELETE FROM outbox WHERE conversation_id = ?',
  eraseConversation: 'DELETE FROM conversations WHERE id = ?',
  blank: "UPDATE conversations SET revision = 0, saved = NULL, channel = '' WHERE id = ?",
  makeSecret: 'INSERT INTO secrets VALUES (?, ?) ON CONFLICT DO NOTHING',
  secret: 'SELECT value FROM secrets WHERE name = ?',
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
} as const;

type Statement = Pick<Database.Statement, 'run' | 'get' | 'all'>;
type Prepared = Record<keyof typeof statements, Statement>;
type Place = { revision: number; sequence: number | null } | undefined;

function open({ file, synchronous = 'NORMAL', busyTimeout = 5000 }: SqliteOptions): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    const database = new Database(file);
    database.pragma(`busy_timeout = ${busyTimeout}`);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    database.pragma('secure_delete = ON');
    return database;
  } catch (error) {
    throw new CodedError('STORE_OPEN', (error as { code?: string }).code, { cause: error });
  }
}

function bringUpToDate(database: Database.Database): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT',
  );
  const target = {
    exclusively: (work: () => void) => database.transaction(work).immediate(),
    run: (sql: string) => void database.exec(sql),
    version: () =>
      (database.prepare('SELECT max(version) AS version FROM migrations').get() as { version: number | null })
        .version ?? 0,
    record: ({ version, name }: { version: number; name: string }) =>
      void database.prepare("INSERT INTO migrations VALUES (?, ?, datetime('now'))").run(version, name),
  };
  migrate(target, sqliteMigrations);
}

/**
 * A store in one SQLite file (plus its `-wal` and `-shm` companions). Calls answer synchronously inside; several processes may share
 * the file on one machine. Throws `STORE_OPEN` or `STORE_NEWER` at start; later errors mean a broken disk.
 */
export function createSqliteStore(options: SqliteOptions): ConversationStore {
  const database = open(options);
  try {
    bringUpToDate(database);
  } catch (error) {
    database.close();
    throw error instanceof CodedError
      ? error
      : new CodedError('STORE_OPEN', (error as { code?: string }).code, { cause: error });
  }
  const on = Object.fromEntries(
    Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]),
  ) as unknown as Prepared;

  /** One write transaction; `work` returns what to answer, or throws and nothing is written. */
  function write<Result>(work: () => Result): Result {
    on.begin.run();
    try {
      const result = work();
      on.commit.run();
      return result;
    } catch (error) {
      if (database.inTransaction) on.rollback.run();
      throw error;
    }
  }

  function append(id: string, after: number, entries: unknown[]): LoggedActivity[] {
    return entries.map((activity, index) => {
      const sequence = after + index + 1;
      on.entry.run(id, sequence, JSON.stringify(activity));
      return { sequence, activity };
    });
  }

  function commitTurn(turn: TurnCommit): CommitResult {
    const id = turn.conversationId;
    on.begin.run();
    try {
      const place = on.place.get(id) as Place;
      const handled = on.handle.run(id, turn.activityId, JSON.stringify(turn.reply)).changes === 0;
      if (handled || (place?.revision ?? 0) !== turn.expectedRevision) {
        on.rollback.run();
        return { ok: false, reason: handled ? 'handled' : 'stale' };
      }
      const revision = turn.expectedRevision + 1;
      const logged = append(id, place?.sequence ?? 0, turn.log);
      const sequence = logged.at(-1)?.sequence ?? place?.sequence ?? null;
      on.save.run(id, revision, sequence, turn.channel, turn.at, JSON.stringify(turn.saved));
      turn.transcript.forEach((line, index) => {
        on.line.run(id, revision, index, line.at, line.from, line.language, line.text);
      });
      for (const item of turn.outbox) on.send.run(item.id, item.conversationId, JSON.stringify(item.payload));
      on.commit.run();
      return { ok: true, revision, logged };
    } catch (error) {
      if (database.inTransaction) on.rollback.run();
      throw error;
    }
  }

  function eraseRows(id: string): void {
    for (const statement of [on.eraseHandled, on.eraseTranscript, on.eraseLog, on.eraseOutbox]) statement.run(id);
  }

  /** Deleted bytes stay in the write-ahead log until it is emptied; when another process reads, its next checkpoint does it. */
  const emptyJournal = () => void database.pragma('wal_checkpoint(TRUNCATE)');
  const secrets = new Map<string, string>();

  return {
    load: async (id) => {
      const row = on.load.get(id) as (Record<'id' | 'channel' | 'saved' | 'updatedAt', string> & Place) | undefined;
      if (!row) return null;
      const { channel, revision, saved, updatedAt } = row;
      return { id, channel, revision, saved: JSON.parse(saved), updatedAt };
    },
    handledReply: async (id, activityId) => {
      const row = on.reply.get(id, activityId) as { reply: string } | undefined;
      return row ? JSON.parse(row.reply) : null;
    },
    commit: async (turn) => commitTurn(turn),
    openLog: async (id, at) => on.open.run(id, at).changes > 0,
    hasLog: async (id) => ((on.place.get(id) as Place)?.sequence ?? null) !== null,
    appendLog: async (id, entries, at) =>
      write(() => {
        const sequence = (on.place.get(id) as Place)?.sequence ?? null;
        if (sequence === null || entries.length === 0) return [];
        const logged = append(id, sequence, entries);
        on.advance.run(sequence + logged.length, at, id);
        return logged;
      }),
    readLog: async (id, after) =>
      (on.log.all(id, after) as { sequence: number; activity: string }[]).map(({ sequence, activity }) => ({
        sequence,
        activity: JSON.parse(activity),
      })),
    transcript: async (id) =>
      (on.transcript.all(id) as TranscriptLine[]).map(({ at, from, language, text }) => ({ at, from, language, text })),
    pendingOutbox: async (limit) =>
      (on.pending.all(limit) as Record<'id' | 'conversationId' | 'payload', string>[]).map((row) => ({
        id: row.id,
        conversationId: row.conversationId,
        payload: JSON.parse(row.payload),
      })),
    markDelivered: async (outboxId) => void on.delivered.run(outboxId),
    erase: async (id) => {
      write(() => {
        eraseRows(id);
        const place = on.place.get(id) as Place;
        if (place?.sequence == null) on.eraseConversation.run(id);
        else on.blank.run(id);
      });
      emptyJournal();
    },
    expire: async (before) => {
      let count = 0;
      for (;;) {
        const removed = write(() => {
          const rows = on.expired.all(before) as { id: string }[];
          for (const { id } of rows) {
            eraseRows(id);
            on.eraseConversation.run(id);
          }
          return rows.length;
        });
        count += removed;
        if (removed === 0) break;
      }
      if (count > 0) emptyJournal();
      return count;
    },
    secret: async (name) => {
      let value = secrets.get(name);
      if (value === undefined) {
        on.makeSecret.run(name, randomBytes(32).toString('base64url'));
        value = (on.secret.get(name) as { value: string }).value;
        secrets.set(name, value);
      }
      return value;
    },
    close: async () => {
      if (!database.open) return;
      emptyJournal();
      database.close();
    },
  };
}
