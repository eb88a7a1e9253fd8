import type { Client, ClientBase } from 'pg';
import { migrationsAfter } from './migrate';
import { postgresMigrations } from './sql/postgres';

/** Key of an advisory lock: one instance migrates at a time. */
const migrateLock = 7_190_001;

/** Brings the tables up to date, on a connection of its own: that may take as long as it takes. */
export async function bringUpToDate(client: Client): Promise<void> {
  // It is an error of what is asked meanwhile.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN');
    await migrate(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function migrate(client: ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [migrateLock]);
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM migrations');
  for (const { version, name, sql } of migrationsAfter((rows[0] as { version: number }).version, postgresMigrations)) {
    await client.query(sql);
    await client.query('INSERT INTO migrations (version, name) VALUES ($1, $2)', [version, name]);
  }
}
