import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Inbound } from '../../src/conversation/inbound';
import type { Reply } from '../../src/conversation/reply';
import { createMemoryStore } from '../../src/storage/memory';
import { ChatPage, launchBrowser, testInBrowser } from '../support/browser';
import { type ChatServer, startChatServer } from '../support/chat-server';
import { richReply } from '../support/replies';
import { scriptedTurn } from '../support/scripted-turn';

const number = '09\u00a074\u00a075\u00a036\u00a046';
const arabic: Reply = {
  ...richReply,
  language: 'ar',
  direction: 'rtl',
  choices: [],
  bubbles: [
    {
      text: `اتصل بالرقم ${number} أو 36\u00a046.`,
      card: {
        kind: 'outcome',
        title: 'الخلاصة',
        sections: [
          {
            heading: 'الهاتف',
            open: true,
            lines: [
              { text: `الخط الفرنسي 36\u00a046 من الاثنين`, tel: '3646' },
              { text: 'S1106', mark: true },
            ],
          },
        ],
      },
    },
  ],
};

/** A conversation with a fixed script, so that only the page is under test. */
function script(inbound: Inbound): Reply {
  const said = (text: string, fields: Partial<Reply> = {}): Reply => ({
    ...richReply,
    bubbles: [{ text }],
    choices: [],
    ...fields,
  });
  const language = { language: 'en', direction: 'ltr' as const };
  if (inbound.kind === 'joined')
    return said(`Bonjour (${inbound.locale})`, { choices: [{ title: 'Je commence', value: 'do=start' }] });
  if (inbound.value === 'do=start') return richReply;
  if (inbound.value === 'lang=ar') return { ...arabic };
  if (inbound.value === 'lang=en') return said('Let us go on in English', language);
  if (inbound.value) return said(`Valeur ${inbound.value}`);
  return inbound.text === 'hello' ? said('You speak English', language) : said(`Reçu : ${inbound.text}`);
}

const pageTexts = (code: string) =>
  JSON.parse(readFileSync(join(__dirname, `../../locales/${code}/page.json`), 'utf8')) as object;
const library = {
  languages: [
    { code: 'fr', name: 'Français', direction: 'ltr' as const, live: true },
    { code: 'en', name: 'English', direction: 'ltr' as const, live: true },
    { code: 'ar', name: 'العربية', direction: 'rtl' as const, live: true },
  ],
  locales: { fr: { page: pageTexts('fr') }, en: { page: pageTexts('en') }, ar: { page: pageTexts('en') } },
};
const store = createMemoryStore();
const serve = (port = 0) => startChatServer({ store, takeTurn: scriptedTurn({ store, script }), library, port });
let browser: Browser | null;
let server: ChatServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serve();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server.close();
});

/** A test that is passed over, after a loud line at the start, when there is no browser. */
const inBrowser = (
  title: string,
  run: (open: (width?: number, locale?: string) => Promise<ChatPage>) => Promise<void>,
) =>
  testInBrowser()(
    title,
    async () => {
      const chromium = browser as Browser;
      const pages: ChatPage[] = [];
      await run(async (width = 1280, locale = 'fr-FR') => {
        const page = await ChatPage.open(chromium, server.url, { locale, viewport: { width, height: 800 } });
        page.page.setDefaultTimeout(15_000);
        pages.push(page);
        return page;
      });
      for (const page of pages) {
        expect(page.trouble).toMatchObject({ errors: [], foreign: [] });
        expect(page.trouble.console.filter((line) => !/net::ERR|WebSocket|status of 401/i.test(line))).toEqual([]);
        await page.close();
      }
    },
    60_000,
  );

inBrowser('buttons, typing and cards work, and a reload goes on with the same conversation', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.clickSuggestedAction('Je commence');
  await chat.waitForBot('Voici la suite.');
  expect(await chat.userBubbles()).toEqual(['Je commence']);
  await chat.waitForText('☐ S1106');
  await chat.pressInCard('Où envoyer');
  await chat.pressInCard('Trouver ma CPAM');
  await chat.waitForBot('Valeur ask=cpam-finder');
  expect(await chat.userBubbles()).toEqual(['Je commence', 'Trouver ma CPAM']);
  await chat.send('une question');
  await chat.waitForBot('Reçu : une question');
  const firstLines = async () => (await chat.botBubbles()).map((text) => text.split('\n')[0]);
  const before = await firstLines();
  await chat.reload();
  await chat.waitForBot('Reçu : une question');
  expect(await firstLines()).toEqual(before);
  expect(await chat.userBubbles()).toEqual(['Je commence', 'Trouver ma CPAM', 'une question']);
});

inBrowser('the reply to a button of the header is in sight, however far up one reads', async (open) => {
  const chat = await open(360);
  await chat.waitForBot('Bonjour (fr)');
  await chat.clickSuggestedAction('Je commence');
  await chat.waitForText('☐ S1106');
  for (const text of ['un', 'deux', 'trois']) {
    await chat.send(text);
    await chat.waitForBot(`Reçu : ${text}`);
  }
  await chat.page.locator('.webchat__basic-transcript__scrollable').evaluate((log) => log.scrollTo(0, 0));
  await chat.page.locator('[data-choose="do=edit"]').click();
  await chat.waitForBot('Valeur do=edit');
  const reply = chat.page.locator('.webchat__bubble', { hasText: 'Valeur do=edit' });
  await expect(
    chat.page.waitForFunction(
      (box) => (box as Element).getBoundingClientRect().bottom <= innerHeight - 40,
      await reply.elementHandle(),
    ),
  ).resolves.toBeDefined();
});

inBrowser('telephone numbers open the dialler', async (open) => {
  const chat = await open();
  await chat.clickSuggestedAction('Je commence');
  await chat.waitForText('36\u00a046');
  const links = await chat.page
    .locator('a[href^="tel:"]')
    .evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent]));
  expect(links.map(([href, text]) => [href, text?.replace(/\u200b/g, '')])).toEqual([
    ['tel:3646', '36\u00a046'],
    ['tel:+33974753646', '09\u00a074\u00a075\u00a036\u00a046'],
  ]);
});

inBrowser('the language menu tells the bot and changes the whole page', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.chooseLanguage('en');
  await chat.waitForBot('Let us go on in English');
  expect(await chat.userBubbles()).toEqual(['English']);
  expect(await chat.page.locator('html').getAttribute('lang')).toBe('en');
  expect(await chat.page.locator('#language').locator('xpath=..').textContent()).toContain('Language');
  await chat.page.getByPlaceholder('Write your message').waitFor();
});

inBrowser('the page follows the language that a person writes in', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.send('hello');
  await chat.waitForBot('You speak English');
  await chat.page.locator('html[lang="en"]').waitFor();
  expect(await chat.userBubbles()).toEqual(['hello']);
});

inBrowser(
  'the browser’s language is asked for, and the first one offered stands in for an unknown one',
  async (open) => {
    await (await open(1280, 'en-GB')).waitForBot('Bonjour (en)');
    await (await open(1280, 'ja-JP')).waitForBot('Bonjour (fr)');
  },
);

inBrowser('a restart of the server ends no conversation', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  const { port } = server;
  const again = chat.page.waitForEvent('websocket');
  await server.close();
  server = await serve(port);
  await again;
  await chat.send('encore là');
  await chat.waitForBot('Reçu : encore là');
  expect(await chat.userBubbles()).toEqual(['encore là']);
});

inBrowser('a message written while the connection is cut arrives, once', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  const { port } = server;
  await server.close();
  await chat.send('dans le noir');
  server = await serve(port);
  await chat.page
    .locator('.webchat__bubble:not(.webchat__bubble--from-user)', { hasText: 'dans le noir' })
    .waitFor({ timeout: 30_000 });
  expect(await chat.userBubbles()).toEqual(['dans le noir']);
});

inBrowser('a lost network is said, and the conversation goes on at once when it is back', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.page.context().setOffline(true);
  await chat.page.locator('#notice').getByText('La connexion est coupée').waitFor();
  await chat.page.context().setOffline(false);
  await chat.page.locator('#notice').waitFor({ state: 'hidden' });
  await chat.send('de retour');
  await chat.waitForBot('Reçu : de retour');
});

inBrowser('a conversation that is gone starts afresh', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.page.evaluate(() =>
    sessionStorage.setItem('guichet', JSON.stringify({ conversationId: 'gone', token: 'void' })),
  );
  await chat.page.addInitScript(() =>
    sessionStorage.setItem('guichet', JSON.stringify({ conversationId: 'gone', token: 'void' })),
  );
  await chat.reload();
  await chat.waitForBot('Bonjour (fr)');
});

inBrowser(
  'when the conversation cannot be opened both telephone lines are shown, and trying again works',
  async (open) => {
    const chat = await open();
    await chat.page.route('**/api/directline/token', (route) => route.abort());
    await chat.page.evaluate(() => sessionStorage.clear());
    await chat.page.addInitScript(() => sessionStorage.clear());
    await chat.reload();
    const notice = chat.page.locator('#notice');
    await notice.getByText('{{contact.line-3646}}').waitFor();
    expect(await notice.textContent()).toContain('{{contact.line-english}}');
    await chat.page.unroute('**/api/directline/token');
    await chat.page.locator('#retry').click();
    await chat.waitForBot('Bonjour (fr)');
  },
);

inBrowser('a right-to-left language turns the page and the cards, not the telephone numbers', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.chooseLanguage('ar');
  await chat.waitForText('36\u00a046');
  expect(await chat.page.locator('html').getAttribute('dir')).toBe('rtl');
  expect(await chat.page.locator('.ac-adaptiveCard').first().getAttribute('dir')).toBe('rtl');
  for (const phone of [number, '36\u00a046']) expect([...new Set(await chat.onScreen(phone))]).toEqual([phone]);
  if (process.env.SCREENSHOTS) await chat.screenshot(360, join(process.env.SCREENSHOTS, 'chat-ar.png'));
});

inBrowser('a language chosen the moment an answer stands there is not taken back by that answer', async (open) => {
  const chat = await open();
  await chat.waitForBot('Bonjour (fr)');
  await chat.page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const menu = document.getElementById('language') as HTMLSelectElement;
    const page = document.documentElement;
    new MutationObserver(() => spoken.push(page.lang)).observe(page, { attributeFilter: ['lang'] });
    new MutationObserver(() => {
      const answered = document.getElementById('chat')?.textContent?.includes('Reçu : une question');
      if (!answered || menu.value === 'ar' || spoken.length > 0) return;
      menu.value = 'ar';
      menu.dispatchEvent(new Event('change'));
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await chat.send('une question');
  await chat.waitForText('36\u00a046');
  expect(await chat.page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)).toEqual(['ar']);
});

inBrowser('nothing sticks out on a small phone or a large screen', async (open) => {
  for (const width of [360, 1280]) {
    const chat = await open(width);
    await chat.clickSuggestedAction('Je commence');
    await chat.waitForText('☐ S1106');
    expect(await chat.fitsWidth()).toBe(true);
    await chat.screenshot(
      width,
      process.env.SCREENSHOTS ? join(process.env.SCREENSHOTS, `chat-${width}.png`) : undefined,
    );
  }
});
