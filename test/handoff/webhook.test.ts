import { readConfig } from '../../src/config';
import { createDesk } from '../../src/handoff/desk';
import { createWebhook } from '../../src/handoff/webhook';
import { openLibrary } from '../../src/library/compile';
import { createWords } from '../../src/library/i18n';
import { createMemoryStore } from '../../src/storage/memory';
import { turn } from '../storage/conformance';
import { opens } from '../storage/conformance-desk';
import { fakeClock, keepingLogger } from '../support/edges';
import { waitFor } from '../support/wait-for';

const library = openLibrary();
const words = createWords(library);

/** A webhook whose receiver answers with these statuses in turn. */
function open(statuses: (number | 'broken')[]) {
  const sent: { url: string; body: string }[] = [];
  const waits: number[] = [];
  const logger = keepingLogger();
  const tell = createWebhook({
    url: 'https://hooks.example/one',
    consoleUrl: 'https://guichet.example/adviser',
    words,
    logger,
    post: async (url, body) => {
      sent.push({ url, body });
      const status = statuses.shift() ?? 200;
      if (status === 'broken') throw new Error('no way out');
      return status;
    },
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  return { tell, sent, waits, logger };
}

test('a team is told the language and where to look, and nothing else', async () => {
  const { tell, sent } = open([200]);
  await tell({ language: 'ar' });
  expect(sent).toHaveLength(1);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    text: 'Une personne attend un conseiller (langue : arabe). https://guichet.example/adviser',
  });
});

test('what may pass later is tried again, longer apart each time; what never will is not', async () => {
  const busy = open(['broken', 503, 429, 200]);
  await busy.tell({ language: 'fr' });
  expect(busy.sent).toHaveLength(4);
  expect(busy.waits).toEqual([2000, 4000, 8000]);
  expect(busy.logger.lines).toEqual([]);
  const gone = open([404]);
  await gone.tell({ language: 'fr' });
  expect(gone.sent).toHaveLength(1);
  expect(gone.logger.lines[0]?.fields).toEqual({ code: 'DESK_WEBHOOK', status: 404 });
  const never = open(Array.from({ length: 9 }, () => 500));
  await never.tell({ language: 'fr' });
  expect(never.sent).toHaveLength(5);
  expect(never.logger.lines).toHaveLength(1);
});

test('of the instances the one that has stored the request tells the team, and nobody again', async () => {
  const store = createMemoryStore();
  const told: string[] = [];
  const instance = (name: string) =>
    createDesk({
      store,
      clock: fakeClock(),
      logger: keepingLogger(),
      metrics: { count() {}, gauge() {} },
      settings: library.desk,
      requested: ({ id }) => void told.push(`${name} ${id}`),
    });
  const [here, there] = [instance('here'), instance('there')];
  await store.commit(turn({ handoff: [opens('h1')] }));
  here.changed('c1', [opens('h1')]);
  await Promise.all([here.look(), there.look()]);
  await waitFor(() => told.length > 0);
  // Asked for again while it stands.
  await store.commit(turn({ activityId: 'a2', expectedRevision: 1, handoff: [opens('h2')] }));
  there.changed('c1', [opens('h2')]);
  await Promise.all([here.look(), there.look()]);
  expect(told).toEqual(['here h1']);
});

test('only an address with https is taken', () => {
  expect(() => readConfig({ DESK_WEBHOOK_URL: 'http://hooks.example/one' })).toThrow(/DESK_WEBHOOK_URL/);
  expect(readConfig({ DESK_WEBHOOK_URL: 'https://hooks.example/one' }).deskWebhookUrl).toBe(
    'https://hooks.example/one',
  );
});

test('an identity provider is given whole or not at all, and by https', () => {
  expect(() => readConfig({ OIDC_ISSUER: 'https://id.example' })).toThrow(/give all three/);
  const whole = { OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
  expect(() => readConfig({ ...whole, OIDC_ISSUER: 'http://id.example' })).toThrow(/OIDC_ISSUER: only https/);
  const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://guichet.example' };
  expect(() => readConfig({ ...whole, ...production, OIDC_ISSUER: 'http://127.0.0.1:1' })).toThrow(/only https/);
  expect(() => readConfig({ ...whole, OIDC_ISSUER: 'https://id.example', OIDC_ROLE: 'x' })).toThrow(/give both/);
  expect(readConfig({ ...whole, OIDC_ISSUER: 'https://id.example' }).oidc).toMatchObject({ clientId: 'a', role: null });
});
