import type { Browser, Page } from 'playwright-core';
import { ChatPage } from '../support/browser';
import { fakeClock } from '../support/edges';
import { servedForBrowser } from '../support/served';

/** What happens to a page in a pocket, to the unmodified Web Chat on the real product: the list of what must not lose a word. */
const clock = fakeClock(new Date().toISOString());
const { url, restart, inBrowser } = servedForBrowser({ clock }, 90_000);
/** How soon the conversation goes on when it can (milliseconds). */
const soon = 2000;

const inMinutes = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString());

async function begin(browser: Browser): Promise<ChatPage> {
  const chat = await ChatPage.open(browser, url(), { locale: 'en' });
  await chat.waitForBot('Guichet');
  await chat.send('I am from Brazil');
  await chat.waitForBot('What do you do in France');
  return chat;
}

/** Says one thing more, and sees it stand there and be answered once. */
async function goOn(chat: ChatPage): Promise<void> {
  await chat.send('I am an employee');
  await chat.waitForBot('residence document');
  const said = await chat.userBubbles();
  expect(said.filter((text) => text.includes('I am an employee'))).toHaveLength(1);
  const answers = await chat.botBubbles();
  expect(answers.filter((text) => text.includes('Which residence document'))).toHaveLength(1);
}

/** Another tab of the same conversation, as the browser's "duplicate" makes it. */
async function duplicate({ page }: ChatPage): Promise<Page> {
  const kept = await page.evaluate(() => sessionStorage.getItem('guichet'));
  const other = await page.context().newPage();
  await other.addInitScript((value) => sessionStorage.setItem('guichet', value ?? ''), kept);
  await other.goto(url());
  return other;
}

const bubble = (page: Page, text: string) => page.locator('.webchat__bubble', { hasText: text }).last();

inBrowser('the socket is cut: the conversation goes on', async (browser) => {
  const chat = await begin(browser);
  const again = chat.page.waitForEvent('websocket');
  await restart();
  await again;
  await goOn(chat);
  await chat.close();
});

inBrowser(
  'the network is away, a message is written meanwhile: it arrives within two seconds of the network',
  async (browser) => {
    const chat = await begin(browser);
    await chat.page.context().setOffline(true);
    await chat.page.locator('#notice').getByText('The connection is lost').waitFor();
    await chat.send('I am an employee');
    await chat.page.context().setOffline(false);
    const returned = Date.now();
    await chat.waitForBot('residence document');
    expect(Date.now() - returned).toBeLessThan(soon);
    expect((await chat.userBubbles()).filter((text) => text.includes('I am an employee'))).toHaveLength(1);
    await chat.page.locator('#notice').waitFor({ state: 'hidden' });
    await chat.close();
  },
);

inBrowser(
  'the page sleeps while its server is replaced and another tab goes on: awake, it shows all',
  async (browser) => {
    const chat = await begin(browser);
    const other = await duplicate(chat);
    await bubble(other, 'What do you do in France').waitFor();
    const device = await chat.page.context().newCDPSession(chat.page);
    await device.send('Page.setWebLifecycleState', { state: 'frozen' });
    await restart();
    await other.locator('[data-id="webchat-sendbox-input"]').fill('I am an employee');
    await other.keyboard.press('Enter');
    await bubble(other, 'residence document').waitFor();
    await device.send('Page.setWebLifecycleState', { state: 'active' });
    await chat.waitForBot('residence document');
    await chat.close();
  },
);

inBrowser('a reload shows the same conversation, and it goes on', async (browser) => {
  const chat = await begin(browser);
  const before = await chat.botBubbles();
  await chat.reload();
  await chat.waitForBot('What do you do in France');
  expect(await chat.botBubbles()).toEqual(before);
  await goOn(chat);
  await chat.close();
});

inBrowser('two tabs show one conversation, and turn to its language together', async (browser) => {
  const chat = await begin(browser);
  const other = await duplicate(chat);
  await bubble(other, 'What do you do in France').waitFor();
  await chat.chooseLanguage('ar');
  await other.locator('html[lang="ar"][dir="rtl"]').waitFor();
  await other.locator('[data-id="webchat-sendbox-input"]').fill('أعمل موظفا');
  await other.keyboard.press('Enter');
  await bubble(chat.page, 'أعمل موظفا').waitFor();
  await chat.waitForText(/S1106|إقامة/);
  await chat.close();
});

inBrowser('a token that has ended is renewed, and the message arrives once', async (browser) => {
  const chat = await begin(browser);
  inMinutes(45);
  await goOn(chat);
  await chat.close();
});

inBrowser('a conversation that nothing opens any more is said to be gone, and a new one begins', async (browser) => {
  const chat = await begin(browser);
  inMinutes(60 * 30);
  await chat.reload();
  await chat.waitForBot('Guichet');
  expect(await chat.userBubbles()).toEqual([]);
  await chat.page.locator('#notice').getByText('has been erased').waitFor();
  await chat.page.locator('#languages').waitFor();
  await chat.close();
});
