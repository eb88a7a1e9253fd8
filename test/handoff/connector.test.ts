import type { ConversationStore } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { type FakeChannel, startFakeChannel } from '../support/fake-channel';
import { waitFor } from '../support/wait-for';
import { type Guichet, openAdviser, openGuichet } from './support';

let channel: FakeChannel;
let store: ConversationStore;
let serial = 0;

beforeEach(async () => {
  channel = await startFakeChannel();
  store = createMemoryStore();
});
afterEach(() => channel.close());

const post = (guichet: Guichet, fields: object) =>
  guichet.call('POST', '/api/messages', {
    type: 'message',
    id: `m${++serial}`,
    channelId: 'msteams',
    serviceUrl: channel.url,
    from: { id: 'a-directory-id', name: 'Real Name' },
    recipient: { id: 'bot' },
    conversation: { id: 'teams-1' },
    locale: 'en-GB',
    ...fields,
  });

/** What the connector got since the last look, once something fits. */
async function received(fits: RegExp): Promise<Record<string, unknown>[]> {
  await waitFor(() => fits.test(JSON.stringify(channel.calls)));
  return channel.calls.splice(0).map(({ path, body }) => ({ path, ...body }));
}

test('an adviser writes to somebody in Teams, who has not written: the address is kept while the request is open, and no longer', async () => {
  const guichet = await openGuichet({ store });
  const anna = await openAdviser(guichet, store, 'anna');
  await post(guichet, { text: 'hello' });
  await received(/Where are you/i);
  await post(guichet, { text: 'I want to talk to a human being' });
  await received(/Noted/);
  const { id } = await anna.only();
  const conversationId = (await store.desk.handoff(id))?.conversationId ?? '';
  const kept = JSON.stringify(await store.desk.reference(conversationId));
  expect(kept).toContain(channel.url);
  expect(kept).not.toMatch(/Real Name|activityId/);
  expect((await anna.post(`handoffs/${id}/claim`)).status).toBe(200);
  await received(/An adviser is with you/);
  expect((await anna.says(id, 'Hello from me')).status).toBe(200);
  const [said] = await received(/Hello from me/);
  expect(said).toMatchObject({ type: 'message', path: '/v3/conversations/teams-1/activities' });
  expect(said?.text).toBe('**Adviser**\n\nHello from me');
  await post(guichet, { text: 'thanks, my question is this' });
  const { body } = await anna.get(`handoffs/${id}`);
  expect(body.conversation.at(-1)).toMatchObject({ from: 'person', text: 'thanks, my question is this' });
  expect(channel.calls).toEqual([]);
  await anna.post(`handoffs/${id}/close`);
  await received(/Did this help/);
  expect(await store.desk.reference(conversationId)).toBeNull();
  await guichet.stop();
});

test('by the handoff protocol a hub outside is asked, with a masked transcript, and its status drives the machine', async () => {
  const guichet = await openGuichet({ store, env: { HANDOFF_PROTOCOL: '1' } });
  await post(guichet, { text: 'I am an employee from Peru, my number is 2 55 08 14 168 025 38' });
  await post(guichet, { text: 'I want to talk to a human being' });
  const events = (await received(/handoff\.initiate/)).filter(({ type }) => type === 'event');
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    name: 'handoff.initiate',
    value: { language: 'en', reason: 'asked', facts: { activity: 'employee', country: ['PE'] } },
    attachments: [{ contentType: 'application/json', name: 'Transcript' }],
  });
  const transcript = JSON.stringify(events[0]?.attachments);
  expect(transcript).toMatch(/employee from Peru.*•••.*I want to talk to a human being/s);
  expect(transcript).not.toMatch(/2 ?55 ?08/);

  const status = (value: unknown, id?: string) =>
    post(guichet, { type: 'event', name: 'handoff.status', value, ...(id ? { id } : {}) });
  await status({ state: 'failed' });
  expect(JSON.stringify(await received(/No adviser could take/))).toContain('stays open');
  await status(JSON.stringify({ state: 'accepted' }), 'twice');
  await received(/An adviser is with you/);
  await status(JSON.stringify({ state: 'accepted' }), 'twice');
  await post(guichet, { text: 'what is a RIB?' });
  for (const odd of ['{"state":', { state: 'odd' }, null, 42, { state: ['accepted'] }]) await status(odd);
  expect(channel.calls).toEqual([]);
  expect(await store.desk.openHandoffs()).toMatchObject([{ state: 'talking', claimedBy: 'outside' }]);
  await status({ state: 'completed' });
  await received(/adviser has finished/);
  expect(await store.desk.openHandoffs()).toEqual([]);
  await status({ state: 'accepted' });
  await post(guichet, { value: { choose: 'ask=rib-bank-account' } });
  await received(/IBAN/);
  await guichet.stop();
});

test('without the protocol no such event goes out, and none is heard', async () => {
  const guichet = await openGuichet({ store });
  await post(guichet, { text: 'I want to talk to a human being' });
  expect(JSON.stringify(await received(/Noted/))).not.toContain('handoff.initiate');
  await post(guichet, { type: 'event', name: 'handoff.status', value: { state: 'accepted' } });
  expect(await store.desk.openHandoffs()).toMatchObject([{ state: 'waiting' }]);
  await guichet.stop();
});

test('a channel that answers only in the same breath cannot be written to later: the adviser is told', async () => {
  const guichet = await openGuichet({ store });
  const anna = await openAdviser(guichet, store, 'anna');
  await post(guichet, { text: 'I want to talk to a human being', deliveryMode: 'expectReplies' });
  const { id } = await anna.only();
  const answer = await anna.post(`handoffs/${id}/claim`);
  expect([answer.status, answer.body.error.code]).toEqual([409, 'HANDOFF_UNREACHABLE']);
  await guichet.stop();
});
