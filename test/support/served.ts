import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readConfig } from '../../src/config';
import type { Clock, ConversationStore, Logger } from '../../src/conversation/ports';
import { type Running, serve } from '../../src/main';
import { launchBrowser, testInBrowser } from './browser';
import { keepingLogger } from './edges';

/** The whole product as `npm start` serves it, beside a real browser: for all tests of a file. */
export type Served = {
  /** Address of the web chat page. */
  url(): string;
  /** The adviser account of the first start. */
  account(): { name: string; password: string };
  /** Stops the server and serves again at the same address, with the same data. */
  restart(): Promise<void>;
  /** A test with the browser; skipped where there is none. */
  inBrowser(name: string, run: (browser: Browser) => Promise<void>): void;
};

/** Serves before the tests of a file and stops after them; without a browser nothing is started. */
export function servedForBrowser(
  edges: { store?: ConversationStore; logger?: Logger; clock?: Clock } = {},
  milliseconds = 120_000,
): Served {
  let browser: Browser | null = null;
  let running: Running | undefined;
  let data = '';
  const start = async (port: number) => {
    running = await serve(readConfig({ PORT: String(port), DATA_DIR: data }), { logger: keepingLogger(), ...edges });
  };
  beforeAll(async () => {
    browser = await launchBrowser();
    if (!browser) return;
    data = mkdtempSync(join(tmpdir(), 'guichet-'));
    await start(0);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    if (data) rmSync(data, { recursive: true, force: true });
  });
  return {
    url: () => `http://127.0.0.1:${running?.address.port}/`,
    account: () => running?.firstAccount as { name: string; password: string },
    restart: async () => {
      const port = running?.address.port ?? 0;
      await running?.stop();
      await start(port);
    },
    inBrowser: (name, run) => testInBrowser()(name, () => run(browser as Browser), milliseconds),
  };
}

/** Where a picture goes when `SCREENSHOTS` names a folder. */
export const picture = (name: string): string | undefined =>
  process.env.SCREENSHOTS ? join(process.env.SCREENSHOTS, `${name}.png`) : undefined;
