import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openLibrary } from '../../src/library/compile';
import { consolePage } from '../../src/server/console-page';
import { mountWebChat } from '../../src/server/web-chat';
import { Served } from '../server/support';
import { launchBrowser, testInBrowser } from '../support/browser';
import { ConsolePage } from '../support/console-page';
import { FakeDesk } from '../support/fake-desk';

/** The console alone, over routes that a test plays: hostile texts, sessions that end, a network that goes. */
const root = join(__dirname, '../..');
const served = new Served();
let browser: Browser | null = null;

beforeAll(async () => {
  browser = await launchBrowser();
  const html = readFileSync(join(root, 'public/adviser/index.html'), 'utf8');
  const pages = { '/': '<p></p>', '/adviser': consolePage(html, openLibrary()) };
  await mountWebChat(served.server, { folders: [join(root, 'public')], pages, unframed: ['/adviser'] });
  await served.listen();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await served.close();
});

/** A test with a desk of its own; what goes wrong in the page fails it. */
const inBrowser = (
  title: string,
  run: (desk: FakeDesk, open: (options?: object) => Promise<ConsolePage>) => Promise<void>,
) =>
  testInBrowser()(
    title,
    async () => {
      const desk = new FakeDesk();
      const opened: ConsolePage[] = [];
      await run(desk, async (options = {}) => {
        const prepare = (page: Page) => desk.install(page);
        const desktop = await ConsolePage.open(browser as Browser, `${served.origin}/`, { prepare, ...options });
        opened.push(desktop);
        return desktop;
      });
      for (const { trouble, page } of opened) {
        expect(trouble).toMatchObject({ errors: [], foreign: [] });
        expect(trouble.console.filter((line) => !/status of \d+|net::ERR/.test(line))).toEqual([]);
        await page.context().close();
      }
    },
    60_000,
  );

const hostile = `<img src=x onerror="hacked=1"><script>hacked=1</script><b>gras</b>\u202Eretourné\u202C\u2066\u200B`;
const long = hostile + 'x'.repeat(10_000 - hostile.length);
const at = new Date().toISOString();

inBrowser('hostile names, messages, facts and notes are text and nothing else', async (desk, open) => {
  desk.name = hostile;
  desk.people = [
    FakeDesk.waits('mine', 'ar', 3, { state: 'talking', claimedBy: hostile, claimedByMe: true, channel: hostile }),
    FakeDesk.waits('other', hostile, 3, { state: 'talking', claimedBy: hostile }),
  ];
  desk.lines = (['person', 'bot', 'adviser'] as const).map((from) => ({
    at,
    from,
    language: hostile,
    text: long,
    gist: hostile,
  }));
  desk.notes = [{ at, adviser: hostile, text: long }];
  desk.pieces = [{ kind: hostile, id: 'p', title: hostile, text: long }];
  desk.dossier = {
    language: 'ar',
    facts: [{ slot: 'permit', label: hostile, value: 'receipt', shown: hostile, words: long }],
    outcome: {
      title: hostile,
      certainty: hostile,
      rules: [{ why: hostile }],
      sources: [{ name: hostile, site: 'javascript:hacked=1' }],
    },
    checklist: [{ id: 'rib', name: hostile }],
    articles: [{ title: hostile }],
  };
  const adviser = await open();
  await adviser.page.locator('#mine button').click();
  await adviser.waitForLine(/retourné/);
  await adviser.press('/');
  await adviser.page.keyboard.type('x');
  await adviser.page.getByRole('listbox').getByRole('option').waitFor();
  await adviser.press('Enter');
  await adviser.page.locator('#piece button').first().waitFor();
  const seen = await adviser.page.evaluate(() => ({
    hacked: 'hacked' in window,
    made: document.querySelectorAll('main img, main script, main b b, header b, a[href^="javascript"]').length,
    hidden: /[\u202a-\u202e\u2066-\u2069\u200b]/.test(document.body.innerText),
    shown: document.body.innerText.includes('⟦U+202E⟧'),
    wide: document.documentElement.scrollWidth > window.innerWidth,
    loose: [...document.querySelectorAll('.said, .value, .words q')].some((one) => one.getAttribute('dir') !== 'auto'),
  }));
  expect(seen).toEqual({ hacked: false, made: 0, hidden: false, shown: true, wide: false, loose: false });
  const message = adviser.page.locator('.line.person .said');
  const folded = await message.evaluate((one) => one.clientHeight);
  await adviser.page.locator('.line.person button').click();
  expect(await message.evaluate((one) => one.clientHeight)).toBeGreaterThan(folded);
  await adviser.page.setViewportSize({ width: 360, height: 740 });
  for (const view of ['queue', 'talk', 'file']) {
    await adviser.page.locator(`#views [data-view=${view}]`).click();
    expect(await adviser.fitsWidth()).toBe(true);
  }
});

inBrowser('a session that ends asks to sign in again, and nothing typed is lost', async (desk, open) => {
  desk.people = [FakeDesk.waits('one', 'ar', 3)];
  const adviser = await open();
  const { page } = adviser;
  await adviser.waitInQueue('waiting', /Prendre, arabe/);
  await adviser.press('j');
  await adviser.press('Enter');
  await page.getByLabel('Votre réponse').fill('une longue réponse');
  await page.getByLabel('Nouvelle note').fill('une note');
  desk.signedIn = false;
  await page.getByLabel('Votre réponse').press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Connexion des conseillers' });
  await dialog.getByText('Votre session est terminée').waitFor();
  await page.keyboard.press('Escape');
  await adviser.signIn('conseiller', 'wrong');
  await dialog.getByText('Nom ou mot de passe incorrect').waitFor();
  await adviser.signIn('conseiller', 'right');
  await dialog.waitFor({ state: 'hidden' });
  expect(desk.told.filter(({ path }) => path.endsWith('messages'))).toEqual([]);
  expect(await page.getByLabel('Votre réponse').inputValue()).toBe('une longue réponse');
  await page.reload();
  await page.locator('#mine button').click();
  await page.getByLabel('Votre réponse').waitFor();
  expect(await page.getByLabel('Votre réponse').inputValue()).toBe('une longue réponse');
  expect(await page.getByLabel('Nouvelle note').inputValue()).toBe('une note');
  desk.signedIn = false;
  desk.name = 'somebody else';
  await page.getByLabel('Votre réponse').press('Control+Enter');
  await adviser.signIn('somebody else', 'right');
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/longue réponse|une note/);
  expect(await page.getByLabel('Votre réponse').inputValue()).toBe('');
});

inBrowser('a message that did not arrive is kept and sent again under the same id', async (desk, open) => {
  desk.people = [FakeDesk.waits('one', 'fr', 3, { state: 'talking', claimedByMe: true })];
  const adviser = await open();
  const { page } = adviser;
  await page.locator('#mine button').click();
  await page.getByLabel('Votre réponse').fill('bonjour');
  let ids: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/messages')) ids = [...ids, request.postDataJSON().clientId];
  });
  desk.trouble.set('handoffs/one/messages', 'down');
  await page.getByLabel('Votre réponse').press('Control+Enter');
  await page.getByText('Pas envoyé').waitFor();
  expect(await page.getByLabel('Votre réponse').inputValue()).toBe('bonjour');
  desk.trouble.clear();
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await adviser.waitForLine('bonjour');
  expect(await page.getByLabel('Votre réponse').inputValue()).toBe('');
  await page.getByLabel('Votre réponse').fill('bonjour');
  await page.getByLabel('Votre réponse').press('Control+Enter');
  await page.getByRole('log').getByText('bonjour').nth(1).waitFor();
  expect(ids).toHaveLength(3);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[1]);
});

inBrowser('who waits is told by the title, aloud and in order; somebody faster is told too', async (desk, open) => {
  desk.people = [FakeDesk.waits('a', 'ar', 12), FakeDesk.waits('b', 'fr', 1, { readsMyLanguage: true })];
  const adviser = await open();
  const { page } = adviser;
  await adviser.waitInQueue('waiting', /français/);
  expect(await adviser.queue('waiting')).toEqual([
    'Prendre, arabe, attend depuis 12 minutes, souhaite une personne, Dossier en préparation, Web',
    'Prendre, français, attend depuis 1 minute, souhaite une personne, Dossier en préparation, Web, langue que vous lisez',
  ]);
  expect(await page.title()).toBe('(2) Guichet, espace conseillers');
  desk.people.push(FakeDesk.waits('c', 'uk', 0));
  await desk.news(page, 'queue', 'c');
  await page.getByRole('status').filter({ hasText: '3 personnes attendent.' }).waitFor({ state: 'attached' });
  expect(await page.title()).toBe('(3) Guichet, espace conseillers');
  for (const [key, name] of [
    ['j', /arabe/],
    ['j', /français/],
    ['ArrowDown', /ukrainien/],
    ['ArrowDown', /ukrainien/],
    ['k', /français/],
    ['ArrowUp', /arabe/],
  ] as const) {
    await adviser.press(key);
    expect(await adviser.focused()).toMatch(name);
  }
  desk.trouble.set('handoffs/a/claim', 409);
  Object.assign(desk.people[0] as object, { state: 'talking', claimedBy: 'Amel' });
  await adviser.press('Enter');
  await page.getByText('Un autre conseiller a été plus rapide.').waitFor();
  await page.locator('#others').getByText('avec Amel').waitFor();
  expect(await page.locator('#log').isVisible()).toBe(false);
});

inBrowser('a line that is cut is said, and comes back', async (desk, open) => {
  desk.people = [FakeDesk.waits('a', 'ar', 1)];
  const { page } = await open();
  await page.locator('#waiting button').waitFor();
  await desk.cut(page);
  await page.getByText('La connexion est coupée').waitFor();
  desk.people.push(FakeDesk.waits('b', 'tr', 0));
  await page.getByRole('button', { name: 'Réessayer maintenant' }).click();
  await page.getByText('La connexion est revenue').waitFor();
  await page.locator('#waiting').getByText('turc').waitFor();
  await page.context().setOffline(true);
  await page.getByText('Pas de réseau').waitFor();
  await page.context().setOffline(false);
  await page.getByText('La connexion est revenue').waitFor();
  // A session that ends also cuts the line, and nothing else tells of it.
  desk.signedIn = false;
  await desk.cut(page);
  await page.getByRole('dialog').getByText('Votre session est terminée').waitFor();
});

inBrowser('single keys can be switched off, and every field and button has a name', async (desk, open) => {
  desk.people = [FakeDesk.waits('a', 'ar', 1, { state: 'talking', claimedByMe: true })];
  desk.dossier = { facts: [{ slot: 'permit', value: 'receipt' }], outcome: null };
  const adviser = await open({ colorScheme: 'dark' });
  const { page } = adviser;
  await page.locator('#mine button').click();
  await page.getByRole('button', { name: 'Corriger : Document de séjour' }).waitFor();
  const nameless = await page
    .locator('button:visible, input:visible, textarea:visible, select:visible')
    .evaluateAll((all) =>
      all
        .filter((one) => {
          const { labels } = one as HTMLInputElement;
          return !(one.getAttribute('aria-label') || labels?.[0]?.textContent?.trim() || one.textContent?.trim());
        })
        .map((one) => one.outerHTML),
    );
  expect(nameless).toEqual([]);
  await page.getByLabel("Raccourcis d'une seule touche").uncheck();
  await adviser.page.getByRole('log').focus();
  await adviser.press('/');
  expect(await adviser.focused()).toBe('log');
  await page.getByLabel("Raccourcis d'une seule touche").check();
  await adviser.press('/');
  expect(await adviser.focused()).toBe('search');
  await adviser.press('Escape');
  expect(await adviser.focused()).toBe('log');
  await adviser.press('Escape');
  expect(await adviser.focused()).toMatch(/^Ouvrir, arabe/);
});
