import type { Browser, Locator } from 'playwright-core';
import { hashPassword } from '../../src/handoff/sign-in';
import { createMemoryStore } from '../../src/storage/memory';
import { ChatPage } from '../support/browser';
import { ConsolePage } from '../support/console-page';
import { keepingLogger } from '../support/edges';
import { picture, servedForBrowser } from '../support/served';

/** Two languages and two directions: somebody writes Arabic, closes the tab and comes back by code; the adviser works in French. */
const password = 'une phrase de passe';
const store = createMemoryStore();
const logger = keepingLogger();
const phone = { locale: 'ar', viewport: { width: 420, height: 900 } };

beforeAll(async () => {
  const hash = await hashPassword(password);
  await store.desk.saveAccount({ name: 'amel', shown: 'Amel', hash, languages: ['fr', 'en'], uiLanguage: 'fr' });
});
const { url, inBrowser } = servedForBrowser({ store, logger });

async function openChat(open: Browser, query = '', options: object = phone): Promise<ChatPage> {
  const chat = await ChatPage.open(open, `${url()}${query}`, options);
  chat.page.setDefaultTimeout(15_000);
  return chat;
}

/** Somebody who has told something in Arabic, asks for a person, notes the code and closes the tab. */
async function asksAndLeaves(open: Browser): Promise<string> {
  const chat = await openChat(open);
  await chat.waitForBot('Guichet');
  await chat.send('أنا تونسي ووجدت عملا');
  await chat.waitForBot(/titre de séjour|تصريح|إقامة/);
  await chat.send('أريد التحدث مع مستشار');
  await chat.waitForBot('احتفظ به');
  const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec((await chat.botBubbles()).join())?.[0] ?? '';
  expect(new Set(await chat.onScreen(code))).toEqual(new Set([code]));
  await chat.screenshot(420, picture('ar-code'));
  expect(chat.trouble.errors).toEqual([]);
  await chat.close();
  return code;
}

const directionOf = (element: Locator) => element.evaluate((one) => getComputedStyle(one).direction);

/** Sends a piece of a kind that the search finds. */
async function sendPiece({ page }: ConsolePage, words: string, kind: string): Promise<void> {
  await page.getByRole('log').focus();
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  await page.getByText(/textes? trouvés?/).waitFor();
  await page.getByRole('option').filter({ hasText: kind }).first().click();
  await page.getByRole('button', { name: 'Envoyer ce texte' }).click();
  await page.locator('#piece').waitFor({ state: 'hidden' });
}

inBrowser('in Arabic and French: a wish, a closed tab, the replies found by code, and the bot again', async (open) => {
  const code = await asksAndLeaves(open);
  const adviser = await ConsolePage.open(open, url());
  const { page } = adviser;
  await adviser.signIn('amel', password);
  await adviser.waitInQueue('waiting', /^Prendre, arabe/);
  await page.locator('#waiting button').click();
  await adviser.waitForLine('أريد التحدث مع مستشار');
  const dossier = page.getByRole('region', { name: 'Dossier' });
  await dossier.getByText('Tunisie').first().waitFor();
  await dossier.locator('q', { hasText: 'تونسي' }).first().waitFor();
  expect(await page.getByRole('log').innerText()).not.toContain(code);

  await page.getByLabel('Votre réponse').fill('Bonjour.\nVoici deux textes (en arabe).');
  await adviser.press('Control+Enter');
  await adviser.waitForLine('Bonjour.');
  await sendPiece(adviser, 'RIB', 'Pourquoi un RIB');
  await adviser.waitForLine('بيانات حسابك البنكي');
  await sendPiece(adviser, 'Document de séjour', 'Question');

  const back = await openChat(open, `?code=${code}`);
  await back.waitForBot('Bonjour.');
  expect(back.page.url()).toBe(url());
  await back.waitForText(/بيانات حسابك البنكي/);
  expect(await back.userBubbles()).toHaveLength(2);
  expect(await back.page.locator('html').getAttribute('dir')).toBe('rtl');
  // The French full stop and bracket stand where French has them.
  for (const french of ['Bonjour.', '(en arabe).'])
    expect(new Set(await back.onScreen(french))).toEqual(new Set([french]));
  // The last reply is in sight at once.
  const end = await back.page.locator('.webchat__bubble').last().elementHandle();
  await back.page.waitForFunction((last) => {
    const { top, bottom } = (last as HTMLElement).getBoundingClientRect();
    return top > 0 && bottom < window.innerHeight;
  }, end);
  await back.screenshot(420, picture('ar-back'));
  expect(await back.fitsWidth()).toBe(true);

  await back.send('عندي بطاقة إقامة وأسكن في ليون');
  await adviser.waitForLine('عندي بطاقة إقامة وأسكن في ليون');
  const line = page.locator('.line.person').last();
  expect(await line.locator('.said').getAttribute('lang')).toBe('ar');
  expect(await directionOf(line.locator('.said'))).toBe('rtl');
  await line.locator('.gist', { hasText: /Compris par l'assistant : .*Titre ou carte de séjour/ }).waitFor();
  expect(await directionOf(line.locator('.gist span'))).toBe('ltr');
  const french = page.locator('.line.adviser .said', { hasText: 'Bonjour.' });
  expect(await directionOf(french)).toBe('ltr');
  expect(await french.getAttribute('lang')).toBeNull();
  const article = page.locator('.line.adviser .said', { hasText: 'بيانات حسابك البنكي' });
  expect(await directionOf(article)).toBe('rtl');
  expect(await article.getAttribute('lang')).toBe('ar');
  await adviser.picture('console-arabic');

  await page.getByRole('button', { name: "Rendre à l'assistant" }).click();
  await page.getByRole('button', { name: 'Confirmer', exact: true }).click();
  await back.waitForBot('أعود للمتابعة معك');
  await back.send('ما هي الوثائق المطلوبة؟');
  await back.waitForText(/الوثائق|وثائق/);
  expect((await back.botBubbles()).at(-1)).toMatch(/\p{Script=Arabic}/u);
  await back.screenshot(420, picture('ar-again'));

  for (const { trouble } of [back, adviser]) expect(trouble).toMatchObject({ errors: [], foreign: [] });
  expect(JSON.stringify(logger.lines)).not.toContain(code);
  await back.close();
  await adviser.close();
});

inBrowser(
  'a code typed into the page brings its conversation and language; a wrong one leaves all as it is',
  async (open) => {
    const code = await asksAndLeaves(open);
    const chat = await openChat(open, '?code=AAAAA-AAAAA', { locale: 'fr-FR' });
    await chat.waitForBot('Je ne suis pas un service officiel');
    await chat.page.getByText('Ce code ne mène à aucune conversation.').waitFor();
    expect(chat.page.url()).toBe(url());

    await chat.page.locator('#more > summary').click();
    await chat.page.getByRole('button', { name: "J'ai un code" }).click();
    await chat.page.keyboard.type('zzzzz zzzzz');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByText('Ce code ne mène à aucune conversation.').waitFor();
    await chat.screenshot(420, picture('fr-code-wrong'));
    await chat.waitForBot('Je ne suis pas un service officiel');

    await chat.page
      .getByRole('textbox', { name: 'Code pour revenir' })
      .fill(` ${code.toLowerCase().replace('-', ' ')}`);
    await chat.page.keyboard.press('Enter');
    await chat.waitForBot('احتفظ به');
    expect(await chat.page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await chat.page.locator('#code-form').isVisible()).toBe(false);
    expect((await chat.botBubbles()).join()).not.toContain('Je ne suis pas un service officiel');
    await chat.reload();
    await chat.waitForBot('احتفظ به');
    expect(chat.trouble).toMatchObject({ errors: [], foreign: [] });
    await chat.close();
  },
);
