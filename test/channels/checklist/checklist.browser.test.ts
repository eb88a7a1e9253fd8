import { createMemoryStore } from '../../../src/storage/memory';
import { audit, lost } from '../../support/audit';
import { type ReadPdf, readPdfs, textOfPdf } from '../../support/read-pdfs';
import { picture, servedForBrowser } from '../../support/served';
import { pathFor, type Who } from './support';

const store = createMemoryStore();
const { url, inBrowser } = servedForBrowser({ store });
const addressOf = async (who: Who, language: string) =>
  url().replace(/\/$/, '') + (await pathFor(store, who, language));

inBrowser(
  'ticks stay, what is written into the letter goes nowhere, and nothing is refused by the browser',
  async (browser) => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    const problems: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => void problems.push(message.text()));
    page.on('pageerror', (error) => void problems.push(error.message));
    page.on('request', (request) => void asked.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(await addressOf('worker', 'ar'));
    await page.getByRole('checkbox').nth(1).check();
    await page.locator('#letter input').first().fill('Amina');
    await page.reload();
    const ticks = await page
      .getByRole('checkbox')
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
    expect(ticks.filter(Boolean)).toHaveLength(1);
    expect(ticks[1]).toBe(true);
    await page.locator('#clear').click();
    await page.reload();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe('{}');
    expect(asked.join('\n')).not.toContain('Amina');
    expect(problems).toEqual([]);
    await page.close();
  },
);

const wider = 'document.documentElement.scrollWidth > innerWidth';
inBrowser('reads at 360 px and prints on A4 in French, Arabic and Chinese', async (browser) => {
  for (const language of ['fr', 'ar', 'zh']) {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(await addressOf('partner', language));
    expect([language, await page.evaluate(wider)]).toEqual([language, false]);
    await page.screenshot({ path: picture(`checklist-${language}-360`), fullPage: true });
    const lefts = await page
      .locator('#lines .both')
      .first()
      .locator('> div')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));
    if (language !== 'fr') expect(lefts[1]).toBeGreaterThan(lefts[0] as number);
    const printed = await page.pdf({
      preferCSSPageSize: true,
      path: picture(`checklist-${language}`)?.replace(/png$/, 'pdf'),
    });
    const [read] = readPdfs([printed]);
    expect(read?.pages).toBeLessThanOrEqual(3);
    const text = textOfPdf(read as ReadPdf);
    expect(text).toContain('Passeport');
    // What only a screen needs is not printed.
    expect(text).not.toContain('PDF');
    await page.close();
  }
});

inBrowser('has no violation that axe finds, and loses nothing at 400 % and on a small phone', async (browser) => {
  for (const language of ['fr', 'en', 'ar', 'zh']) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1024 } });
    await page.goto(await addressOf('worker', language));
    expect([language, await audit(page)]).toEqual([language, []]);
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 640 });
      expect([language, width, await lost(page)]).toEqual([language, width, []]);
    }
    await page.close();
  }
});
