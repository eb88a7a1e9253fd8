// The first visit over a slow phone line (400 kbit/s, 400 ms): when the first question can be answered, and when Web Chat takes over.
// `node bench/slow-line.js [CHROMIUM]`; starts the product itself.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');
const { build, root } = require('../scripts/build');

const line = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const executablePath = process.argv[2] ?? '/usr/bin/chromium';
const chat = '#chat .webchat__bubble';

async function visit(browser, url) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
  const began = Date.now();
  const seconds = () => Number(((Date.now() - began) / 1000).toFixed(1));
  const times = {};
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'I am starting' }).waitFor();
  times.usable = seconds();
  await page.getByRole('button', { name: 'I am starting' }).click();
  await page.locator('#now', { hasText: 'nationality' }).waitFor();
  times.secondQuestion = seconds();
  await page.locator(chat, { hasText: 'nationality' }).waitFor({ timeout: 60_000 });
  times.takenOver = seconds();
  times.webChatHere = await page.evaluate(() => {
    const file = performance.getEntriesByType('resource').find(({ name }) => name.includes('webchat'));
    return Math.round(file.responseEnd / 100) / 10;
  });
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => [
      new URL(entry.name).pathname,
      entry.transferSize,
    ]),
  );
  await page.goto(`${url}plain`);
  times.plainPage = await page.evaluate(() => performance.getEntriesByType('navigation')[0].duration / 1000);
  await context.close();
  return { times, bytes };
}

async function main() {
  build();
  const { serve } = require(join(root, 'dist', 'src', 'main.js'));
  const { readConfig } = require(join(root, 'dist', 'src', 'config.js'));
  const data = mkdtempSync(join(tmpdir(), 'guichet-'));
  const running = await serve(readConfig({ PORT: '0', DATA_DIR: data, LOG_LEVEL: 'error' }));
  const url = `http://127.0.0.1:${running.address.port}/`;
  // A server that has been visited before has its compressed files ready.
  for (const path of ['', 'webchat.js', 'chat.js'])
    await (await fetch(url + path, { headers: { 'accept-encoding': 'br' } })).arrayBuffer();
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  for (let round = 0; round < 3; round += 1) {
    const { times, bytes } = await visit(browser, url);
    console.log(JSON.stringify(times));
    if (round === 0) console.log(bytes.map(([name, size]) => `${name} ${size}`).join('\n'));
  }
  await browser.close();
  await running.stop();
  rmSync(data, { recursive: true, force: true });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
