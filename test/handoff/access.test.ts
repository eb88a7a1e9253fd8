import type { ConversationStore } from '../../src/conversation/ports';
import { hashPassword, isPassword } from '../../src/handoff/sign-in';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openAdviser, openGuichet } from './support';

let store: ConversationStore;
let guichet: Guichet;
beforeEach(async () => {
  store = createMemoryStore();
  guichet = await openGuichet({ store });
});
afterEach(() => guichet.stop());

const paths: [string, string][] = [
  ['GET', 'me'],
  ['GET', 'queue'],
  ['GET', 'pieces?q=rib'],
  ['GET', 'numbers'],
  ['GET', 'events'],
  ['GET', 'handoffs/x'],
  ['POST', 'sign-out'],
  ...['claim', 'transfer', 'return', 'close', 'messages', 'facts', 'verdict', 'notes'].map((act): [string, string] => [
    'POST',
    `handoffs/x/${act}`,
  ]),
];

test('no route is reached without a sign-in, nor with a made-up cookie', async () => {
  for (const [method, path] of paths)
    for (const cookie of ['', 'guichet_adviser=', `guichet_adviser=${'x'.repeat(43)}`, 'guichet_adviser=%00; a=b']) {
      const body = method === 'POST' ? {} : undefined;
      const answer = await guichet.call(method, `/adviser/api/${path}`, body, { cookie, 'x-csrf-token': 'x' });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(answer.body).toEqual({ error: { code: 'ADVISER_UNKNOWN', message: 'Please sign in.' } });
    }
});

test('nothing is changed without the key of the session', async () => {
  const anna = await openAdviser(guichet, store, 'anna');
  for (const [method, path] of paths.filter(([one]) => one === 'POST'))
    for (const token of [undefined, '', 'wrong', (anna.headers['x-csrf-token'] ?? '').slice(1)]) {
      const headers = { cookie: anna.cookie, ...(token === undefined ? {} : { 'x-csrf-token': token }) };
      const { status } = await guichet.call(method, `/adviser/api/${path}`, {}, headers);
      expect([path, token, status]).toEqual([path, token, 403]);
    }
  expect((await anna.get('me')).status).toBe(200);
});

test('the first start makes one account with a strong password, and no second one', async () => {
  const { firstAccount } = guichet.running;
  expect(firstAccount?.name).toBe('conseiller');
  expect(firstAccount?.password.replaceAll('-', '')).toMatch(/^[0-9a-f]{30}$/);
  const signed = await guichet.call('POST', '/adviser/api/sign-in', firstAccount);
  expect(signed.status).toBe(200);
  expect(signed.body.adviser).toEqual({
    name: 'conseiller',
    languages: ['fr', 'en'],
    uiLanguage: 'fr',
    colleagues: [],
    teams: true,
  });
  expect(signed.headers.get('set-cookie')).toMatch(
    /^guichet_adviser=[\w-]{43}; Path=\/adviser; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  );
  const again = await openGuichet({ store });
  expect(again.running.firstAccount).toBeNull();
  await again.stop();
  const kept = JSON.stringify([await store.desk.accounts(), guichet.logger.lines]);
  expect(kept).not.toContain(firstAccount?.password);
});

test('behind https the cookie is for https alone', async () => {
  const other = await openGuichet({ env: { PUBLIC_URL: 'https://guichet.example' } });
  const signed = await other.call('POST', '/adviser/api/sign-in', other.running.firstAccount);
  expect(signed.headers.get('set-cookie')).toContain('; Secure');
  await other.stop();
});

test('ten wrong passwords slow the eleventh, also the right one, until some time has passed; others are not slowed', async () => {
  const { firstAccount } = guichet.running;
  const attempt = (name: string, password: string) =>
    guichet.call('POST', '/adviser/api/sign-in', { name, password }, { 'x-forwarded-for': 'ignored' });
  for (let count = 0; count < 10; count += 1) expect((await attempt('conseiller', 'wrong')).status).toBe(401);
  const eleventh = await attempt('conseiller', firstAccount?.password ?? '');
  expect(eleventh.status).toBe(429);
  expect(Number(eleventh.headers.get('retry-after'))).toBeGreaterThan(0);
  await openAdviser(guichet, store, 'anna');
  guichet.pass(0.5);
  expect((await attempt('conseiller', firstAccount?.password ?? '')).status).toBe(200);
}, 30_000);

test('instances over one store count wrong passwords together', async () => {
  const second = await openGuichet({ store });
  const attempt = ({ call }: Guichet) =>
    call('POST', '/adviser/api/sign-in', { name: 'conseiller', password: 'wrong' }).then(({ status }) => status);
  for (let round = 0; round < 5; round += 1) for (const one of [guichet, second]) expect(await attempt(one)).toBe(401);
  expect([await attempt(second), await attempt(guichet)]).toEqual([429, 429]);
  expect(JSON.stringify(await store.desk.marks('wrong-password'))).not.toMatch(/conseiller|127\.0/);
  await second.stop();
});

test('a hundred wrong passwords at once do not slip through together', async () => {
  const tries = Array.from({ length: 100 }, () =>
    guichet.call('POST', '/adviser/api/sign-in', { name: 'conseiller', password: 'wrong' }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(90);
}, 30_000);

test('whether a name exists is told neither in words nor by the clock', async () => {
  const timed = async (name: string): Promise<{ body: unknown; milliseconds: number }> => {
    const started = performance.now();
    const { body } = await guichet.call('POST', '/adviser/api/sign-in', { name, password: 'wrong' });
    return { body, milliseconds: performance.now() - started };
  };
  await timed('nobody');
  const [known, unknown] = [await timed('conseiller'), await timed('nobody')];
  expect(unknown.body).toEqual(known.body);
  expect(unknown.milliseconds).toBeGreaterThan(known.milliseconds / 4);
});

test('a password is kept so that it can be checked and not read', async () => {
  const hash = await hashPassword('pässword');
  expect(hash).toMatch(/^scrypt\$32768\$8\$1\$/);
  expect(hash).not.toBe(await hashPassword('pässword'));
  expect(await isPassword('pa\u0308ssword', hash)).toBe(true);
  expect(await isPassword('password', hash)).toBe(false);
  expect(await isPassword('', null)).toBe(false);
});

test('signing out, a removed account and twelve hours end a session', async () => {
  const anna = await openAdviser(guichet, store, 'anna');
  expect((await anna.post('sign-out')).status).toBe(200);
  expect((await anna.get('me')).status).toBe(401);
  const boris = await openAdviser(guichet, store, 'boris');
  await store.desk.removeAccount('boris');
  expect((await boris.get('me')).status).toBe(401);
  const clara = await openAdviser(guichet, store, 'clara');
  guichet.pass(12 * 60);
  expect((await clara.get('me')).status).toBe(401);
});

test('only who holds a conversation writes into it; a closed one is read by its adviser alone', async () => {
  const [anna, boris] = [await openAdviser(guichet, store, 'anna'), await openAdviser(guichet, store, 'boris')];
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.sees();
  expect((await boris.says(id, 'hello')).status).toBe(409);
  for (const act of ['claim', 'transfer', 'return', 'close', 'verdict'])
    expect((await boris.post(`handoffs/${id}/${act}`)).status).toBe(409);
  expect((await boris.post(`handoffs/${id}/facts`, { slot: 'children', value: true })).status).toBe(409);
  expect(await person.sees()).toEqual([]);
  expect((await boris.get(`handoffs/${id}`)).status).toBe(200);
  await anna.post(`handoffs/${id}/close`);
  expect((await boris.get(`handoffs/${id}`)).status).toBe(404);
  expect((await anna.get(`handoffs/${id}`)).status).toBe(200);
  expect((await boris.post(`handoffs/${id}/notes`, { text: 'x' })).status).toBe(404);
  await person.says('forget me');
  expect((await anna.get(`handoffs/${id}`)).status).toBe(404);
});

test('markup, bidi controls and 4,000 characters are kept as the text that they are; nonsense is refused', async () => {
  const anna = await openAdviser(guichet, store, 'anna');
  const hostile = `<img src=x onerror=alert(1)> \u202e[link](javascript:alert(1)) '; DROP TABLE notes; -- {{contact.pass}}`;
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.says(hostile);
  await anna.post(`handoffs/${id}/notes`, { text: hostile });
  expect((await anna.says(id, hostile)).status).toBe(200);
  const { body } = await anna.get(`handoffs/${id}`);
  expect(body.notes[0].text).toBe(hostile);
  expect(body.conversation.at(-2)).toMatchObject({ from: 'person', text: hostile });
  expect(body.conversation.at(-1)).toMatchObject({ from: 'adviser', text: hostile });
  const shown = (await person.sees()).join();
  expect(shown).not.toMatch(/<img|\]\(javascript/);
  expect((await anna.says(id, 'x'.repeat(4000))).status).toBe(200);
  for (const body of [{}, { clientId: 'a' }, { clientId: 'a', text: '' }, { clientId: 'a', text: 'x'.repeat(4001) }])
    expect((await anna.post(`handoffs/${id}/messages`, body)).status).toBe(400);
  for (const [kind, piece] of [
    ['article', '__proto__'],
    ['article', 'nope'],
    ['canned', 'constructor'],
    ['script', 'x'],
  ])
    expect((await anna.sends(id, kind as string, piece as string)).status).toBe(400);
  for (const fact of [{ slot: '__proto__', value: 1 }, { slot: 'permit', value: 'nope' }, { slot: 'permit' }, {}])
    expect((await anna.post(`handoffs/${id}/facts`, fact)).status).toBe(400);
  expect((await anna.post(`handoffs/${id}/transfer`, { to: 'nobody' })).status).toBe(400);
});

test('a sign-in with an empty, endless or odd name or password is a wrong one or a bad request, never an error', async () => {
  for (const body of [
    {},
    { name: '', password: '' },
    { name: 'x'.repeat(200), password: 'y' },
    { name: 1, password: 2 },
  ])
    expect((await guichet.call('POST', '/adviser/api/sign-in', body)).status).toBe(400);
  const odd = { name: "' OR 1=1 --", password: '<script>' };
  expect((await guichet.call('POST', '/adviser/api/sign-in', odd)).status).toBe(401);
});
