import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from './library';
import { projectRoot } from './project-root';

/** Where the compiled library lies, under the project's root. */
export const compiledDirectory = join(projectRoot, 'dist', 'library');

const fileOf = (directory: string, name: string) => join(directory, `${name}.json`);

/** Writes one compiled piece whole or not at all. */
export function writeCompiled(name: string, piece: unknown, directory: string = compiledDirectory): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${fileOf(directory, name)}.new`, JSON.stringify(piece));
  renameSync(`${fileOf(directory, name)}.new`, fileOf(directory, name));
}

/** Reads one compiled piece; throws with the remedy when it was never built. */
export function readCompiled<T>(name: string, directory: string = compiledDirectory): T {
  const file = fileOf(directory, name);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build"`);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** The compiled library. */
export const openLibrary = (directory?: string): Library => readCompiled<Library>('library', directory);
