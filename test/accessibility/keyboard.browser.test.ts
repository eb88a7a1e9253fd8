import type { Page } from 'playwright-core';
import { ChatPage } from '../support/browser';
import { picture, servedForBrowser } from '../support/served';

/** The interview without a mouse, and what a screen reader is told of it. */
const { url, inBrowser } = servedForBrowser({}, 90_000);

/** What has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return {
      name: element?.getAttribute('aria-label') || element?.innerText || element?.id || '',
      choice: element?.classList.contains('webchat__suggested-action') ?? false,
    };
  });

/** Goes on with Tab, and among the buttons of an answer with the arrows, to what has this name; presses it. */
async function press(page: Page, name: RegExp): Promise<void> {
  const passed = new Set<string>();
  for (let step = 0; step < 80; step++) {
    const at = await focused(page);
    if (name.test(at.name)) return page.keyboard.press('Enter');
    const further = at.choice && !passed.has(at.name);
    passed.add(at.name);
    await page.keyboard.press(further ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`no way to ${name}`);
}

async function type(page: Page, text: string): Promise<void> {
  for (let step = 0; step < 60; step++) {
    if (await page.locator('[data-id="webchat-sendbox-input"]').evaluate((box) => box === document.activeElement)) {
      await page.keyboard.type(text);
      return page.keyboard.press('Enter');
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('no way to the box');
}

inBrowser('the whole interview with the keyboard alone; every answer is announced', async (browser) => {
  const chat = await ChatPage.open(browser, 'about:blank', { locale: 'en' });
  const { page } = chat;
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[aria-live=polite], [aria-live=assertive], [role=log], [role=status]',
        );
        if (region && region.getAttribute('aria-live') !== 'off')
          for (const node of addedNodes) heard.push(node.textContent ?? '');
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(url());
  await chat.waitForBot('Guichet');

  await press(page, /^I am starting$/);
  await chat.waitForBot('nationality');
  await type(page, 'I am from Brazil');
  await chat.waitForBot('What do you do in France');
  await press(page, /^Employee in France/);
  await chat.waitForBot('residence document');
  await press(page, /^Residence permit/);
  await chat.waitForBot('There is no waiting period');
  await press(page, /^More$/);
  await page.locator('#more[open]').waitFor();
  await page.keyboard.press('Escape');
  expect((await focused(page)).name).toBe('More');
  await press(page, /^My answers$/);
  await chat.waitForText('What I know so far');

  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  const heard = plain((await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).join(' '));
  for (const text of [
    'Where are you in the process?',
    'What do you do in France',
    'Which residence document',
    'There is no waiting period',
    'What would you like to change?',
    'Question 2 of about',
  ])
    expect(heard).toContain(text);
  await chat.close();
});

inBrowser(
  'reading aloud: offered where the browser has a voice, silent as soon as something new is said',
  async (browser) => {
    const chat = await ChatPage.open(browser, 'about:blank', { locale: 'en' });
    const { page } = chat;
    await page.addInitScript(() => {
      const spoken: string[] = [];
      const speech = Object.assign(new EventTarget(), {
        getVoices: () => [{ lang: 'en-GB', name: 'a voice' }],
        speak: ({ text }: { text: string }) => void spoken.push(text),
        cancel: () => void spoken.push('(silent)'),
      });
      Object.defineProperty(window, 'speechSynthesis', { value: speech });
      Object.assign(window, {
        spoken,
        SpeechSynthesisUtterance: class extends EventTarget {
          lang = '';
          voice = null;
          constructor(readonly text: string) {
            super();
          }
        },
      });
    });
    await page.goto(url());
    await chat.waitForBot('Guichet');
    const spoken = () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    await press(page, /^Read aloud$/);
    expect((await spoken()).join(' ')).toContain('Where are you in the process?');
    expect((await spoken()).at(-1)).not.toBe('(silent)');
    await page.getByRole('button', { name: 'Stop reading' }).waitFor();
    await type(page, 'I am from Brazil');
    await chat.waitForBot('What do you do in France');
    expect((await spoken()).at(-1)).toBe('(silent)');
    await page.getByRole('button', { name: 'Read aloud' }).waitFor();
    await chat.chooseLanguage('zh');
    await page.locator('#read').waitFor({ state: 'hidden' });
    await chat.close();
  },
);

inBrowser('on paper stands the conversation, all of it, and nothing that can only be pressed', async (browser) => {
  const chat = await ChatPage.open(browser, url(), { viewport: { width: 794, height: 600 } });
  const { page } = chat;
  await chat.waitForBot('Guichet');
  await chat.send('je suis brésilien, salarié, j’ai un titre de séjour');
  await chat.waitForText('Lignes téléphoniques');
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.webchat__send-box', 'button.webchat__suggested-action', '.ac-pushButton', '.tools', '#notice'])
    expect([gone, await page.locator(gone).filter({ visible: true }).count()]).toEqual([gone, 0]);
  const cut = await page
    .locator('.webchat__bubble')
    .evaluateAll(
      (all) =>
        all.filter((bubble) => bubble.getBoundingClientRect().bottom > document.documentElement.scrollHeight).length,
    );
  expect(cut).toBe(0);
  const room = await page.locator('.webchat__basic-transcript__scrollable').evaluate((element) => ({
    shown: element.clientHeight,
    whole: element.scrollHeight,
  }));
  expect(room.shown).toBeGreaterThanOrEqual(room.whole);
  await page.screenshot({ path: picture('fr-print'), fullPage: true });
  await chat.close();
});
