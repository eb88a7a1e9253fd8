import { chmodSync, existsSync } from 'node:fs';
import Database from 'libsql';

/**
 * Copies an embedded database into a new file, whole and consistent, while it is in use. The copy holds conversations and keys like the
 * original, and is readable by its owner only. False, and nothing written, when there is no database or the new file exists already.
 */
export function backUp(file: string, copy: string): boolean {
  if (!existsSync(file) || existsSync(copy)) return false;
  const database = new Database(file);
  try {
    database.pragma('busy_timeout = 5000');
    database.prepare('VACUUM INTO ?').run(copy);
    chmodSync(copy, 0o600);
  } finally {
    database.close();
  }
  return true;
}
