import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { createMemoryStore } from '../../../src/storage/memory';
import { Bench, createEcho, message } from './support';

describe('the stream of a conversation', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open({ mostSockets: 3 });
  });
  afterEach(() => bench.close());

  const reconnect = async (conversationId: string, token: string, query = '') => {
    const answer = await bench.call('GET', `/v3/directline/conversations/${conversationId}${query}`, token);
    return answer.json as unknown as { token: string; streamUrl: string };
  };

  test('gives the greeting that was said before it was opened, then every message, echo first', async () => {
    const conversation = await bench.started({ locale: 'fr' });
    const stream = bench.stream(conversation.streamUrl);
    await stream.heard(1);
    await bench.says(conversation, 'bonjour', 'm1');
    await stream.heard(3);
    expect(stream.texts()).toEqual(['welcome fr', 'bonjour', 'heard bonjour']);
    expect(stream.watermarks).toEqual(['1', '3']);
  });

  test('gives the same activities as polling', async () => {
    const conversation = await bench.started();
    const stream = bench.stream(conversation.streamUrl);
    await stream.heard(1);
    for (const text of ['one', 'two', 'three']) await bench.says(conversation, text, text);
    expect(await stream.heard(7)).toEqual((await bench.history(conversation)).activities);
  });

  test('replays exactly the gap after a lost connection', async () => {
    const conversation = await bench.started();
    const first = bench.stream(conversation.streamUrl);
    await first.heard(1);
    await bench.says(conversation, 'one', 'm1');
    await first.heard(3);
    const watermark = first.watermarks.at(-1);
    first.socket.terminate();
    await bench.says(conversation, 'two', 'm2');
    const back = await reconnect(conversation.conversationId, conversation.token, `?watermark=${watermark}`);
    const second = bench.stream(back.streamUrl);
    await second.heard(2);
    await bench.says(conversation, 'three', 'm3');
    await second.heard(4);
    expect(second.texts()).toEqual(['two', 'heard two', 'three', 'heard three']);
  });

  test('without a watermark gives only what is new; with 0 everything; with a made-up one everything', async () => {
    const conversation = await bench.started();
    const { conversationId, token } = conversation;
    await bench.says(conversation, 'one', 'm1');
    const fresh = bench.stream((await reconnect(conversationId, token)).streamUrl);
    const whole = bench.stream((await reconnect(conversationId, token, '?watermark=0')).streamUrl);
    const madeUp = bench.stream((await reconnect(conversationId, token, '?watermark=99999')).streamUrl);
    await Promise.all([whole.heard(3), madeUp.heard(3), fresh.opened()]);
    await bench.says(conversation, 'two', 'm2');
    await Promise.all([whole.heard(5), madeUp.heard(5), fresh.heard(2)]);
    expect(fresh.texts()).toEqual(['two', 'heard two']);
    expect(whole.texts()).toEqual(madeUp.texts());
  });

  test('reaches every window of a conversation and no other conversation', async () => {
    const [mine, theirs] = [await bench.started(), await bench.started()];
    const streams = [bench.stream(mine.streamUrl), bench.stream(mine.streamUrl)];
    const other = bench.stream(theirs.streamUrl);
    await Promise.all([...streams, other].map((stream) => stream.heard(1)));
    await bench.says(mine, 'hello', 'm1');
    for (const stream of streams) expect((await stream.heard(3))[1]?.text).toBe('hello');
    await bench.says(theirs, 'bye', 'm1');
    await other.heard(3);
    expect(other.texts()).toEqual(['welcome ', 'bye', 'heard bye']);
    expect(bench.line.sockets()).toBe(3);
  });

  test('never repeats and never loses a message when windows open while people write', async () => {
    const conversation = await bench.started();
    const writing = Promise.all(
      Array.from({ length: 20 }, (_, index) => bench.says(conversation, `t${index}`, `m${index}`)),
    );
    const streams = [bench.stream(conversation.streamUrl), bench.stream(conversation.streamUrl)];
    await writing;
    const wanted = (await bench.history(conversation)).activities.map(({ id }) => id);
    for (const stream of streams) expect((await stream.heard(41)).map(({ id }) => id)).toEqual(wanted);
  });

  test('a ticket opens the stream for a minute, then no more', async () => {
    const { streamUrl } = await bench.started();
    bench.clock.move(59);
    await bench.stream(streamUrl).heard(1);
    bench.clock.move(1);
    expect(await bench.stream(streamUrl).refused()).toBe(403);
  });

  test.each([
    ['a page of somebody else', 'https://evil.example'],
    ['a page without an address of its own', 'null'],
  ])('%s cannot open it', async (_who, origin) => {
    const { streamUrl } = await bench.started();
    expect(await bench.stream(streamUrl, { origin }).refused()).toBe(403);
  });

  test('our own page can open it', async () => {
    const { streamUrl } = await bench.started();
    await bench.stream(streamUrl, { origin: bench.origin }).heard(1);
  });

  test.each([
    ['a conversation that has expired', (url: string) => url, 404],
    ['a missing ticket', (url: string) => url.replace(/t=.*/, ''), 403],
    ['another path', (url: string) => url.replace('/stream', '/elsewhere'), 404],
    ['a host that is none', (url: string) => url.replace('/v3', '//v3'), 404],
  ])('is refused for %s', async (what, change, status) => {
    const { streamUrl } = await bench.started();
    if (what.includes('expired')) await bench.store.expire('9999');
    expect(await bench.stream(change(streamUrl)).refused()).toBe(status);
  });

  test('a refused client that keeps its half open is cut off', async () => {
    const { port } = new URL(bench.origin);
    const client = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    client.write(
      'GET /v3/directline/conversations/x/stream?t=x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n' +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n',
    );
    let answered = '';
    client.on('data', (data) => {
      answered += data;
    });
    client.on('error', () => {});
    await once(client, 'end');
    expect(answered).toMatch(/^HTTP\/1\.1 403 /);
    const writing = setInterval(() => client.write('x'), 50);
    await new Promise((resolve) => client.once('close', resolve));
    clearInterval(writing);
  });

  test('is refused above the limit of windows', async () => {
    const { streamUrl } = await bench.started();
    const streams = [1, 2, 3].map(() => bench.stream(streamUrl));
    await Promise.all(streams.map((stream) => stream.heard(1)));
    expect(await bench.stream(streamUrl).refused()).toBe(429);
    streams[0]?.socket.close();
    await streams[0]?.closed();
    while (bench.line.sockets() > 2) await new Promise(setImmediate);
    await bench.stream(streamUrl).heard(1);
  });

  test('ignores the empty frames of clients and whatever else they send', async () => {
    const conversation = await bench.started();
    const stream = bench.stream(conversation.streamUrl);
    await stream.heard(1);
    for (const frame of ['', 'hello', '{"type":"message","text":"hi"}']) stream.socket.send(frame);
    stream.socket.ping();
    await once(stream.socket, 'pong');
    expect(bench.taken).toHaveLength(1);
    await bench.says(conversation, 'hello', 'm1');
    await stream.heard(3);
  });

  test('is closed when a client sends something large', async () => {
    const stream = bench.stream((await bench.started()).streamUrl);
    await stream.heard(1);
    stream.socket.send('x'.repeat(5000));
    expect(await stream.closed()).toBe(1009);
  });

  test('shows typing and events to open windows, without a watermark', async () => {
    const conversation = await bench.started();
    const stream = bench.stream(conversation.streamUrl);
    await stream.heard(1);
    bench.line.outlet.typing?.(conversation.conversationId);
    await bench.post(conversation, { type: 'event', name: 'page/ready', channelData: { clientActivityID: 'e1' } });
    const [, typing, event] = await stream.heard(3);
    expect(typing).toMatchObject({ type: 'typing', from: { role: 'bot' } });
    expect(event).toMatchObject({ type: 'event', name: 'page/ready', channelData: { clientActivityID: 'e1' } });
    expect(stream.watermarks.slice(1)).toEqual([undefined, undefined]);
  });

  test('sees what another process stored, when it is told to look', async () => {
    const { conversationId, streamUrl } = await bench.started();
    const stream = bench.stream(streamUrl);
    await stream.heard(1);
    const entry = {
      from: 'bot',
      at: bench.clock.now().toISOString(),
      activity: { type: 'message', text: 'elsewhere' },
    };
    await bench.store.appendLog(conversationId, [entry], entry.at);
    bench.line.wake(conversationId);
    expect((await stream.heard(2))[1]).toMatchObject({ text: 'elsewhere' });
  });

  test('sends a long history in order, in several frames', async () => {
    const { conversationId, streamUrl } = await bench.started();
    const entries = Array.from({ length: 250 }, (_, index) => ({
      from: 'bot',
      at: bench.clock.now().toISOString(),
      activity: { type: 'message', text: String(index) },
    }));
    await bench.store.appendLog(conversationId, entries, bench.clock.now().toISOString());
    const stream = bench.stream(streamUrl);
    await stream.heard(251);
    expect(stream.texts().slice(1)).toEqual(entries.map(({ activity }) => activity.text));
    expect(stream.watermarks).toEqual(['100', '200', '251']);
  });
});

test('a client that does not read is closed with 1013 and loses nothing', async () => {
  const bench = await Bench.open({ mostWaiting: 100_000 });
  const conversation = await bench.started();
  const stream = bench.stream(conversation.streamUrl);
  await stream.heard(1);
  stream.socket.pause();
  const text = 'x'.repeat(100_000);
  const at = bench.clock.now().toISOString();
  const more = async () => {
    await bench.store.appendLog(
      conversation.conversationId,
      [{ from: 'bot', at, activity: { type: 'message', text } }],
      at,
    );
    bench.line.wake(conversation.conversationId);
    await new Promise(setImmediate);
  };
  for (let count = 0; count < 200; count++) await more();
  const closed = stream.closed();
  stream.socket.resume();
  expect(await closed).toBe(1013);
  const received = stream.activities.length;
  expect(received).toBeLessThan(201);
  const path = `/v3/directline/conversations/${conversation.conversationId}?watermark=${stream.watermarks.at(-1)}`;
  const back = await bench.call('GET', path, conversation.token);
  const resumed = bench.stream(back.json.streamUrl as unknown as string);
  const [next] = await resumed.heard(1);
  expect(next?.id).toBe(`${conversation.conversationId}|${String(received + 1).padStart(7, '0')}`);
  await bench.close();
});

test('a client that is gone without a word is noticed by the ping', async () => {
  const bench = await Bench.open({ pingMilliseconds: 20 });
  const { streamUrl } = await bench.started();
  const silent = bench.stream(streamUrl, { autoPong: false });
  const lively = bench.stream(streamUrl);
  await silent.closed();
  expect(lively.socket.readyState).toBe(WebSocket.OPEN);
  await bench.close();
});

test('when the server closes, streams end with 1001 and messages under way are still answered', async () => {
  const store = createMemoryStore();
  const echo = createEcho(store);
  let begun = () => {};
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const bench = await Bench.open({
    store,
    takeTurn: async (inbound, outlet) => {
      if (inbound.kind === 'message') {
        begun();
        await held;
      }
      return echo.takeTurn(inbound, outlet);
    },
  });
  const conversation = await bench.started();
  const stream = bench.stream(conversation.streamUrl);
  await stream.heard(1);
  const posted = bench.says(conversation, 'hello', 'm1');
  await underWay;
  const stopped = bench.server.close();
  expect(await stream.closed()).toBe(1001);
  release();
  expect((await posted).status).toBe(200);
  await stopped;
  await expect(fetch(bench.origin)).rejects.toThrow();
});

test('a message of another language is echoed as it is', async () => {
  const bench = await Bench.open();
  const conversation = await bench.started();
  await bench.post(conversation, message('مرحبا 你好 🙂', 'm1'));
  expect((await bench.history(conversation)).activities[1]?.text).toBe('مرحبا 你好 🙂');
  await bench.close();
});
