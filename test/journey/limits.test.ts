import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { type Running, serve } from '../../src/main';
import { bearing, callJson } from '../support/call-json';
import { keepingLogger } from '../support/edges';
import { type FakeChannel, startFakeChannel } from '../support/fake-channel';
import { waitFor } from '../support/wait-for';

/** The limits as the product wires them: what is under test is that each door has its own. */
let running: Running;
let channel: FakeChannel;
const data = mkdtempSync(join(tmpdir(), 'guichet-'));
const clock = { now: () => new Date(now) };
let now = Date.parse('2026-05-04T08:00:00Z');

beforeAll(async () => {
  channel = await startFakeChannel();
  running = await serve(readConfig({ PORT: '0', DATA_DIR: data }), { logger: keepingLogger(), clock });
}, 30_000);
afterAll(async () => {
  await running.stop();
  await channel.close();
  rmSync(data, { recursive: true, force: true });
});
afterEach(() => {
  now += 60_000;
});

const call = (method: string, path: string, body?: unknown, token?: string) =>
  callJson(`http://127.0.0.1:${running.address.port}${path}`, method, body, bearing(token));

const times = async <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> => {
  const all: T[] = [];
  for (let index = 0; index < count; index++) all.push(await act(index));
  return all;
};

test('Direct Line: above thirty messages in ten seconds a conversation gets a friendly answer with both lines, and always 200', async () => {
  const { token, conversationId } = (await call('POST', '/api/directline/token', {})).json;
  await call('POST', '/v3/directline/conversations', {}, token);
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const says = (index: number) => call('POST', path, { type: 'message', text: `a${index}`, locale: 'en' }, token);
  const all = await times(40, says);
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
  const { text } = await call('GET', path, undefined, token);
  expect(text.match(/writing faster than I can answer/g)).toHaveLength(1);
  expect(text.replaceAll('\u00a0', ' ')).toMatch(/faster than[^"]*09 74 75 36 46[^"]*36 46/);
});

test('/api/messages: the same for a conversation of a channel, once, and always 200', async () => {
  const says = (index: number) =>
    call('POST', '/api/messages', {
      type: 'message',
      id: `f${index}`,
      text: `a${index}`,
      locale: 'en',
      channelId: 'webchat',
      serviceUrl: channel.url,
      from: { id: 'person' },
      recipient: { id: 'bot' },
      conversation: { id: 'fast' },
    });
  const all = await times(40, says);
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
  const slower = () => channel.calls.filter(({ body }) => /faster than I can answer/.test(String(body.text)));
  await waitFor(() => slower().length > 0);
  expect(slower()).toHaveLength(1);
  expect(slower()[0]).toMatchObject({ body: { conversation: { id: 'fast' }, recipient: { id: 'person' } } });
});

test('an address gets thirty new conversations a minute, then has to wait', async () => {
  const all = await times(31, () => call('POST', '/api/directline/token', {}));
  expect(all.filter(({ status }) => status !== 200).map(({ status }) => status)).toEqual([429]);
});

test('a token that is used for more than 1,200 calls a minute has to wait', async () => {
  const { token } = (await call('POST', '/api/directline/token', {})).json;
  const ask = () => call('GET', '/v3/directline/session/getsessionid', undefined, token);
  const statuses = (await times(24, () => Promise.all(Array.from({ length: 50 }, ask))))
    .flat()
    .map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await ask()).status).toBe(429);
});

test('no visitor gets a cookie', async () => {
  const at = `http://127.0.0.1:${running.address.port}`;
  const { token, conversationId } = (await call('POST', '/api/directline/token', {})).json;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const path = `${at}/v3/directline/conversations`;
  const answers = [
    await fetch(`${at}/`),
    await fetch(`${at}/chat.js`),
    await fetch(`${at}/api/directline/token`, { method: 'POST' }),
    await fetch(path, { method: 'POST', headers, body: '{}' }),
    await fetch(`${path}/${conversationId}/activities`, {
      method: 'POST',
      headers,
      body: '{"type":"message","text":"a"}',
    }),
  ];
  for (const { status, url, headers } of answers)
    expect([url, status < 300, headers.getSetCookie()]).toEqual([url, true, []]);
});
