import { CodedError } from '../errors';

/** One numbered change of the tables; `version` counts from 1 without gaps. */
export type Migration = { version: number; name: string; sql: string };

/** The little that migrating needs of a database. */
export type MigrationTarget = {
  /** Runs `work` in one write transaction that keeps other processes out. */
  exclusively(work: () => void): void;
  run(sql: string): void;
  /** Version of the newest migration that was applied, 0 for a new database. */
  version(): number;
  record(migration: Migration): void;
};

/**
 * Brings a database up to the newest version; returns how many migrations ran. Two processes that start together run each one once.
 * Throws `STORE_NEWER` when the database knows a version that this code does not.
 */
export function migrate(target: MigrationTarget, migrations: Migration[]): number {
  let applied = 0;
  target.exclusively(() => {
    for (const migration of migrationsAfter(target.version(), migrations)) {
      target.run(migration.sql);
      target.record(migration);
      applied += 1;
    }
  });
  return applied;
}

/** The migrations that a database of this version still needs, in order. Throws `STORE_NEWER` when it knows one that this code does not. */
export function migrationsAfter(current: number, migrations: Migration[]): Migration[] {
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) throw new CodedError('STORE_NEWER', `database ${current}, program ${newest}`);
  return migrations.filter(({ version }) => version > current);
}
