import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationStore, Logger } from '../conversation/ports';
import { createPostgresStore } from './postgres';
import { createSqliteStore } from './sqlite';
import type { SqliteOptions } from './sqlite-file';

export type StoreSettings = {
  /** null = the embedded database. */
  database: { url: string; connections: number } | null;
  /** Folder of the embedded database; made when missing. */
  dataDir: string;
  synchronous: NonNullable<SqliteOptions['synchronous']>;
};

/** The embedded database's file in its folder. */
export const embeddedFile = (dataDir: string): string => join(dataDir, 'guichet.db');

/** PostgreSQL when an address is given, else the embedded database. */
export async function openStore(settings: StoreSettings, logger: Logger): Promise<ConversationStore> {
  if (settings.database) return createPostgresStore({ ...settings.database, logger });
  mkdirSync(settings.dataDir, { recursive: true });
  return createSqliteStore({ file: embeddedFile(settings.dataDir), synchronous: settings.synchronous });
}
