import type { Browser } from 'playwright-core';
import { openLibrary } from '../../src/library/compile';
import { audit, lost } from '../support/audit';
import { ChatPage } from '../support/browser';
import { ConsolePage } from '../support/console-page';
import { picture, servedForBrowser } from '../support/served';

/** Every page as people get it, looked at by axe; and nothing of it lost at any size. */
const { url, account, inBrowser } = servedForBrowser({}, 120_000);

/** 400 % and 200 % of 1280 × 1024 pixels, a small phone. */
const sizes = [
  { width: 320, height: 256 },
  { width: 640, height: 512 },
  { width: 360, height: 740 },
];
const library = openLibrary();
type Questions = Record<string, { choices: Record<string, string> }>;
const titleOf = (language: string, slot: string, value: string): string =>
  (library.locales[language] as { questions: Questions }).questions[slot]?.choices[value] ?? '';

/** Looks at the page as it is now, at the usual size and at the small ones. */
async function examine(chat: ChatPage, name: string): Promise<void> {
  const { page } = chat;
  expect({ name, violations: await audit(page) }).toEqual({ name, violations: [] });
  await page.screenshot({ path: picture(`${name}-1280`) });
  for (const size of sizes) {
    await page.setViewportSize(size);
    let missed = await lost(page);
    // Web Chat draws anew for another width.
    for (let frame = 0; missed.length > 0 && frame < 300; frame++) {
      await page.evaluate(() => new Promise(requestAnimationFrame));
      missed = await lost(page);
    }
    expect({ name, ...size, missed }).toEqual({ name, ...size, missed: [] });
    await page.screenshot({ path: picture(`${name}-${size.width}`) });
  }
  await page.setViewportSize({ width: 1280, height: 1024 });
}

describe.each(['fr', 'en', 'ar', 'zh'])('in %s', (language) => {
  inBrowser(
    'the conversation, from the greeting to the result, has no violation and loses nothing',
    async (browser) => {
      const viewport = { width: 1280, height: 1024 };
      const chat = await ChatPage.open(browser, url(), { locale: language, viewport });
      await chat.waitForBot('Guichet');
      await examine(chat, `${language}-greeting`);
      const steps = [
        ['nationality', 'other'],
        ['activity', 'employee'],
        ['permit', 'residencePermit'],
      ] as const;
      await chat.page.locator('button.webchat__suggested-action').first().click();
      for (const [slot, value] of steps) {
        const title = titleOf(language, slot, value);
        await chat.page.locator('button.webchat__suggested-action', { hasText: title }).first().waitFor();
        if (slot === 'permit') await examine(chat, `${language}-question`);
        await chat.page.locator('button.webchat__suggested-action', { hasText: title }).first().click();
      }
      await chat.waitForText('S1106');
      await chat.waitForText(/36\u00a046/);
      await examine(chat, `${language}-result`);
      await chat.page.locator('#more summary').click();
      expect(await audit(chat.page)).toEqual([]);
      expect(chat.trouble.errors).toEqual([]);
      await chat.close();
    },
  );

  inBrowser('the plain page has no violation and loses nothing', async (browser) => {
    const chat = await ChatPage.open(browser, new URL(`plain?lang=${language}`, url()).href, { locale: language });
    await examine(chat, `${language}-plain`);
    await chat.close();
  });
});

const consoles: [string, (browser: Browser) => Promise<void>][] = ['fr-FR', 'en-GB'].map((locale) => [
  locale,
  async (browser) => {
    const desk = await ConsolePage.open(browser, url(), { locale });
    await desk.page.getByLabel(/^(Nom|Name)$/).waitFor();
    expect(await audit(desk.page)).toEqual([]);
    const { name, password } = account();
    await desk.signIn(name, password);
    await desk.page.locator('#queue-title').waitFor();
    expect(await audit(desk.page)).toEqual([]);
    await desk.page.context().close();
  },
]);
for (const [locale, look] of consoles)
  inBrowser(`the advisers' sign-in and console have no violation (${locale})`, look);
