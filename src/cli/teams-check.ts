import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { cardsIn, checkCard } from '../channels/teams/check-card';
import { checkPackage, type Expected } from '../channels/teams/check-package';
import { type Finding, findingLine } from '../channels/teams/finding';
import type { TeamsSettings } from '../channels/teams/manifest';
import { makePackage, unzipPackage } from '../channels/teams/package';
import { openLibrary } from '../library/compile';
import { createWords } from '../library/i18n';
import { liveLanguages } from '../library/library';
import { projectRoot } from '../library/project-root';
import { checkOwnCards } from './teams-cards';
import { packageFile } from './teams-package';
import { secretsOf } from './teams-settings';

/** Stands for an operator's settings where none are given: the texts and icons of the repository can still be checked. */
export const exampleSettings: TeamsSettings = {
  appId: '8f1b2c3d-4e5f-4a6b-9c7d-0e1f2a3b4c5d',
  botId: '8f1b2c3d-4e5f-4a6b-9c7d-0e1f2a3b4c5d',
  version: '1.0.0',
  developer: 'Example',
  websiteUrl: 'https://guichet.example.org/',
  privacyUrl: 'https://guichet.example.org/privacy',
  termsUrl: 'https://guichet.example.org/terms',
  domains: ['guichet.example.org'],
};

/** What is wrong with a file: an app package (zip), or JSON with cards. */
export function checkFile(file: string, bytes: Uint8Array, expected: Expected): Finding[] {
  if (!/\.json$/i.test(file)) {
    try {
      return checkPackage(unzipPackage(bytes), expected);
    } catch (error) {
      return [{ file, path: '', reason: (error as Error).message }];
    }
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return [{ file, path: '', reason: 'not JSON' }];
  }
  const cards = cardsIn(value);
  if (cards.length === 0) return [{ file, path: '', reason: 'no card in it' }];
  return cards.flatMap((card, index) => checkCard(cards.length > 1 ? `${file} card ${index + 1}` : file, card));
}

/**
 * `npm run teams:check [-- FILE]`: checks an app package or a JSON file with cards, offline. Without a file: the package that
 * was written (or one with example ids), and every card that the bot would send to Teams. Exit status 1 when something is wrong.
 */
export async function main(
  [given]: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const library = openLibrary();
  const languages = liveLanguages(library);
  const botId = process.env.MicrosoftAppId?.trim();
  const expected: Expected = { languages, ...(botId ? { botId } : {}), secrets: secretsOf(process.env) };
  const findings: Finding[] = [];
  const checked: string[] = [];
  const file = given ?? (existsSync(packageFile) ? packageFile : undefined);
  if (file !== undefined && !existsSync(file)) {
    output.write(`there is no file ${file}\n`);
    return 2;
  }
  if (file !== undefined) {
    const name = given ?? relative(projectRoot, packageFile);
    findings.push(...checkFile(name, readFileSync(file), expected));
    checked.push(name);
  } else {
    const files = makePackage(exampleSettings, languages, createWords(library));
    findings.push(...checkPackage(files, { languages, secrets: expected.secrets }));
    checked.push('a package with example ids (none has been written yet)');
  }
  if (given === undefined) {
    const cards = checkOwnCards(library);
    findings.push(...cards.findings);
    checked.push(`${cards.count} cards`);
  }
  for (const finding of findings) output.write(`${findingLine(finding)}\n`);
  output.write(`checked: ${checked.join(', ')}; ${findings.length} problems\n`);
  return findings.length > 0 ? 1 : 0;
}
