import type { Page, Route } from 'playwright-core';

/** A person of the queue, as `GET /adviser/api/queue` gives it. */
export type FakePerson = {
  id: string;
  waitingSince: string;
  language: string;
  reason: string;
  stage: string;
  channel: string;
  state: 'waiting' | 'talking';
  claimedBy: string | null;
  claimedByMe: boolean;
  readsMyLanguage: boolean;
};

type Line = { at: string; from: 'person' | 'bot' | 'adviser'; language: string; text: string; gist?: unknown };

/** The adviser's routes, played inside the browser: what they say is set by a test, what they were told is kept. */
export class FakeDesk {
  signedIn = true;
  name = 'conseiller';
  people: FakePerson[] = [];
  lines: Line[] = [];
  notes: { at: string; adviser: string; text: string }[] = [];
  pieces: { kind: string; id: string; title: string; text?: string }[] = [];
  dossier: Record<string, unknown> = {};
  /** What was posted: path and body. */
  readonly told: { path: string; body: Record<string, unknown> }[] = [];
  /** Answers that come instead of the usual ones, by path: a status, or nothing at all. */
  readonly trouble = new Map<string, number | 'down'>();

  /** Somebody who waits since some minutes. */
  static waits(id: string, language: string, minutes: number, more: Partial<FakePerson> = {}): FakePerson {
    const waitingSince = new Date(Date.now() - minutes * 60_000).toISOString();
    const nobody = { claimedBy: null, claimedByMe: false, readsMyLanguage: false };
    return {
      id,
      waitingSince,
      language,
      reason: 'asked',
      stage: 'preparing',
      channel: 'directline',
      state: 'waiting',
      ...nobody,
      ...more,
    };
  }

  /** Puts the routes into a page, and news that only a test sends. */
  async install(page: Page): Promise<void> {
    await page.addInitScript(() => {
      class News extends EventTarget {
        onopen: (() => void) | null = null;
        onerror: (() => void) | null = null;
        constructor() {
          super();
          Object.assign(window, { news: this });
          setTimeout(() => this.onopen?.(), 0);
        }
        close() {
          // Nothing is open.
        }
      }
      Object.assign(window, { EventSource: News });
    });
    await page.route('**/adviser/api/**', (route) => this.answer(route));
  }

  /** Sends news to the page. */
  async news(page: Page, type: 'queue' | 'handoff', id: string): Promise<void> {
    const data = JSON.stringify({ type, id });
    await page.evaluate((text) => {
      (window as unknown as { news: EventTarget }).news.dispatchEvent(new MessageEvent('message', { data: text }));
    }, data);
  }

  /** Cuts the line of the news. */
  async cut(page: Page): Promise<void> {
    await page.evaluate(() => (window as unknown as { news: { onerror(): void } }).news.onerror());
  }

  private async answer(route: Route): Promise<void> {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace('/adviser/api/', '');
    const trouble = this.trouble.get(path);
    if (trouble === 'down') return route.abort();
    if (trouble !== undefined) return route.fulfill({ status: trouble, json: { error: {} } });
    const body = (request.postDataJSON() ?? {}) as Record<string, unknown>;
    if (path === 'sign-in') this.signedIn = body.password === 'right';
    if (!this.signedIn) return route.fulfill({ status: 401, json: { error: {} } });
    if (request.method() === 'POST' && path !== 'sign-in') {
      if (request.headers()['x-csrf-token'] !== 'token') return route.fulfill({ status: 403, json: { error: {} } });
      this.told.push({ path, body });
    }
    return route.fulfill({ status: 200, json: this.reply(path, body) });
  }

  private reply(path: string, body: Record<string, unknown>): object {
    const adviser = { name: this.name, languages: ['fr', 'en'], uiLanguage: 'fr' };
    if (path === 'me' || path === 'sign-in') return { csrf: 'token', adviser };
    if (path === 'queue') return this.people;
    if (path === 'pieces') return this.pieces;
    const [, id, act] = /^handoffs\/([^/]+)(?:\/([\w-]+))?$/.exec(path) ?? [];
    const person = this.people.find((one) => one.id === id);
    if (!person) return {};
    if (act === 'claim') Object.assign(person, { state: 'talking', claimedBy: this.name, claimedByMe: true });
    if (act === 'close' || act === 'return') this.people = this.people.filter((one) => one !== person);
    const at = new Date().toISOString();
    if (act === 'messages' && typeof body.text === 'string')
      this.lines.push({ at, from: 'adviser', language: 'fr', text: body.text });
    if (act) return {};
    return { handoff: person, dossier: this.dossier, conversation: this.lines, notes: this.notes, pieces: [] };
  }
}
