import type { ConversationStore } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider';
import { type Guichet, openGuichet } from './support';

let provider: FakeProvider;
let guichet: Guichet;
let store: ConversationStore;

const settings = () => ({
  PUBLIC_URL: 'http://guichet.test',
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: 'guichet',
  OIDC_CLIENT_SECRET: 'the secret',
  OIDC_ROLES_CLAIM: 'roles',
  OIDC_ROLE: 'adviser',
});

beforeEach(async () => {
  provider = await startFakeProvider({ id: 'guichet', secret: 'the secret' });
  store = createMemoryStore();
  guichet = await openGuichet({
    store,
    now: new Date().toISOString(),
    env: settings(),
  });
  provider.claims = { name: 'Anna <b>', roles: ['adviser', 'staff'] };
});
afterEach(async () => {
  await guichet.stop();
  await provider.close();
});

const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .filter((cookie) => !cookie?.endsWith('='))
    .join('; ');

/** Goes to the provider; gives where it leads and the cookie of the way. */
async function leave() {
  const gone = await guichet.call('GET', '/adviser/oidc/start');
  expect(gone.status).toBe(302);
  return { location: gone.headers.get('location') ?? '', cookie: cookiesOf(gone.headers), headers: gone.headers };
}
const comeBack = (query: URLSearchParams, cookie: string) =>
  guichet.call('GET', `/adviser/oidc/back?${query}`, undefined, { cookie });

test('an adviser signs in at the provider: code with PKCE, state and nonce, and a session of ours', async () => {
  expect(guichet.running.firstAccount).toBeNull();
  const unknown = await guichet.call('GET', '/adviser/api/me');
  expect([unknown.status, unknown.body.oidc]).toEqual([401, true]);
  const { location, cookie, headers } = await leave();
  const asked = new URL(location).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(30);
  expect(headers.getSetCookie()[0]).toMatch(/Path=\/adviser\/oidc; HttpOnly; SameSite=Lax; Max-Age=600$/);
  const back = await comeBack(provider.consent(location), cookie);
  expect([back.status, back.headers.get('location')]).toEqual([302, '/adviser']);
  const me = await guichet.call('GET', '/adviser/api/me', undefined, { cookie: cookiesOf(back.headers) });
  expect(me.body.adviser).toMatchObject({ name: 'Anna <b>', languages: ['fr', 'en'] });
  const [account] = await store.desk.accounts();
  expect(account?.name).toMatch(/^oidc-[\w-]{22}$/);
  expect(account?.hash).toBeNull();
  const tried = await guichet.call('POST', '/adviser/api/sign-in', { name: account?.name, password: 'x' });
  expect(tried.status).toBe(401);
});

test.each<[string, () => void]>([
  ['without the role', () => Object.assign(provider.claims, { roles: ['staff'] })],
  ['without any role', () => Object.assign(provider.claims, { roles: undefined })],
])('somebody %s is refused', async (_name, change) => {
  change();
  const { location, cookie } = await leave();
  const back = await comeBack(provider.consent(location), cookie);
  expect([back.status, back.body.error.code]).toEqual([403, 'OIDC_REFUSED']);
  expect(await store.desk.accounts()).toEqual([]);
});

test.each<[string, () => void]>([
  ['another nonce', () => Object.assign(provider.claims, { nonce: 'stolen' })],
  ['another audience', () => Object.assign(provider.claims, { aud: 'somebody-else' })],
  ['another issuer', () => Object.assign(provider.claims, { iss: 'https://evil.example' })],
])('an identity token with %s is refused', async (_name, change) => {
  change();
  const { location, cookie } = await leave();
  expect((await comeBack(provider.consent(location), cookie)).status).toBe(502);
  expect(await store.desk.accounts()).toEqual([]);
});

test('a way back that did not begin here, came twice, too late or with another state is refused', async () => {
  const first = await leave();
  expect((await comeBack(provider.consent(first.location), '')).status).toBe(403);
  expect((await comeBack(provider.consent(first.location), 'guichet_oidc=made-up')).status).toBe(403);
  const query = provider.consent(first.location);
  query.set('state', 'another');
  expect((await comeBack(query, first.cookie)).status).toBe(502);
  expect((await comeBack(provider.consent(first.location), first.cookie)).status).toBe(403);
  const late = await leave();
  guichet.pass(11);
  expect((await comeBack(provider.consent(late.location), late.cookie)).status).toBe(403);
  expect(await store.desk.accounts()).toEqual([]);
});

test('another instance over the same store can finish what this one has begun', async () => {
  const { location, cookie } = await leave();
  const query = provider.consent(location);
  await guichet.stop();
  guichet = await openGuichet({ store, now: guichet.clock.now().toISOString(), env: settings() });
  expect((await comeBack(query, cookie)).status).toBe(302);
});

test('a provider out of reach is told in fixed words, and tried again', async () => {
  await provider.close();
  const gone = await guichet.call('GET', '/adviser/oidc/start');
  expect([gone.status, gone.body.error.code]).toEqual([502, 'OIDC_FAILED']);
  expect(JSON.stringify(guichet.logger.lines)).not.toContain('the secret');
});
