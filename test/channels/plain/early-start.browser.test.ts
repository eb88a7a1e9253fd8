import type { Browser, Page } from 'playwright-core';
import { picture, servedForBrowser } from '../../support/served';

const { url, inBrowser } = servedForBrowser({}, 90_000);

/** The web chat page while Web Chat itself is still on its way; `release` lets it arrive. */
async function openSlowly(browser: Browser, path = '', options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => void troubles.push(error.message));
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/webchat\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(url() + path, { waitUntil: 'commit' });
  return { page, release, troubles };
}

const said = (page: Page) => page.locator('#chat .webchat__bubble').allInnerTexts();

inBrowser('answers given before Web Chat has loaded are the beginning of its conversation', async (browser) => {
  const { page, release, troubles } = await openSlowly(browser);
  await page.getByRole('button', { name: 'I am starting' }).click();
  await page.locator('#now', { hasText: 'What is your nationality?' }).waitFor();
  expect(page.url()).toBe(url());
  await page.locator('#now textarea').fill('I am from Brazil');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('#now', { hasText: 'What do you do in France' }).waitFor();
  await page.screenshot({ path: picture('early-start-360') });
  await page.locator('#now textarea').fill('I work as a');
  release();
  await page.locator('#chat .webchat__bubble', { hasText: 'What do you do in France' }).waitFor();
  expect(await page.locator('#start').count()).toBe(0);
  expect(await page.locator('[data-id="webchat-sendbox-input"]').inputValue()).toBe('I work as a');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe('webchat-sendbox-input');
  const texts = await said(page);
  for (const once of [
    'I am Guichet',
    'I am starting',
    'What is your nationality?',
    'I am from Brazil',
    'What do you do in',
  ])
    expect(texts.filter((text) => text.includes(once))).toHaveLength(1);
  await page.keyboard.type(' cook with a contract');
  await page.keyboard.press('Enter');
  await page.locator('#chat .webchat__bubble', { hasText: 'I work as a cook with a contract' }).waitFor();
  await page.locator('button.webchat__suggested-action').first().waitFor();
  await page.reload();
  await page.locator('#chat .webchat__bubble', { hasText: 'I am from Brazil' }).waitFor();
  expect(await page.locator('#start').count()).toBe(0);
  expect(troubles).toEqual([]);
  await page.context().close();
});

inBrowser(
  'an answer under way when Web Chat arrives counts once; who has not answered goes on in Web Chat',
  async (browser) => {
    const { page, release, troubles } = await openSlowly(browser, '?lang=ar');
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.locator('#now').getByText('إلى أين وصلت؟').waitFor();
    let held: () => void = () => {};
    await page.route('**/plain', async (route) => {
      await new Promise<void>((resolve) => {
        held = resolve;
      });
      await route.continue();
    });
    const asked = page.waitForRequest('**/plain');
    await page.getByRole('button', { name: 'أبدأ الآن' }).click();
    await asked;
    release();
    await page.waitForFunction(() => 'WebChat' in window);
    held();
    await page.locator('#chat .webchat__bubble', { hasText: 'ما جنسيتك؟' }).waitFor();
    const texts = await said(page);
    expect(texts.filter((text) => text.includes('أبدأ الآن'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('ما جنسيتك؟'))).toHaveLength(1);
    expect(troubles).toEqual([]);
    await page.context().close();
  },
);

inBrowser('without JavaScript the whole way to the checklist and back by the keyboard', async (browser) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'fr-FR',
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(url());
  expect(await page.getByText('Sans JavaScript').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Je commence' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/plain');
  await page.getByLabel('Écrivez votre message').fill('Je suis brésilienne');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.getByRole('button', { name: 'Travail salarié en France' }).first().click();
  await page.getByRole('button', { name: 'Titre ou carte de séjour' }).first().click();
  await page
    .getByRole('heading', { name: /papiers|documents/i })
    .first()
    .waitFor();
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  await page.screenshot({ path: picture('plain-outcome-360'), fullPage: true });
  const outcome = await page.locator('#now').innerText();
  await page.reload();
  expect(await page.locator('#now').innerText()).toBe(outcome);
  await page.getByRole('button', { name: 'العربية' }).click();
  await page.locator('html[dir=rtl]').waitFor();
  await page.screenshot({ path: picture('plain-ar-360'), fullPage: true });
  expect(await context.cookies()).toEqual([]);
  await context.close();
});
