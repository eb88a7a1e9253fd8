import { WebSocket } from 'ws';
import { readConfig } from '../../src/config';
import { type Running, serve } from '../../src/main';
import { createPostgresStore } from '../../src/storage/postgres';
import { callJson, firstCookie } from '../support/call-json';
import { keepingLogger } from '../support/edges';
import { startFakeChannel } from '../support/fake-channel';
import { startPostgres, type TestPostgres } from '../support/postgres';
import type { Body } from '../support/product-process';
import { type RoundRobin, startRoundRobin } from '../support/round-robin';
import { waitFor } from '../support/wait-for';

let postgres: TestPostgres;
let database = '';
let instances: Running[] = [];
let balancer: RoundRobin;
const origins = () => instances.map(({ address }) => `http://127.0.0.1:${address.port}`);
const settings = () => readConfig({ PORT: '0', DATABASE_URL: database, DATABASE_CONNECTIONS: '4' });

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.newDatabase();
  instances = [
    await serve(settings(), { logger: keepingLogger() }),
    await serve(settings(), { logger: keepingLogger() }),
  ];
  balancer = await startRoundRobin(origins);
}, 90_000);
afterAll(async () => {
  await balancer.close();
  await Promise.all(instances.map((instance) => instance.stop()));
  await postgres.stop();
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, at?: string) {
  const called = await callJson(`${at ?? balancer.url}${path}`, method, body, headers);
  return { status: called.status, body: called.json as Body, cookie: firstCookie(called) };
}

type Activity = { id: string; timestamp: string; text?: string; from: { role: string } };

/** Somebody with a Direct Line client, through the balancer or at one instance. */
async function openPerson(at?: string) {
  const { body: granted } = await call('POST', '/api/directline/token', { locale: 'en-GB' }, {}, at);
  const bearer = { authorization: `Bearer ${granted.token}` };
  const { body: started } = await call('POST', '/v3/directline/conversations', {}, bearer, at);
  const path = `/v3/directline/conversations/${started.conversationId}`;
  return {
    streamUrl: started.streamUrl as string,
    says: (text: string, id = text.replace(/\W/g, ''), where = at) => {
      const activity = { type: 'message', text, locale: 'en-GB', channelData: { clientActivityID: id } };
      return call('POST', `${path}/activities`, activity, bearer, where);
    },
    all: async () => (await call('GET', `${path}/activities`, undefined, bearer, at)).body.activities as Activity[],
    reconnect: async (watermark: string) =>
      (await call('GET', `${path}?watermark=${watermark}`, undefined, bearer, at)).body.streamUrl as string,
  };
}

/** An open stream and what came through it. */
function listenTo(streamUrl: string) {
  const socket = new WebSocket(streamUrl);
  const heard: Activity[] = [];
  let watermark = '';
  socket.on('message', (data) => {
    const frame = String(data) === '' ? {} : JSON.parse(String(data));
    // That it was typing is no part of the conversation; a slow machine shows it.
    heard.push(...(frame.activities ?? []).filter(({ type }: { type: string }) => type !== 'typing'));
    watermark = frame.watermark ?? watermark;
  });
  return { heard, watermark: () => watermark, close: () => socket.close() };
}

const texts = (activities: Activity[]) => activities.map(({ text }) => text);

test('a whole conversation through a balancer without sticky sessions: start, stream, reconnect, one order', async () => {
  const person = await openPerson();
  const streams = [listenTo(person.streamUrl), listenTo(person.streamUrl)];
  const sentences = ['I am an employee', 'I come from Peru', 'I have a long-stay visa', 'it is validated'];
  for (const text of sentences) expect((await person.says(text)).status).toBe(200);
  const all = await person.all();
  expect(texts(all).filter((text) => sentences.includes(text ?? ''))).toEqual(sentences);
  for (const { heard } of streams) {
    await waitFor(() => heard.length === all.length);
    expect(heard).toEqual(all);
  }
  const times = all.map(({ timestamp }) => timestamp);
  expect(times).toEqual([...times].sort());
  for (const { close } of streams) close();

  await person.says('how long does it take to get the card?');
  const again = listenTo(await person.reconnect(streams[0]?.watermark() ?? ''));
  const fresh = (await person.all()).slice(all.length);
  await waitFor(() => again.heard.length === fresh.length);
  expect(again.heard).toEqual(fresh);
  again.close();
});

test('messages that race at two instances are each heard once, the same one sent to both too', async () => {
  const person = await openPerson();
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  const both = numbers.flatMap((number) => origins().map((at) => person.says(`sentence ${number}`, `n${number}`, at)));
  const answers = await Promise.all(both);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const activities = await person.all();
  const heard = texts(activities).filter((text) => text?.startsWith('sentence'));
  expect([...heard].sort()).toEqual(numbers.map((number) => `sentence ${number}`).sort());
  const ids = numbers.map((number) => answers.filter((_, index) => Math.floor(index / 2) === number));
  for (const pair of ids) expect(pair[0]?.body.id).toBe(pair[1]?.body.id);
});

test('an adviser and a person are brought together by different instances, and the console hears at once', async () => {
  const account = instances.map(({ firstAccount }) => firstAccount).find(Boolean);
  const signed = await call('POST', '/adviser/api/sign-in', account);
  const adviser = { cookie: signed.cookie, 'x-csrf-token': signed.body.csrf };
  const consoles = await Promise.all(
    origins().map(async (at) => {
      const response = await fetch(`${at}/adviser/api/events`, { headers: adviser });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let heard = '';
      const reading = (async () => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          heard += new TextDecoder().decode(value);
        }
      })();
      return { heard: () => heard, close: () => reader.cancel().then(() => reading) };
    }),
  );
  const person = await openPerson();
  const stream = listenTo(person.streamUrl);
  await person.says('I want to talk to a human being');
  // 15 seconds is how often the desk looks by itself.
  for (const { heard } of consoles) await waitFor(() => heard().includes('event: queue'));
  const { body: queue } = await call('GET', '/adviser/api/queue', undefined, adviser);
  const { id } = queue[0];
  expect((await call('POST', `/adviser/api/handoffs/${id}/claim`, {}, adviser)).status).toBe(200);
  const message = { clientId: 'm1', text: 'good morning from the adviser' };
  expect((await call('POST', `/adviser/api/handoffs/${id}/messages`, message, adviser)).status).toBe(200);
  await waitFor(() => stream.heard.some(({ text }) => text?.includes('good morning from the adviser')));
  await person.says('thank you');
  const { body: dossier } = await call('GET', `/adviser/api/handoffs/${id}`, undefined, adviser);
  expect(dossier.conversation.at(-1)).toMatchObject({ from: 'person', text: 'thank you' });
  stream.close();
  await Promise.all(consoles.map(({ close }) => close()));
});

test('an instance that hears no hint finds by itself what another one has stored', async () => {
  const store = await createPostgresStore({ url: database, logger: keepingLogger(), connections: 2 });
  const deaf = await serve(settings(), { logger: keepingLogger(), store: { ...store, watch: undefined } });
  const person = await openPerson(`http://127.0.0.1:${deaf.address.port}`);
  const stream = listenTo(person.streamUrl);
  await waitFor(() => stream.heard.length > 0);
  await person.says('said elsewhere', 'elsewhere', origins()[0]);
  await waitFor(() => texts(stream.heard).includes('said elsewhere'));
  stream.close();
  await deaf.stop();
}, 40_000);

test('without its database an instance answers what it can, says that nothing is kept, and lives; when it is back, everything goes on', async () => {
  const channel = await startFakeChannel();
  const person = await openPerson();
  const stream = listenTo(person.streamUrl);
  await waitFor(() => stream.heard.length > 0);
  const teams = {
    type: 'message',
    id: 'm1',
    channelId: 'webchat',
    serviceUrl: channel.url,
    from: { id: 'person' },
    recipient: { id: 'bot' },
    conversation: { id: 'away' },
    text: 'hello',
  };
  await postgres.crash();
  for (const at of origins()) {
    const said = await person.says('into the void', 'void', at);
    expect([said.status, String(said.body.id)]).toEqual([200, expect.stringContaining('|live-')]);
    expect((await call('POST', '/api/messages', teams, {}, at)).status).toBe(200);
    expect((await call('GET', '/health/ready', undefined, {}, at)).body.status).toBe('degraded');
    expect((await call('GET', '/health/live', undefined, {}, at)).status).toBe(200);
  }
  await waitFor(() => channel.calls.length >= origins().length);
  for (const { body } of channel.calls) expect(JSON.stringify(body)).toContain('cannot keep anything');
  await postgres.restart();
  await waitFor(async () => /\|\d+$/.test(String((await person.says('into the void', 'void')).body.id)));
  const known = listenTo(await person.reconnect('0'));
  await waitFor(() => texts(known.heard).includes('into the void'));
  expect(texts(await person.all()).filter((text) => text === 'into the void')).toHaveLength(1);
  await person.says('and on', 'on', origins()[1]);
  await waitFor(() => texts(known.heard).includes('and on'));
  known.close();
  stream.close();
  await channel.close();
}, 60_000);
