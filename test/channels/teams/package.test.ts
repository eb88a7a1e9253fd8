import { readdirSync } from 'node:fs';
import { checkPackage, type Expected } from '../../../src/channels/teams/check-package';
import { findingLine } from '../../../src/channels/teams/finding';
import { manifestVersion, stringsFile } from '../../../src/channels/teams/manifest';
import { makePackage, type PackageFiles, unzipPackage, zipPackage } from '../../../src/channels/teams/package';
import { encodePng } from '../../../src/channels/teams/png';
import { schemaFolder } from '../../../src/channels/teams/schemas';
import { exampleSettings } from '../../../src/cli/teams-check';
import { openLibrary } from '../../../src/library/compile';
import { createWords } from '../../../src/library/i18n';

const library = openLibrary();
const languages = library.languages.filter(({ live }) => live).map(({ code }) => code);
const expected: Expected = { languages, botId: exampleSettings.botId, secrets: ['correct-horse-battery'] };
const good = makePackage(exampleSettings, languages, createWords(library));
const lines = (files: PackageFiles): string[] => checkPackage(files, expected).map(findingLine);

// biome-ignore lint/suspicious/noExplicitAny: the table breaks manifests in ways that no type allows.
type Anything = any;
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
/** The good package with one of its JSON files changed. */
function changed(file: string, change: (json: Anything) => void): PackageFiles {
  const json: Anything = JSON.parse(Buffer.from(good[file] as Uint8Array).toString());
  change(json);
  return { ...good, [file]: bytesOf(json) };
}
const manifest = (change: (json: Anything) => void): PackageFiles => changed('manifest.json', change);
const french = stringsFile('fr');
const without = (file: string): PackageFiles =>
  Object.fromEntries(Object.entries(good).filter(([name]) => name !== file));
const title = 'bots[0].commandLists[0].commands[0].title';
const secret = `abc8Q~${'x'.repeat(34)}`;

test('the package of the repository is valid, and comes back from its zip as it was', () => {
  expect(lines(good)).toEqual([]);
  const back = unzipPackage(zipPackage(good));
  expect(Object.keys(back).sort()).toEqual(Object.keys(good).sort());
  expect(lines(back)).toEqual([]);
});

test('the same sources give the same bytes', () => {
  const again = makePackage(exampleSettings, languages, createWords(library));
  expect(Buffer.compare(zipPackage(again), zipPackage(good))).toBe(0);
});

test('the manifest format is the newest whose schema is there', () => {
  const versions = readdirSync(schemaFolder).flatMap((name) => /^v(\d+)\.(\d+)$/.exec(name)?.slice(1, 3) ?? []);
  const numbers = versions.flatMap((major, index) =>
    index % 2 === 0 ? [Number(major) * 1000 + Number(versions[index + 1])] : [],
  );
  const [major, minor] = manifestVersion.split('.').map(Number);
  expect((major ?? 0) * 1000 + (minor ?? 0)).toBe(Math.max(...numbers));
});

test('it asks for no right and takes no file', () => {
  const json: Anything = JSON.parse(Buffer.from(good['manifest.json'] as Uint8Array).toString());
  expect(json).not.toHaveProperty('permissions');
  expect(json).not.toHaveProperty('composeExtensions');
  expect(json.bots[0]).toMatchObject({ supportsFiles: false, scopes: ['personal', 'team', 'groupChat'] });
});

test.each<[string, PackageFiles, RegExp]>([
  ['no manifest', without('manifest.json'), /^manifest\.json: missing$/],
  ['a manifest that is no JSON', { ...good, 'manifest.json': Buffer.from('{') }, /^manifest\.json: not JSON in UTF-8$/],
  [
    'an older format',
    manifest((json) => Object.assign(json, { manifestVersion: '1.16' })),
    /^manifest\.json: manifestVersion: must be "1\.30"$/,
  ],
  [
    'a property that the schema does not know',
    manifest((json) => Object.assign(json, { packageName: 'x' })),
    /^manifest\.json: unknown property "packageName"$/,
  ],
  ['no description', manifest((json) => delete json.description), /^manifest\.json: missing "description"$/],
  [
    'a bot id that is no GUID',
    manifest((json) => Object.assign(json.bots[0], { botId: 'guichet' })),
    /^manifest\.json: bots\[0\]\.botId: must match pattern/,
  ],
  [
    'an id of zeros',
    manifest((json) => Object.assign(json, { id: '00000000-0000-0000-0000-000000000000' })),
    /^manifest\.json: id: a placeholder, not an id$/,
  ],
  [
    'the id of another bot',
    manifest((json) => Object.assign(json.bots[0], { botId: '11112222-3333-4444-5555-666677778888' })),
    /^manifest\.json: bots\[0\]\.botId: not the MicrosoftAppId/,
  ],
  [
    'a privacy page without https',
    manifest((json) => Object.assign(json.developer, { privacyUrl: 'http://guichet.example.org/privacy' })),
    /^manifest\.json: developer\.privacyUrl: not https$/,
  ],
  [
    'terms on a private machine',
    manifest((json) => Object.assign(json.developer, { termsOfUseUrl: 'https://localhost/terms' })),
    /^manifest\.json: developer\.termsOfUseUrl: not the name of a public host$/,
  ],
  [
    'every domain',
    manifest((json) => json.validDomains.push('*.example.org')),
    /^manifest\.json: validDomains\[1\]: not a plain host name/,
  ],
  [
    'the own site left out',
    manifest((json) => Object.assign(json, { validDomains: [] })),
    /^manifest\.json: validDomains: the host of developer\.websiteUrl is not in it$/,
  ],
  [
    'files accepted',
    manifest((json) => Object.assign(json.bots[0], { supportsFiles: true })),
    /^manifest\.json: bots\[0\]\.supportsFiles: must be false/,
  ],
  [
    'no group chats',
    manifest((json) => Object.assign(json.bots[0], { scopes: ['personal', 'team'] })),
    /^manifest\.json: bots\[0\]\.scopes: no "groupChat"$/,
  ],
  [
    'no commands in teams',
    manifest((json) => json.bots[0].commandLists.splice(1, 1)),
    /^manifest\.json: bots\[0\]\.commandLists: 0 lists for "team"/,
  ],
  [
    'a messaging extension',
    manifest((json) => Object.assign(json, { composeExtensions: [] })),
    /^manifest\.json: composeExtensions: Guichet does not use this$/,
  ],
  [
    'a right that is not used',
    manifest((json) => Object.assign(json, { permissions: ['identity'] })),
    /^manifest\.json: permissions: Guichet does not use this$/,
  ],
  [
    'a short description of 81 characters',
    manifest((json) => Object.assign(json.description, { short: 'x'.repeat(81) })),
    /^manifest\.json: description\.short: must NOT have more than 80 characters$/,
  ],
  [
    'a translated name of 31 characters',
    changed(french, (json) => Object.assign(json, { 'name.short': 'x'.repeat(31) })),
    /^strings-fr\.json: name\.short: 31 characters, at most 30/,
  ],
  [
    'a translation left out',
    changed(french, (json) => delete json[title]),
    /^strings-fr\.json: bots\[0\]\.commandLists\[0\]\.commands\[0\]\.title: the translation is missing$/,
  ],
  [
    'English instead of a translation',
    { ...good, [french]: changedText(french, 'description.full') },
    /^strings-fr\.json: description\.full: not translated/,
  ],
  [
    'a text for a command that is not there',
    changed(french, (json) => Object.assign(json, { 'bots[0].commandLists[2].commands[9].title': 'Rien' })),
    /^strings-fr\.json: .*commands\[9\]\.title: the manifest has no such text$/,
  ],
  [
    'a placeholder left',
    changed(french, (json) => Object.assign(json, { 'description.short': '{{figure.retentionHours}}' })),
    /^strings-fr\.json: description\.short: a placeholder is left/,
  ],
  [
    'a live language without a file',
    manifest((json) => json.localizationInfo.additionalLanguages.shift()),
    /^manifest\.json: localizationInfo\.additionalLanguages: no file for "fr", which is live$/,
  ],
  ['a file of a language missing', without(french), /^strings-fr\.json: missing$/],
  ['no icon', without('outline.png'), /^outline\.png: missing$/],
  [
    'a small icon',
    { ...good, 'color.png': encodePng({ width: 1, height: 1, pixels: Uint8Array.of(1, 2, 3, 255) }) },
    /^color\.png: 1×1 pixels, Teams wants 192×192$/,
  ],
  [
    'a file that nothing names',
    { ...good, '.env': Buffer.from('A=1') },
    /^\.env: the manifest does not name this file$/,
  ],
  [
    'the secret of the bot',
    manifest((json) => Object.assign(json.developer, { name: secret.slice(0, 40) })),
    /^manifest\.json: holds what looks like an Entra client secret$/,
  ],
  [
    'a secret of this installation',
    { ...good, 'notes.txt': Buffer.from('correct-horse-battery') },
    /^notes\.txt: holds what looks like a secret of this installation$/,
  ],
  [
    'a key in an address',
    manifest((json) => Object.assign(json.developer, { websiteUrl: 'https://guichet.example.org/?code=abcd1234' })),
    /^manifest\.json: holds what looks like a key in an address$/,
  ],
])('rejected: %s', (_name, files, reason) => {
  expect(lines(files)).toContainEqual(expect.stringMatching(reason));
});

/** The English text under a key of another language. */
function changedText(file: string, key: string): Uint8Array {
  const json: Anything = JSON.parse(Buffer.from(good[file] as Uint8Array).toString());
  const own: Anything = JSON.parse(Buffer.from(good['manifest.json'] as Uint8Array).toString());
  json[key] = own.description.full;
  return bytesOf(json);
}

test('what was found is never repeated', () => {
  const files = { ...good, 'notes.txt': Buffer.from(`password=${secret}`) };
  expect(lines(files).join('\n')).not.toContain('Q~');
});

test('what is no zip file, or a bomb, is refused', () => {
  expect(() => unzipPackage(Buffer.from('hello'))).toThrow('not a zip file');
  expect(() => unzipPackage(zipPackage({ 'a.json': new Uint8Array(2_000_000) }))).toThrow(/more than 1000000 bytes/);
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`${index}`, new Uint8Array(1)]));
  expect(() => unzipPackage(zipPackage(many))).toThrow(/more than 100 files/);
});
