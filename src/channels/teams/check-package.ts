import { iconFindings } from './check-icons';
import { manifestFindings } from './check-manifest';
import { lengthFindings, textsOf, translationFindings } from './check-texts';
import { secretFindings } from './find-secrets';
import type { Finding } from './finding';
import { manifestLanguage } from './manifest';
import type { PackageFiles } from './package';
import { schemaFindings } from './schemas';

/** What a package is measured by. */
export type Expected = {
  /** Languages that people are offered. */
  languages: string[];
  /** Id of the bot registration, when this installation has one. */
  botId?: string;
  /** Secrets of this installation that must not be in it. */
  secrets: string[];
};

type Json = Record<string, unknown>;
type Language = { languageTag: string; file: string };

function parse(files: PackageFiles, file: string): { value: Json } | { reason: string } {
  const bytes = files[file];
  if (!bytes) return { reason: 'missing' };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value && typeof value === 'object' && !Array.isArray(value)
      ? { value: value as Json }
      : { reason: 'not a JSON object' };
  } catch {
    return { reason: 'not JSON in UTF-8' };
  }
}

const onlyTexts = (value: Json): Record<string, string> =>
  Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function languageFindings(files: PackageFiles, manifest: Json, others: Language[], languages: string[]): Finding[] {
  const findings: Finding[] = [];
  const texts = textsOf(manifest);
  const { defaultLanguageTag } = (manifest.localizationInfo ?? {}) as Json;
  if (defaultLanguageTag !== manifestLanguage)
    findings.push({
      file: 'manifest.json',
      path: 'localizationInfo.defaultLanguageTag',
      reason: `must be "${manifestLanguage}"`,
    });
  for (const language of languages)
    if (language !== manifestLanguage && !others.some(({ languageTag }) => languageTag === language))
      findings.push({
        file: 'manifest.json',
        path: 'localizationInfo.additionalLanguages',
        reason: `no file for "${language}", which is live`,
      });
  for (const { file } of others) {
    const parsed = parse(files, file);
    if ('reason' in parsed) {
      findings.push({ file, path: '', reason: parsed.reason });
      continue;
    }
    const own = onlyTexts(parsed.value);
    findings.push(
      ...schemaFindings(file, 'strings', parsed.value),
      ...lengthFindings(file, own),
      ...translationFindings(file, own, texts),
    );
  }
  return findings;
}

/** Everything wrong with an app package; nothing = Teams' own rules that can be checked offline, and ours, are kept. */
export function checkPackage(files: PackageFiles, expected: Expected): Finding[] {
  const findings: Finding[] = [];
  const parsed = parse(files, 'manifest.json');
  if ('reason' in parsed) return [{ file: 'manifest.json', path: '', reason: parsed.reason }];
  const manifest = parsed.value;
  findings.push(...schemaFindings('manifest.json', 'manifest', manifest));
  // What follows reads the manifest as the schema promises it.
  if (findings.length === 0) {
    findings.push(
      ...manifestFindings('manifest.json', manifest, expected.botId),
      ...lengthFindings('manifest.json', textsOf(manifest)),
    );
    const { additionalLanguages = [] } = (manifest.localizationInfo ?? {}) as { additionalLanguages?: Language[] };
    findings.push(...languageFindings(files, manifest, additionalLanguages, expected.languages));
    const icons = manifest.icons as { color: string; outline: string };
    for (const kind of ['color', 'outline'] as const) {
      const file = icons[kind];
      const bytes = files[file];
      findings.push(...(bytes ? iconFindings(file, kind, bytes) : [{ file, path: '', reason: 'missing' }]));
    }
    const named = new Set([
      'manifest.json',
      icons.color,
      icons.outline,
      ...additionalLanguages.map(({ file }) => file),
    ]);
    for (const file of Object.keys(files))
      if (!named.has(file)) findings.push({ file, path: '', reason: 'the manifest does not name this file' });
  }
  for (const [file, bytes] of Object.entries(files))
    if (!file.endsWith('.png'))
      findings.push(...secretFindings(file, Buffer.from(bytes).toString('utf8'), expected.secrets));
  return findings;
}
