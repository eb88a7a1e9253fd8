import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { checkPackage } from '../channels/teams/check-package';
import { findingLine } from '../channels/teams/finding';
import { makePackage, zipPackage } from '../channels/teams/package';
import { ConfigError } from '../config';
import { openLibrary } from '../library/compile';
import { createWords } from '../library/i18n';
import { liveLanguages } from '../library/library';
import { projectRoot } from '../library/project-root';
import { readTeamsSettings, secretsOf } from './teams-settings';

/** Where the app package is written. */
export const packageFile = join(projectRoot, 'dist', 'teams', 'guichet-teams.zip');

/**
 * `npm run teams:package`: writes the app package for the organisation's catalogue. Exit status 2 when the environment lacks
 * something, 1 when the package would not be valid; then nothing is written.
 */
export async function main(
  _args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const library = openLibrary();
  const languages = liveLanguages(library);
  let settings: ReturnType<typeof readTeamsSettings>;
  try {
    settings = readTeamsSettings(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    output.write(`${error.message}\nWhat each of them means: docs/teams.md\n`);
    return 2;
  }
  const files = makePackage(settings, languages, createWords(library));
  const findings = checkPackage(files, { languages, botId: settings.botId, secrets: secretsOf(process.env) });
  for (const finding of findings) output.write(`${findingLine(finding)}\n`);
  if (findings.length > 0) return 1;
  const zip = zipPackage(files);
  mkdirSync(dirname(packageFile), { recursive: true });
  writeFileSync(packageFile, zip);
  const file = relative(projectRoot, packageFile);
  output.write(`written: ${file}, version ${settings.version}, ${languages.length} languages, ${zip.length} bytes\n`);
  return 0;
}
