import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import type { ConversationStore } from '../../src/conversation/ports';
import { createSignIn } from '../../src/handoff/sign-in';
import { type Running, serve } from '../../src/main';
import { callJson } from '../support/call-json';
import { fakeClock, keepingLogger } from '../support/edges';

type Activity = { id: string; type: string; text?: string; from: { role: string }; suggestedActions?: unknown };
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
type Body = Record<string, any>;
type Answer = { status: number; body: Body; headers: Headers };

type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export type Guichet = {
  running: Running;
  origin: string;
  clock: ReturnType<typeof fakeClock>;
  logger: ReturnType<typeof keepingLogger>;
  data: string;
  call: Call;
  person(locale?: string): Promise<TestPerson>;
  pass(minutes: number): void;
  stop(): Promise<void>;
};

/** The whole product on a free port, with its advisers. A Tuesday morning, desk open. */
export async function openGuichet(
  options: { store?: ConversationStore; env?: NodeJS.ProcessEnv; now?: string } = {},
): Promise<Guichet> {
  const data = mkdtempSync(join(tmpdir(), 'guichet-handoff-'));
  const clock = fakeClock(options.now ?? '2026-05-05T08:00:00Z');
  const logger = keepingLogger();
  const config = readConfig({ PORT: '0', DATA_DIR: data, ...options.env });
  const running: Running = await serve(config, { clock, logger, store: options.store });
  const origin = `http://127.0.0.1:${running.address.port}`;

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const called = await callJson(`${origin}${path}`, method, body, headers);
    const isJson = /json/.test(called.headers.get('content-type') ?? '');
    return { status: called.status, body: isJson ? called.json : { text: called.text }, headers: called.headers };
  }

  return {
    running,
    origin,
    clock,
    logger,
    data,
    call,
    person: (locale = 'fr-FR') => openPerson(call, locale),
    /** Moves the clock on. */
    pass(minutes: number) {
      clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString());
    },
    async stop() {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A person with a Direct Line client. */
async function openPerson(call: Call, locale: string) {
  const { body: granted } = await call('POST', '/api/directline/token', { locale });
  let bearer = { authorization: `Bearer ${granted.token}` };
  /** Tokens end; a client makes them anew. */
  const refresh = async () => {
    const { body } = await call('POST', '/v3/directline/tokens/refresh', {}, bearer);
    bearer = { authorization: `Bearer ${body.token}` };
  };
  const { body: started } = await call('POST', '/v3/directline/conversations', {}, bearer);
  const path = `/v3/directline/conversations/${started.conversationId}/activities`;
  const post = (activity: object) =>
    call('POST', path, { locale, channelData: { clientActivityID: randomUUID().slice(0, 8) }, ...activity }, bearer);
  let seen = 0;
  return {
    id: started.conversationId as string,
    says: (text: string) => post({ type: 'message', text }),
    presses: (choose: string, text = '') => post({ type: 'message', text, value: { choose } }),
    /** What the person's window shows that it did not show at the last look; only what others said. */
    async sees(): Promise<string[]> {
      await refresh();
      const { body } = await call('GET', path, undefined, bearer);
      const all = (body.activities as Activity[]).map((activity) => JSON.stringify(activity).replaceAll('\u00a0', ' '));
      const fresh = all.slice(seen).filter((activity) => JSON.parse(activity).from.role !== 'user');
      seen = all.length;
      return fresh;
    },
  };
}
export type TestPerson = Awaited<ReturnType<typeof openPerson>>;

/** An adviser at work: an account, and a session that needed no password (the sign-in has tests of its own). */
export async function openAdviser(
  guichet: Guichet,
  store: ConversationStore,
  name: string,
  languages: string[] = ['fr', 'en'],
  uiLanguage: 'fr' | 'en' = 'fr',
) {
  const account = { name, shown: name, hash: null, languages, uiLanguage };
  await store.desk.saveAccount(account);
  const { token, session } = await createSignIn({ store, clock: guichet.clock }).open(account);
  return adviserWith(guichet, name, `guichet_adviser=${token}`, session.csrf);
}

/** An adviser who has signed in with a password. */
export async function signIn(guichet: Guichet, name: string, password: string) {
  const signed = await guichet.call('POST', '/adviser/api/sign-in', { name, password });
  if (signed.status !== 200) throw new Error(`sign-in: ${signed.status}`);
  return adviserWith(guichet, name, (signed.headers.get('set-cookie') ?? '').split(';')[0] ?? '', signed.body.csrf);
}

function adviserWith(guichet: Pick<Guichet, 'call'>, name: string, cookie: string, csrf: string) {
  const headers = { cookie, 'x-csrf-token': csrf };
  const path = (rest: string) => `/adviser/api/${rest}`;
  return {
    name,
    cookie,
    headers,
    get: (rest: string) => guichet.call('GET', path(rest), undefined, { cookie }),
    post: (rest: string, body: object = {}) => guichet.call('POST', path(rest), body, headers),
    says: (id: string, text: string, clientId: string = randomUUID()) =>
      guichet.call('POST', path(`handoffs/${id}/messages`), { clientId, text }, headers),
    sends: (id: string, kind: string, piece: string) =>
      guichet.call(
        'POST',
        path(`handoffs/${id}/messages`),
        { clientId: randomUUID(), piece: { kind, id: piece } },
        headers,
      ),
    /** The one request in the queue. */
    async only(): Promise<{ id: string; [key: string]: unknown }> {
      const { body } = await guichet.call('GET', path('queue'), undefined, { cookie });
      if (body.length !== 1) throw new Error(`queue: ${JSON.stringify(body)}`);
      return body[0];
    },
  };
}
export type TestAdviser = ReturnType<typeof adviserWith>;
