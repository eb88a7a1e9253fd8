import { WebSocket } from 'ws';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openGuichet } from '../handoff/support';
import { message } from '../support/bot-framework-door';
import { type FakeChannel, startFakeChannel } from '../support/fake-channel';
import { holdingStore } from '../support/holding-store';
import { waitFor } from '../support/wait-for';

/** What people see of an answer that is being written, through the product as it is served. */
const store = holdingStore(createMemoryStore());
let channel: FakeChannel;
let guichet: Guichet;
beforeAll(async () => {
  channel = await startFakeChannel();
  guichet = await openGuichet({ store });
});
afterAll(async () => {
  await guichet.stop();
  await channel.close();
});

/** The kinds of activities that came, in order, with a bot's messages only. */
const kinds = (activities: { type?: unknown; from?: { role?: string } }[]) =>
  activities.flatMap(({ type, from }) => (from?.role === 'user' ? [] : [type]));

/** Says something quickly answered, then something that takes long; gives what was shown for each. */
async function twice(say: (text: string) => Promise<unknown>, shown: () => unknown[]) {
  await say('hello');
  await waitFor(async () => shown().includes('message') && (await store.waitingOutbox('9', 9)).length === 0);
  const quick = shown();
  store.hold();
  const saying = say('I come from Peru');
  await waitFor(() => shown().length > quick.length);
  const late = shown().slice(quick.length);
  store.release();
  await saying;
  await waitFor(() => shown().length > quick.length + 1);
  await waitFor(async () => (await store.waitingOutbox('9', 9)).length === 0);
  return { quick, late, after: shown().slice(quick.length + 1) };
}
const asExpected = {
  quick: expect.not.arrayContaining(['typing']),
  late: ['typing'],
  after: expect.not.arrayContaining(['typing']),
};

test('a connector is told that an answer is being written when it takes more than a second, and never of a quick one', async () => {
  let serial = 0;
  const say = async (text: string) => {
    serial += 1;
    const activity = message(channel.url, { id: `m${serial}`, channelId: 'msteams', locale: 'en-GB', text });
    expect((await guichet.call('POST', '/api/messages', activity)).status).toBe(200);
  };
  expect(await twice(say, () => kinds(channel.calls.map(({ body }) => body)))).toEqual(asExpected);
  const typing = channel.calls.find(({ body }) => body.type === 'typing');
  expect(typing?.path).toBe('/v3/conversations/conversation-1/activities/m2');
  channel.calls.length = 0;
});

test('so are the windows of the page; it is no part of the conversation', async () => {
  const { body: granted } = await guichet.call('POST', '/api/directline/token', { locale: 'en-GB' });
  const bearer = { authorization: `Bearer ${granted.token}` };
  const { body: started } = await guichet.call('POST', '/v3/directline/conversations', {}, bearer);
  const path = `/v3/directline/conversations/${started.conversationId}/activities`;
  const socket = new WebSocket(started.streamUrl);
  const heard: { type: string; from: { role: string } }[] = [];
  socket.on('message', (data) => heard.push(...(String(data) === '' ? [] : JSON.parse(String(data)).activities)));
  await waitFor(() => heard.length > 0);
  heard.length = 0;
  const say = (text: string) => guichet.call('POST', path, { type: 'message', text, locale: 'en-GB' }, bearer);
  expect(await twice(say, () => kinds(heard))).toEqual(asExpected);
  const { body } = await guichet.call('GET', path, undefined, bearer);
  expect(kinds(body.activities)).not.toContain('typing');
  socket.close();
});

test('a text message is an answer only: nothing is sent while it is written', async () => {
  store.hold();
  const activity = message(channel.url, { id: 'sms', channelId: 'sms', conversation: { id: 'sms' }, text: 'hello' });
  const saying = guichet.call('POST', '/api/messages', activity);
  const other = message(channel.url, { id: 'teams', channelId: 'telegram', conversation: { id: 't' }, text: 'hello' });
  const also = guichet.call('POST', '/api/messages', other);
  await waitFor(() => channel.calls.length > 0);
  store.release();
  await Promise.all([saying, also]);
  await waitFor(() => channel.calls.some(({ path, body }) => path.includes('/sms/') && body.type === 'message'));
  expect(channel.calls.filter(({ body }) => body.type === 'typing').map(({ path }) => path)).toEqual([
    '/v3/conversations/t/activities/teams',
  ]);
});
