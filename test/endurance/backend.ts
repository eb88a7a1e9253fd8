import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from 'pg';
import type { ConversationStore } from '../../src/conversation/ports';
import { createPostgresStore } from '../../src/storage/postgres';
import { createSqliteStore } from '../../src/storage/sqlite';
import { keepingLogger } from '../support/edges';
import type { TestPostgres } from '../support/postgres';

/** A database of the product, looked into from outside. */
export type Backend = {
  name: 'SQLite' | 'PostgreSQL';
  /** What the product has to be told to use it. */
  environment: NodeJS.ProcessEnv;
  /** A store of our own on the same data. */
  store: ConversationStore;
  /** Runs one statement that both databases understand. */
  query(sql: string): Promise<Record<string, string>[]>;
  close(): Promise<void>;
};

/** A new SQLite file in a folder of its own. */
export async function sqliteBackend(): Promise<Backend> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-endurance-'));
  const file = join(folder, 'guichet.db');
  const store = createSqliteStore({ file });
  const database = new Database(file);
  database.pragma('busy_timeout = 5000');
  return {
    name: 'SQLite',
    environment: { DATA_DIR: folder },
    store,
    query: async (sql) => {
      const statement = database.prepare(sql);
      if (/^SELECT/.test(sql)) return statement.all() as Record<string, string>[];
      statement.run();
      return [];
    },
    close: async () => {
      database.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A new database on a PostgreSQL server. */
export async function postgresBackend(server: TestPostgres): Promise<Backend> {
  const url = await server.newDatabase();
  const store = await createPostgresStore({ url, logger: keepingLogger(), connections: 2 });
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    name: 'PostgreSQL',
    environment: { DATABASE_URL: url },
    store,
    query: async (sql) => (await client.query(sql)).rows as Record<string, string>[],
    close: async () => {
      await client.end();
      await store.close();
    },
  };
}
