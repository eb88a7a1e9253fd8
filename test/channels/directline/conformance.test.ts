import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import { WebSocket } from 'ws';
import { createSqliteStore } from '../../../src/storage/sqlite';
import { ConnectionStatus, RealClient } from '../../support/direct-line-client';
import { waitFor } from '../../support/wait-for';
import { Bench, createEcho, createFakeClock, say } from './support';

/**
 * The list that a Direct Line server has to keep, in its order, each with the client library that Web Chat holds. Windows of the real
 * page: `web-chat.browser.test.ts`; five thousand idle sockets: `npm run endurance -- sockets`.
 */
describe('conformance, with the real client:', () => {
  const secret = 'a secret of sixteen or more';
  let bench: Bench;
  const clients: RealClient[] = [];
  const enter = (options: ConstructorParameters<typeof RealClient>[1] = {}, origin = bench.origin) => {
    const client = new RealClient(origin, options);
    clients.push(client);
    return client;
  };
  /** A client with a token of its own that has heard the greeting. */
  const joined = async (options: ConstructorParameters<typeof RealClient>[1] = {}) => {
    const { token, conversationId } = await bench.token();
    const client = enter({ token, ...options });
    await client.hears(1);
    return { client, token, conversationId };
  };
  const line = (path: string) => `/v3/directline/${path}`;

  beforeEach(async () => {
    bench = await Bench.open({ secret, trustedOrigins: ['https://town.example'] });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end();
    await bench.close();
  });

  test('generate', async () => {
    const made = await bench.call('POST', line('tokens/generate'), secret, { user: { id: 'dl_ana' } });
    expect(made).toMatchObject({ status: 200, json: { expires_in: 1800, conversationId: expect.any(String) } });
    const client = enter({ token: made.json.token as never });
    await client.hears(1);
    await client.says('hello', 'm1');
    expect((await client.hears(2))[1]?.from.id).toBe('dl_ana');
  });

  test('start 201 then 200', async () => {
    const { token } = await joined();
    expect((await bench.call('POST', line('conversations'), token, {})).status).toBe(200);
    const fresh = (await bench.token()).token;
    expect((await bench.call('POST', line('conversations'), fresh, {})).status).toBe(201);
  });

  test('welcome before first POST', async () => {
    const { client } = await joined({ conversationStartProperties: { locale: 'ar' } });
    expect(client.texts()).toEqual(['welcome ar']);
  });

  test('echo keeps clientActivityID', async () => {
    const { client } = await joined();
    const id = await client.says('bonjour', 'k3v9x0q81zb');
    const [, echo, reply] = await client.hears(3);
    expect(echo).toMatchObject({ id, text: 'bonjour', channelData: { clientActivityID: 'k3v9x0q81zb' } });
    expect(reply).toMatchObject({ replyToId: id, from: { role: 'bot' } });
  });

  test('from.id spoof overwritten', async () => {
    const { client, token } = await joined();
    await client.says('bonjour', 'm1', { from: { id: 'guichet', role: 'bot' } });
    const { user } = jwt.decode(token) as { user: string };
    expect((await client.hears(2))[1]?.from).toEqual({ id: user, role: 'user' });
  });

  test('wrong-conversation token 403', async () => {
    const { conversationId } = await joined();
    const { token } = await bench.token();
    const thief = enter({ token, conversationId, webSocket: false, streamUrl: 'ws://unused' });
    await thief.says('hello', 'm1');
    await thief.reaches(ConnectionStatus.ExpiredToken);
    expect(thief.heard).toEqual([]);
  });

  test('expired token in grace refreshed', async () => {
    const { token, conversationId } = await joined();
    bench.clock.move(1800 + 3600);
    const back = await bench.call('GET', line(`conversations/${conversationId}?watermark=0`), token);
    const again = enter({ ...back.json, watermark: '0' } as never);
    await again.hears(1);
    expect(await again.says('bonjour', 'm1')).toMatch(/\|0000002$/);
    expect((await bench.call('POST', line('tokens/refresh'), token)).status).toBe(200);
  });

  test('refresh after grace 403', async () => {
    const { client, token } = await joined();
    bench.clock.move(1800 + 13 * 3600);
    expect((await bench.call('POST', line('tokens/refresh'), token)).status).toBe(403);
    expect(await client.says('bonjour', 'm1')).toBe('retry');
    await client.reaches(ConnectionStatus.ExpiredToken);
  });

  test('reconnect with watermark replays exactly the gap', async () => {
    const { client, token, conversationId } = await joined();
    await client.says('one', 'm1');
    await client.hears(3);
    client.end();
    await bench.says({ conversationId, token, streamUrl: '' }, 'two', 'm2');
    const back = await bench.call('GET', line(`conversations/${conversationId}?watermark=3`), token);
    const again = enter({ ...back.json } as never);
    await again.hears(2);
    await again.says('three', 'm3');
    await again.hears(4);
    expect(again.texts()).toEqual(['two', 'heard two', 'three', 'heard three']);
  });

  test('without watermark none', async () => {
    const { token, conversationId } = await joined();
    const back = await bench.call('GET', line(`conversations/${conversationId}`), token);
    const again = enter({ ...back.json } as never);
    await again.online();
    await waitFor(() => bench.line.sockets() === 2);
    await again.says('new', 'm1');
    await again.hears(2);
    expect(again.texts()).toEqual(['new', 'heard new']);
  });

  test('two sockets', async () => {
    const { client, token } = await joined();
    const other = enter({ token });
    await other.hears(1);
    await client.says('hello', 'm1');
    await Promise.all([client.hears(3), other.hears(3)]);
    expect(other.heard).toEqual(client.heard);
  });

  test('socket ticket reuse after 60 s refused', async () => {
    const { token } = await bench.token();
    const { json } = await bench.call('POST', line('conversations'), token, {});
    bench.clock.move(60);
    expect(await bench.stream(json.streamUrl as never).refused()).toBe(403);
    const late = enter({ ...json, watermark: '0' } as never);
    expect((await late.hears(1))[0]?.text).toBe('welcome ');
  });

  test('empty frames ignored', async () => {
    const sockets: WebSocket[] = [];
    class Kept extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const { client } = await joined({ WebSocket: Kept } as never);
    for (const socket of sockets) socket.send('');
    await client.says('hello', 'm1');
    await client.hears(3);
    expect(bench.taken).toHaveLength(2);
    expect(client.statuses.at(-1)).toBe(ConnectionStatus.Online);
  });

  test('polling mode equals stream mode', async () => {
    const { client, token } = await joined();
    const polling = enter({ token, webSocket: false });
    await polling.hears(1);
    for (const text of ['one', 'two']) await client.says(text, text);
    await Promise.all([client.hears(5), polling.hears(5)]);
    expect(polling.heard).toEqual(client.heard);
  });

  test('typing not in history', async () => {
    const { client, token, conversationId } = await joined();
    bench.line.outlet.typing?.(conversationId);
    expect((await client.hears(2))[1]?.type).toBe('typing');
    expect((await bench.history({ conversationId, token, streamUrl: '' })).activities).toHaveLength(1);
  });

  test('card submit value', async () => {
    const { client } = await joined();
    await client.posts({
      type: 'message',
      value: { choose: 'children=true' },
      channelData: { postBack: true },
      from: { id: '' },
    });
    const [, echo, reply] = await client.hears(3);
    expect([echo?.value, reply?.text]).toEqual([{ choose: 'children=true' }, 'heard children=true']);
  });

  test('429 path as bot message', async () => {
    const slow = await Bench.open({ slowDown: () => say('un peu moins vite') });
    const client = enter({ token: (await slow.token()).token }, slow.origin);
    await client.hears(1);
    const id = await client.says('encore', 'm1');
    const [, echo, reply] = await client.hears(3);
    expect([echo?.id, reply?.text]).toEqual([id, 'un peu moins vite']);
    await slow.close();
  });

  test('8 KB text is taken, and answered by the conversation', async () => {
    const { client } = await joined();
    const text = 'é'.repeat(4096);
    expect(await client.says(text, 'm1')).toMatch(/\|0000002$/);
    expect((await client.hears(3))[2]).toMatchObject({ type: 'message', from: { role: 'bot' } });
  });

  test('upload refused', async () => {
    const { client } = await joined();
    const attachments = [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA==', name: 'passport.png' }];
    expect(await client.posts({ type: 'message', attachments, from: { id: 'x' } })).toBe(415);
    expect(client.heard).toHaveLength(1);
  });

  describe('with a store that outlives the server', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-conformance-'));
    const store = createSqliteStore({ file: join(folder, 'guichet.db') });
    afterAll(async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    });

    test('restart of server between POST and reply', async () => {
      const clock = createFakeClock();
      const echo = createEcho(store, clock);
      let stored = () => {};
      const committed = new Promise<void>((resolve) => {
        stored = resolve;
      });
      const first = await Bench.open({
        store,
        clock,
        drainMilliseconds: 0,
        takeTurn: async (inbound, outlet) => {
          if (inbound.kind === 'joined') return echo.takeTurn(inbound, outlet);
          await echo.takeTurn(inbound, { record: outlet.record, delivered: () => {} });
          stored();
          return new Promise(() => {});
        },
      });
      const client = enter({ token: (await first.token()).token }, first.origin);
      await client.hears(1);
      const posted = client.says('bonjour', 'm1');
      await committed;
      await first.close();
      const second = await Bench.open({ store, clock, port: Number(new URL(first.origin).port) });
      expect(await posted).toBe('retry');
      await client.hears(3);
      expect(client.texts()).toEqual(['welcome ', 'bonjour', 'heard bonjour']);
      await second.close();
    });

    test('restart while socket open', async () => {
      const first = await Bench.open({ store });
      const client = enter({ token: (await first.token()).token }, first.origin);
      await client.hears(1);
      await client.says('before', 'm1');
      await client.hears(3);
      await first.close();
      const second = await Bench.open({ store, port: Number(new URL(first.origin).port) });
      await waitFor(() => second.line.sockets() === 1);
      await client.says('after', 'm2');
      await client.hears(5);
      expect(client.texts().slice(1)).toEqual(['before', 'heard before', 'after', 'heard after']);
      await second.close();
    });
  });

  test('out-of-order clock', async () => {
    const { client } = await joined();
    await client.says('one', 'm1');
    bench.clock.move(-3600);
    await client.says('two', 'm2');
    const times = (await client.hears(5)).map(({ timestamp }) => timestamp);
    expect(times).toEqual([...new Set(times)].sort());
  });

  test('CORS preflight', async () => {
    const from = { Origin: 'https://town.example' };
    const answer = await bench.call('OPTIONS', line('conversations/x/activities'), undefined, undefined, from);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://town.example');
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type.*x-ms-bot-agent/);
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });

  test('bad origin on upgrade', async () => {
    class Foreign extends WebSocket {
      constructor(url: string) {
        super(url, { origin: 'https://evil.example' });
      }
    }
    const { token } = await bench.token();
    const client = enter({ token, WebSocket: Foreign } as never);
    await client.online();
    await client.says('hello', 'm1');
    expect([client.heard, bench.line.sockets()]).toEqual([[], 0]);
  });
});
