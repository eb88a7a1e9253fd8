import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { makePackage, zipPackage } from '../../src/channels/teams/package';
import { checkOwnCards } from '../../src/cli/teams-cards';
import { exampleSettings, main } from '../../src/cli/teams-check';
import { readTeamsSettings } from '../../src/cli/teams-settings';
import { openLibrary } from '../../src/library/compile';
import { createWords } from '../../src/library/i18n';
import type { Command } from '../../src/nlu/understanding';
import { openSays } from '../nlu/support';

const library = openLibrary();
const live = library.languages.filter(({ live }) => live).map(({ code }) => code);
const env = {
  MicrosoftAppId: '11112222-3333-4444-5555-666677778888',
  MicrosoftAppTenantId: 'aaaa2222-3333-4444-5555-666677778888',
  PUBLIC_URL: 'https://guichet.example.org/',
  TEAMS_DEVELOPER: 'Accueil et droits',
  TEAMS_PRIVACY_URL: 'https://asso.example.org/privacy',
  TEAMS_TERMS_URL: 'https://asso.example.org/terms',
};

describe('the settings', () => {
  test('the bot id is the app id until another is given; the own host is a valid domain', () => {
    expect(readTeamsSettings(env)).toMatchObject({ appId: env.MicrosoftAppId, domains: ['guichet.example.org'] });
    const more = readTeamsSettings({ ...env, TEAMS_VALID_DOMAINS: 'a.example.org, b.example.org' });
    expect(more.domains).toEqual(['guichet.example.org', 'a.example.org', 'b.example.org']);
  });
  test.each<[string, Record<string, string>, RegExp]>([
    ['no tenant', { MicrosoftAppTenantId: '' }, /- MicrosoftAppTenantId: missing/],
    ['a bot of many tenants', { MicrosoftAppTenantId: 'common' }, /- MicrosoftAppTenantId: not a GUID/],
    ['no https', { TEAMS_PRIVACY_URL: 'http://asso.example.org/privacy' }, /- TEAMS_PRIVACY_URL: not https/],
    [
      'a machine of one\u2019s own',
      { PUBLIC_URL: 'https://localhost:3978' },
      /- PUBLIC_URL: not the name of a public host/,
    ],
    [
      'a domain with a path',
      { TEAMS_VALID_DOMAINS: 'a.example.org/x' },
      /- TEAMS_VALID_DOMAINS: not a plain host name/,
    ],
    ['a long name', { TEAMS_DEVELOPER: 'x'.repeat(33) }, /- TEAMS_DEVELOPER: /],
    ['a version in words', { TEAMS_APP_VERSION: 'next' }, /- TEAMS_APP_VERSION: not of the form 1\.2\.3/],
  ])('refused: %s', (_name, change, problem) => {
    expect(() => readTeamsSettings({ ...env, ...change })).toThrow(problem);
  });
});

describe('npm run teams:check', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guichet-teams-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function check(name: string, bytes: Uint8Array): Promise<{ status: number; text: string }> {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    let text = '';
    const output = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    return { status: await main([file], process.stdin, output), text };
  }

  test('passes a good package, names what is wrong with a bad one', async () => {
    const good = makePackage(exampleSettings, live, createWords(library));
    expect(await check('good.zip', zipPackage(good))).toMatchObject({ status: 0 });
    const { 'outline.png': _, ...bad } = good;
    const { status, text } = await check('bad.zip', zipPackage(bad));
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining('outline.png: missing\n') });
    expect(await check('text.zip', Buffer.from('hello'))).toMatchObject({
      status: 1,
      text: expect.stringContaining('not a zip file'),
    });
  });

  test('every card that the bot would send to Teams is fit for it', () => {
    const { count, findings } = checkOwnCards(library);
    expect(findings).toEqual([]);
    expect(count).toBeGreaterThan(live.length * Object.keys(library.articles).length);
  });
});

test('the bot understands each command that Teams suggests, in its language, as what it says', async () => {
  const { says } = await openSays();
  const misread = live.flatMap((language) => {
    const texts = library.locales[language]?.teams as { commands: Record<Command, { title: string }> };
    return Object.entries(texts.commands)
      .filter(([id, { title }]) => says(title, { language }).command !== id)
      .map(([id, { title }]) => `${language} ${id}: ${title}`);
  });
  expect(misread).toEqual([]);
});
