import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, from the sources as from `dist/`: the nearest one above that holds package.json. */
export const projectRoot: string = (() => {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error(`no package.json above ${__dirname}`);
    folder = dirname(folder);
  }
  return folder;
})();

/** Version of the program, from package.json. */
export const projectVersion: string = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
).version;
