import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Trouble } from './browser';

/** The adviser console as an adviser uses it. */
export class ConsolePage {
  private constructor(
    readonly page: Page,
    readonly trouble: Trouble,
  ) {}

  /** Opens the console; `prepare` runs before the page is loaded. */
  static async open(
    browser: Browser,
    url: string,
    { prepare, ...options }: BrowserContextOptions & { prepare?: (page: Page) => Promise<void> } = {},
  ): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const trouble: Trouble = { errors: [], console: [], foreign: [] };
    page.on('pageerror', (error) => void trouble.errors.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && trouble.console.push(message.text())));
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && host !== new URL(url).host) trouble.foreign.push(request.url());
    });
    await prepare?.(page);
    await page.goto(new URL('adviser', url).href);
    return new ConsolePage(page, trouble);
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.page.getByLabel(/^(Nom|Name)$/).fill(name);
    await this.page.getByLabel(/^(Mot de passe|Password)$/).fill(password);
    await this.page.keyboard.press('Enter');
  }

  /** Names of the people in a part of the queue, as a screen reader says them. */
  queue(part: 'waiting' | 'mine' | 'others'): Promise<string[]> {
    return this.page
      .locator(`#${part} button`)
      .evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? ''));
  }

  /** Waits for somebody in a part of the queue whose name matches. */
  async waitInQueue(part: 'waiting' | 'mine' | 'others', name: RegExp): Promise<void> {
    await this.page.locator(`#${part}`).getByRole('button', { name }).first().waitFor();
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Waits until the conversation shows a text. */
  async waitForLine(text: string | RegExp): Promise<void> {
    await this.page.getByRole('log').getByText(text).last().waitFor();
  }

  /** What has the focus: its name or id. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.id || activeElement?.getAttribute('aria-label') || activeElement?.textContent || '';
    });
  }

  fitsWidth(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  }

  /** A picture, when pictures are wanted. */
  async picture(name: string): Promise<void> {
    if (process.env.SCREENSHOTS) await this.page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
