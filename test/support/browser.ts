import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Keeps Chromium from talking to anybody but our server. */
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where a Chromium is: the system's, else the one inside `@sparticuz/chromium`; throws when there is none. */
async function findChromium(): Promise<string> {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const system = [process.env.CHROMIUM, ...names.map((name) => `/usr/bin/${name}`)].find(
    (path) => path && existsSync(path),
  );
  if (system) return system;
  const { default: shipped } = await import('@sparticuz/chromium');
  return shipped.executablePath();
}

/** Tries a Chromium, once before all tests: its path goes into `GUICHET_CHROMIUM`; without one the browser tests are skipped, loudly. */
export async function probeChromium(): Promise<void> {
  if (process.env.SKIP_BROWSER) {
    process.stderr.write('\n*** SKIPPED: the browser tests, because SKIP_BROWSER is set ***\n\n');
    return;
  }
  try {
    const executablePath = await findChromium();
    await (await chromium.launch({ executablePath, args: quiet })).close();
    process.env.GUICHET_CHROMIUM = executablePath;
  } catch (error) {
    const reason = (error as Error).message.slice(0, 300);
    process.stderr.write(`\n*** SKIPPED: the browser tests, because no Chromium starts here (${reason}) ***\n\n`);
  }
}

/** `test` where a Chromium was found, `test.skip` elsewhere. */
export const testInBrowser = (): jest.It => (process.env.GUICHET_CHROMIUM ? test : test.skip);

/** Starts the Chromium that was found; null when none was. */
export const launchBrowser = async (): Promise<Browser | null> =>
  process.env.GUICHET_CHROMIUM ? chromium.launch({ executablePath: process.env.GUICHET_CHROMIUM, args: quiet }) : null;

/** What went wrong in a page: errors, console errors, calls to other hosts. */
export type Trouble = { errors: string[]; console: string[]; foreign: string[] };

/** The web chat page as a person uses it. */
export class ChatPage {
  private constructor(
    readonly page: Page,
    readonly trouble: Trouble,
  ) {}

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<ChatPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR', ...options });
    const page = await context.newPage();
    const trouble: Trouble = { errors: [], console: [], foreign: [] };
    page.on('pageerror', (error) => void trouble.errors.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && trouble.console.push(message.text())));
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && host !== new URL(url).host) trouble.foreign.push(request.url());
    });
    await page.goto(url);
    return new ChatPage(page, trouble);
  }

  private readonly log = '[role="feed"], .webchat__basic-transcript';

  /** Texts of what the bot said, as shown. */
  botBubbles(): Promise<string[]> {
    return this.page.locator('.webchat__bubble:not(.webchat__bubble--from-user)').allInnerTexts();
  }

  /** Texts of what the person said, as shown. */
  userBubbles(): Promise<string[]> {
    return this.page.locator('.webchat__bubble--from-user').allInnerTexts();
  }

  /** Waits until the bot has said something that matches. */
  async waitForBot(text: string | RegExp): Promise<void> {
    await this.page.locator('.webchat__bubble:not(.webchat__bubble--from-user)', { hasText: text }).last().waitFor();
  }

  /** Waits until something that matches stands in a card or bubble of anybody. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.page.locator(this.log).getByText(text).last().waitFor();
  }

  /** Titles of the buttons under the last message. */
  suggestedActions(): Promise<string[]> {
    return this.page.locator('button.webchat__suggested-action').allInnerTexts();
  }

  async clickSuggestedAction(title: string | RegExp): Promise<void> {
    await this.page.locator('button.webchat__suggested-action', { hasText: title }).click();
  }

  async send(text: string): Promise<void> {
    await this.page.locator('[data-id="webchat-sendbox-input"]').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Presses a button of the last card that has it; a folded part opens, an action is sent. */
  async pressInCard(title: string | RegExp): Promise<void> {
    await this.page.locator('.ac-pushButton', { hasText: title }).last().click();
  }

  /** By its name on a first visit, else from the menu. */
  async chooseLanguage(code: string): Promise<void> {
    const name = this.page.locator(`#languages a[lang="${code}"]`);
    if (await name.isVisible()) await name.click();
    else await this.page.locator('#language').selectOption(code);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** Each place where a text stands, its characters in the order in which the eye meets them from left to right. */
  onScreen(text: string): Promise<string[]> {
    return this.page.locator('#chat').evaluate((root, wanted) => {
      const found: string[] = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = (node.textContent ?? '').indexOf(wanted);
        if (start < 0) continue;
        const placed = Array.from(wanted, (character, index) => {
          const range = document.createRange();
          range.setStart(node, start + index);
          range.setEnd(node, start + index + 1);
          return { character, left: range.getBoundingClientRect().left, width: range.getBoundingClientRect().width };
        });
        if (placed.some(({ width }) => width > 0))
          found.push(
            placed
              .sort((a, b) => a.left - b.left)
              .map(({ character }) => character)
              .join(''),
          );
      }
      return found;
    }, text);
  }

  /** The parts of a text as they stand on the screen, from right to left; of its last place. */
  placesOf(text: string, parts: string[]): Promise<{ text: string; right: number }[]> {
    return this.page.locator('#chat').evaluate(
      (root, wanted) => {
        let found: { text: string; right: number }[] = [];
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const start = (node.textContent ?? '').indexOf(wanted.text);
          if (start < 0) continue;
          let from = 0;
          found = wanted.parts.map((part) => {
            const at = wanted.text.indexOf(part, from);
            from = at + part.length;
            const range = document.createRange();
            range.setStart(node, start + at);
            range.setEnd(node, start + from);
            return { text: part, right: range.getBoundingClientRect().right };
          });
        }
        return found.sort((a, b) => b.right - a.right);
      },
      { text, parts },
    );
  }

  /** Everything that is shown, as one text. */
  texts(): Promise<string> {
    return this.page.locator('#chat').innerText();
  }

  /** True when nothing sticks out sideways. */
  fitsWidth(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  }

  /** A picture at a width, in pixels; gives its bytes. */
  async screenshot(width: number, path?: string): Promise<Buffer> {
    await this.page.setViewportSize({ width, height: 800 });
    return this.page.screenshot({ path });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
