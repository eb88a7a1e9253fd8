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
let serial = 0;
beforeAll(async () => {
  channel = await startFakeChannel();
  guichet = await openGuichet({ store });
});
afterAll(async () => {
  await guichet.stop();
  await channel.close();
});

/** Writes on a channel, in a conversation of its name; gives the place of the answer, and whether it was quick. */
async function write(channelId: string, text: string) {
  serial += 1;
  const place = `/v3/conversations/${channelId}/activities/m${serial}`;
  const fields = { id: `m${serial}`, conversation: { id: channelId }, channelId, locale: 'en-GB', text };
  const began = performance.now();
  expect((await guichet.call('POST', '/api/messages', message(channel.url, fields))).status).toBe(200);
  return { place, quick: performance.now() - began < 1000 };
}

test('where a channel shows it, the bot is typing when an answer takes more than a second, and not when it is quick', async () => {
  const channels = ['msteams', 'telegram', 'sms', 'email'];
  const before = await Promise.all(channels.map((one) => write(one, 'hello')));
  store.hold();
  const writing = channels.map((one) => write(one, 'I am an employee'));
  const heldNow = () => channel.typing.filter((place) => !before.some((one) => one.place === place));
  await waitFor(() => heldNow().length > 1);
  store.release();
  const [teams, telegram] = await Promise.all(writing);
  expect(heldNow().sort()).toEqual([teams?.place, telegram?.place].sort());
  const quick = before.flatMap((one) => (one.quick ? [one.place] : []));
  expect(channel.typing.filter((place) => quick.includes(place))).toEqual([]);
});

test('so it is in the windows of the page; it is no part of the conversation', async () => {
  const { body: granted } = await guichet.call('POST', '/api/directline/token', { locale: 'en-GB' });
  const bearer = { authorization: `Bearer ${granted.token}` };
  const { body: started } = await guichet.call('POST', '/v3/directline/conversations', {}, bearer);
  const path = `/v3/directline/conversations/${started.conversationId}/activities`;
  const kinds: string[] = [];
  const socket = new WebSocket(started.streamUrl);
  socket.on('message', (data) => {
    const { activities = [] } = String(data) === '' ? {} : JSON.parse(String(data));
    for (const { type, from } of activities) if (from.role === 'bot') kinds.push(type);
  });
  await waitFor(() => kinds.length > 0);
  const say = (text: string) => guichet.call('POST', path, { type: 'message', text, locale: 'en-GB' }, bearer);
  await say('hello');
  await waitFor(() => kinds.length > 1);
  kinds.length = 0;
  store.hold();
  const saying = say('I am an employee');
  await waitFor(() => kinds.includes('typing'));
  store.release();
  await saying;
  await waitFor(() => kinds.includes('message'));
  const { body } = await guichet.call('GET', path, undefined, bearer);
  expect((body.activities as { type: string }[]).map(({ type }) => type)).not.toContain('typing');
  socket.close();
});
