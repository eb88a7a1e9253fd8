import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
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
  /** How long the bytes of delivered messages may stay in the write-ahead log, in milliseconds. Default 3000. */
  journalMilliseconds?: number;
};

function openFile({ file, synchronous = 'NORMAL', busyTimeout = 5000 }: SqliteOptions): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    const database = new Database(file);
    database.pragma(`busy_timeout = ${busyTimeout}`);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    database.pragma('secure_delete = ON');
    // 16 MiB of pages in memory, and as much of write-ahead log between two checkpoints: fewer waits for the disk.
    database.pragma('cache_size = -16384');
    database.pragma('wal_autocheckpoint = 4096');
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

/** Opens the file, makes it when missing, and brings it up to date. Throws `STORE_OPEN` or `STORE_NEWER`. */
export function openSqliteFile(options: SqliteOptions): Database.Database {
  const database = openFile(options);
  try {
    bringUpToDate(database);
    return database;
  } catch (error) {
    database.close();
    throw error instanceof CodedError
      ? error
      : new CodedError('STORE_OPEN', (error as { code?: string }).code, { cause: error });
  }
}
