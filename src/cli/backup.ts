import { readConfig } from '../config';
import { backUp } from '../storage/backup';
import { embeddedFile } from '../storage/open-store';

/** `npm run backup -- FILE`: a copy of the embedded database, made while the product runs. */
export async function main(
  [copy]: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const config = readConfig(process.env);
  if (config.database) {
    output.write('DATABASE_URL is set: PostgreSQL is backed up with pg_dump (docs/operations.md).\n');
    return 1;
  }
  const file = embeddedFile(config.dataDir);
  if (!copy || !backUp(file, copy)) {
    output.write(`npm run backup -- FILE: a new file; ${file} must exist.\n`);
    return 1;
  }
  output.write(
    `${copy} is a copy of ${file}. It holds conversations and keys: keep it as safely, and not longer than they live.\n`,
  );
  return 0;
}
