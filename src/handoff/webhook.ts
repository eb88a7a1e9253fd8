import type { Handoff } from '../conversation/handoff-ports';
import type { Logger } from '../conversation/ports';
import type { Words } from '../library/i18n';

export type WebhookDeps = {
  /** `https://…`: an incoming webhook of Teams, or anything that takes JSON with a `text`. */
  url: string;
  /** Where advisers find the request. */
  consoleUrl: string;
  words: Words;
  logger: Logger;
  /** Sends JSON; gives the status. A test gives its own. */
  post?(url: string, body: string): Promise<number>;
  wait?(milliseconds: number): Promise<void>;
};

/** Tries of one message, and the first pause between two, in milliseconds; doubled each time. */
const tries = 5;
const firstPause = 2_000;
/** Longest wait for an answer, in milliseconds. */
const patience = 10_000;

async function postJson(url: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
  await response.body?.cancel();
  return response.status;
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

/** Tells a team that somebody waits: the language and where to look, and nothing about the person. Never throws. */
export function createWebhook({ url, consoleUrl, words, logger, post = postJson, wait = sleep }: WebhookDeps) {
  return async ({ language }: Pick<Handoff, 'language'>): Promise<void> => {
    const text = words.in('fr')('console:webhook', {
      language: words.languageName('fr', language),
      address: consoleUrl,
    });
    for (let count = 1; count <= tries; count += 1) {
      const status = await post(url, JSON.stringify({ text })).catch(() => 0);
      if (status >= 200 && status < 300) return;
      const final = status >= 400 && status < 500 && status !== 408 && status !== 429;
      if (final || count === tries) {
        logger.warn({ code: 'DESK_WEBHOOK', status }, 'nobody could be told that somebody waits');
        return;
      }
      await wait(firstPause * 2 ** (count - 1));
    }
  };
}
