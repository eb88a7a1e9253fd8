import type { Page } from 'playwright-core';
import { servedForBrowser } from '../support/served';

/** Taking the answers along and leaving a shared computer, on the real page. */
const served = servedForBrowser();
const seen = (page: Page, text: string | RegExp) => page.locator('#chat').getByText(text).last().waitFor();
const say = async (page: Page, text: string) => {
  const field = page.locator('#chat input[type=text], #chat textarea').first();
  await field.fill(text);
  await field.press('Enter');
};

served.inBrowser('answers travel in the address to another device, and leaving leaves nothing', async (browser) => {
  const page = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 800 } })).newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(served.url());
  await seen(page, /Où en êtes-vous/);
  await say(page, 'je suis vietnamienne et salariée');
  await seen(page, /document de séjour/);
  await say(page, 'continuer plus tard');
  await seen(page, /Voici votre code/);
  const picture = page.locator('#chat img[src^="blob:"]');
  await picture.waitFor();
  expect((await picture.boundingBox())?.width).toBeGreaterThan(100);
  // The frame shows the whole of it: a code that is cut off cannot be scanned.
  const hidden = await picture.evaluate((image) => image.scrollHeight - (image.parentElement as Element).clientHeight);
  expect(hidden).toBeLessThanOrEqual(0);
  expect(await picture.evaluate((image) => getComputedStyle(image).objectFit)).toBe('contain');
  const code = /1[0-9A-Z]{4}(-[0-9A-Z]{1,5})+/.exec(await page.locator('#chat').innerText())?.[0] ?? '';

  const other = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  const sent: string[] = [];
  other.on('request', (request) => sent.push(request.url()));
  await other.goto(`${served.url()}#r=${code.replaceAll('-', '')}`);
  await seen(other, /retrouvé vos réponses/);
  await seen(other, /document de séjour/);
  expect(other.url()).not.toContain('r=');
  expect(sent.join()).not.toContain(code.slice(0, 5));
  expect(await other.locator('#chat').innerText()).not.toContain(code.slice(0, 11));

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .locator('#more summary')
      .click()
      .then(() => page.locator('#my-data').click()),
  ]);
  expect(file.suggestedFilename()).toBe('guichet.json');

  const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem('guichet') ?? '{}').token as string);
  await page.locator('#leave').click();
  await page.getByText('Tout est effacé').waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  expect(await page.locator('body').innerText()).not.toContain('vietnamienne');
  const left = await fetch(`${served.url()}api/directline/data`, { headers: { authorization: `Bearer ${token}` } });
  expect(await left.text()).not.toContain('"VN"');
  await page.reload();
  await seen(page, /Où en êtes-vous/);
  expect(await page.locator('#chat').innerText()).not.toContain('vietnamienne');
  expect(asked.filter((url) => !url.startsWith(served.url()) && !/^(ws|blob|data):/.test(url))).toEqual([]);
});
