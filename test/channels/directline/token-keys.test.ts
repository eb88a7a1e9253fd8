import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { createMemoryStore } from '../../../src/storage/memory';
import { Bench, createFakeClock, type Started } from './support';

const day = 24 * 3600;
const kid = ({ token }: { token: string }) => jwt.decode(token, { complete: true })?.header.kid;

describe('the keys of tokens', () => {
  const clock = createFakeClock();
  const store = createMemoryStore();
  const benches: Bench[] = [];
  const open = async () => {
    const bench = await Bench.open({ store, clock });
    benches.push(bench);
    return bench;
  };
  afterAll(() => Promise.all(benches.map((bench) => bench.close())));

  test('instances that share a store take each other’s tokens and tickets', async () => {
    const [one, two] = [await open(), await open()];
    const conversation = await one.started();
    expect((await two.says(conversation, 'bonjour', 'm1')).status).toBe(200);
    await two.stream(conversation.streamUrl).heard(3);
  });

  test('a new key follows after a month; the last one is still accepted, the one before is not', async () => {
    const bench = await open();
    let conversation = await bench.started();
    const first = conversation;
    const refresh = async ({ token }: Started) => bench.call('POST', '/v3/directline/tokens/refresh', token);
    const seen = new Set([kid(conversation)]);
    for (let hours = 0; hours < 62 * 24; hours += 6) {
      clock.move(6 * 3600);
      const fresh = await refresh(conversation);
      expect(fresh.status).toBe(200);
      conversation = fresh.json as unknown as Started;
      seen.add(kid(conversation));
    }
    expect(seen.size).toBe(3);
    expect(await refresh(first)).toMatchObject({ status: 401, json: { error: { code: 'Unauthorized' } } });
  });

  test('a key that was accepted a moment ago is not any more, though its token was seen before', async () => {
    const bench = await open();
    const conversation = await bench.started();
    expect((await bench.history(conversation)).activities).toHaveLength(1);
    clock.move(90 * day);
    expect(await bench.says(conversation, 'bonjour', 'm1')).toMatchObject({ status: 401 });
  });

  test('a key signs an hour after its month has begun, so that the clocks of others know it', async () => {
    const bench = await open();
    const month = 30 * day;
    const toNext = month - (Math.floor(clock.now().getTime() / 1000) % month);
    const token = async () => kid(await bench.token());
    const before = await token();
    clock.move(toNext + 3599);
    expect(await token()).toBe(before);
    clock.move(1);
    expect(Number(await token())).toBe(Number(before) + 1);
  });
});

const secret = Buffer.from('a key that somebody made up');
const claims = (conv: string, life = 600) => ({ conv, user: 'dl_x', exp: Math.floor(Date.now() / 1000) + life });
const own = { audience: 'directline' };
const tamper = (token: string, part: number, change: object) => {
  const parts = token.split('.');
  const changed = { ...JSON.parse(String(Buffer.from(parts[part] ?? '', 'base64url'))), ...change };
  parts[part] = Buffer.from(JSON.stringify(changed)).toString('base64url');
  return parts.join('.');
};

/** The conversation's own valid token goes in, a bad one comes out. */
const badTokens: [string, (conversation: Started) => string | undefined][] = [
  ['none', () => undefined],
  ['an empty one', () => ''],
  ['garbage', () => 'garbage'],
  ['three parts of garbage', () => 'a.b.c'],
  [
    'one that nobody signed',
    ({ conversationId }) => jwt.sign(claims(conversationId), '', { algorithm: 'none', ...own }),
  ],
  ['one of another key', ({ conversationId }) => jwt.sign(claims(conversationId), secret, own)],
  [
    'one of another key under our key’s name',
    (conversation) => jwt.sign(claims(conversation.conversationId), secret, { ...own, keyid: kid(conversation) }),
  ],
  ['one that names a key nobody has', ({ token }) => tamper(token, 0, { kid: '7' })],
  [
    'one with another algorithm',
    (conversation) =>
      jwt.sign(claims(conversation.conversationId), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, {
        ...own,
        algorithm: 'RS256',
        keyid: kid(conversation),
      }),
  ],
  ['one whose conversation was changed', ({ token }) => tamper(token, 1, { conv: 'theirs' })],
  ['one whose end was changed', ({ token }) => tamper(token, 1, { exp: 9_999_999_999 })],
  ['a ticket of the stream', ({ streamUrl }) => new URL(streamUrl).searchParams.get('t') ?? ''],
];

test.each(badTokens)('%s is no token: 401 and one word, on every route', async (_what, make) => {
  const bench = await Bench.open();
  const conversation = await bench.started();
  const path = `/v3/directline/conversations/${conversation.conversationId}`;
  const bad = make(conversation);
  for (const [method, target] of [
    ['POST', '/v3/directline/conversations'],
    ['POST', '/v3/directline/tokens/refresh'],
    ['GET', path],
    ['GET', `${path}/activities`],
    ['POST', `${path}/activities`],
    ['POST', `${path}/upload`],
    ['GET', '/v3/directline/session/getsessionid'],
  ] as const) {
    const answer = await bench.call(
      method,
      target,
      bad,
      method === 'POST' ? { type: 'message', text: 'x' } : undefined,
    );
    expect([target, answer.status, answer.json]).toEqual([
      target,
      401,
      { error: { code: 'Unauthorized', message: 'A valid token is required.' } },
    ]);
  }
  await bench.close();
});

test('a token has so many calls a minute; messages are never refused', async () => {
  const asked: string[] = [];
  const bench = await Bench.open({
    limitCalls: (person) => {
      asked.push(person);
      return asked.length > 2 ? 9 : 0;
    },
  });
  const conversation = await bench.started();
  await bench.history(conversation);
  const path = `/v3/directline/conversations/${conversation.conversationId}`;
  const refused = await bench.call('GET', path, conversation.token);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '9']);
  expect((await bench.says(conversation, 'bonjour', 'm1')).status).toBe(200);
  const event = { type: 'event', name: 'webchat/join' };
  expect((await bench.post(conversation, event)).status).toBe(429);
  expect(new Set(asked).size).toBe(1);
  await bench.close();
});
