import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../src/config';
import { type Running, serve } from '../../src/main';
import { launchBrowser, testInBrowser } from '../support/browser';
import { keepingLogger } from '../support/edges';
import { picture } from '../support/served';
import { waitFor } from '../support/wait-for';

let browser: Browser | null = null;
let running: Running;
let data = '';
const partners: Server[] = [];

/** A partner's page of another origin, under a policy that allows our address and nothing else. */
async function startPartner(): Promise<string> {
  const partner = createServer((request, response) => {
    const home = `http://127.0.0.1:${running.address.port}`;
    const language = new URL(request.url ?? '/', 'http://x').searchParams.get('lang') ?? 'en';
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${home}; frame-src ${home}`,
    });
    response.end(
      `<!doctype html><html lang="${language}"><title>Town hall</title><script src="${home}/embed.js" async></script><h1>Town hall</h1><a href="#x">Before</a></html>`,
    );
  });
  partners.push(partner);
  await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(partner.address() as AddressInfo).port}`;
}

let allowed = '';
let stranger = '';
beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  allowed = await startPartner();
  stranger = await startPartner();
  data = mkdtempSync(join(tmpdir(), 'guichet-'));
  const config = readConfig({ PORT: '0', DATA_DIR: data, ALLOWED_ORIGINS: allowed });
  running = await serve(config, { logger: keepingLogger() });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  for (const partner of partners) partner.close();
  if (data) rmSync(data, { recursive: true, force: true });
});

/** A partner's page, with everything that went wrong in it. */
async function visit(url: string): Promise<{ page: Page; troubles: string[] }> {
  const context = await (browser as Browser).newContext({ locale: 'en-GB', viewport: { width: 1000, height: 800 } });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => void troubles.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())));
  await page.goto(url);
  return { page, troubles };
}

testInBrowser()(
  'a button on a partner’s page opens the chat by keyboard; Escape gives the page back',
  async () => {
    const { page, troubles } = await visit(allowed);
    const before = await page.evaluate(() => Object.keys(window).length);
    const button = page.getByRole('button', { name: 'A question about the carte Vitale?' });
    await button.waitFor();
    expect(await page.evaluate(() => [Object.keys(window).length, 'Guichet' in window])).toEqual([before, true]);
    expect(page.frames()).toHaveLength(1);
    await button.focus();
    await page.keyboard.press('Enter');
    const chat = page.frameLocator('iframe');
    await chat.locator('.webchat__bubble', { hasText: 'I am Guichet' }).waitFor();
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('div');
    await chat.locator('button.webchat__suggested-action', { hasText: 'I am starting' }).click();
    await chat.locator('.webchat__bubble', { hasText: 'nationality' }).waitFor();
    await page.screenshot({ path: picture('embed-en') });
    await chat.locator('[data-id="webchat-sendbox-input"]').press('Escape');
    await button.waitFor();
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await chat.locator('.webchat__bubble', { hasText: 'nationality' }).waitFor();
    await page.getByRole('button', { name: 'Close the conversation' }).click();
    await button.waitFor();
    await page.evaluate(() => window.postMessage('guichet:close', '*'));
    expect(await page.context().cookies()).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  },
  60_000,
);

testInBrowser()(
  'in Arabic it stands on the other side; where nobody allowed it, the frame stays shut',
  async () => {
    const { page } = await visit(`${allowed}/?lang=ar-TN`);
    const button = page.getByRole('button', { name: 'لديك سؤال عن carte Vitale؟' });
    expect((await button.boundingBox())?.x).toBeLessThan(40);
    await button.click();
    await page.frameLocator('iframe').locator('html[dir=rtl]').waitFor();
    await page.setViewportSize({ width: 360, height: 700 });
    expect((await page.getByRole('dialog').boundingBox())?.width).toBe(360);
    await page.context().close();

    const other = await visit(stranger);
    await other.page.getByRole('button').click();
    await waitFor(() => /frame-ancestors/.test(other.troubles.join()));
    expect(other.page.frames()[1]?.url()).not.toContain(String(running.address.port));
    await other.page.context().close();
  },
  60_000,
);

testInBrowser()('the demonstration page shows it', async () => {
  const { page, troubles } = await visit(`http://127.0.0.1:${running.address.port}/embed-demo`);
  await page.getByRole('button', { name: 'Une question sur la carte Vitale ?' }).click();
  await page.frameLocator('iframe').getByRole('heading', { name: 'Guichet' }).waitFor();
  expect(troubles).toEqual([]);
  await page.context().close();
});
