import type { OutboxItem } from '../../../src/conversation/ports';
import { refuse } from '../../../src/http';
import { authenticated, doorsOfEachTest, message } from '../../support/bot-framework-door';

const refusal = (code: Parameters<typeof refuse>[0]) => JSON.stringify(refuse(code).body);
const at = doorsOfEachTest();
const { open, texts } = at;
const development = () => open({ mode: 'open-loopback' });

test('an answer reaches the connector: in order, to the right person, as an answer to the message, with the bot’s token', async () => {
  const door = await open(authenticated(at.channel));
  await expect(door.post(message(at.channel.url), { authorization: `Bearer ${at.channel.token()}` })).resolves.toEqual({
    status: 200,
    text: '',
  });
  await door.door?.deliverer.idle();
  expect(texts()).toEqual(['Un : bonjour', 'Deux']);
  expect(at.channel.calls[1]).toMatchObject({
    path: '/v3/conversations/conversation-1/activities/activity-1',
    authorization: 'Bearer the-bot',
    body: {
      type: 'message',
      from: { id: 'bot' },
      recipient: { id: 'person' },
      conversation: { id: 'conversation-1' },
      replyToId: 'activity-1',
      locale: 'fr',
      suggestedActions: { actions: [{ type: 'messageBack', title: 'Oui', value: { choose: 'children=true' } }] },
    },
  });
  expect(door.outbox).toEqual([]);
});

test('expectReplies: the answer is in the HTTP answer, the connector is not called, again the same when sent again', async () => {
  const door = await development();
  const ask = () => door.post(message('https://far.example', { deliveryMode: 'expectReplies' }));
  const first = await ask();
  expect(first.status).toBe(200);
  const { activities } = JSON.parse(first.text) as { activities: { text: string; replyToId: string }[] };
  expect(activities.map((activity) => activity.text)).toEqual(['Un : bonjour', 'Deux']);
  expect(activities[0]?.replyToId).toBe('activity-1');
  expect((await ask()).text).toBe(first.text);
  expect(door.turns).toHaveLength(1);
  expect(at.channel.calls).toEqual([]);
});

test('a message that is delivered again changes and sends nothing', async () => {
  const door = await development();
  await door.post(message(at.channel.url));
  await door.post(message(at.channel.url));
  await door.door?.deliverer.idle();
  expect(door.turns).toHaveLength(1);
  expect(at.channel.calls).toHaveLength(2);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['an empty object', {}],
  ['a list', [{ type: 'message' }]],
  ['a string', 'message'],
  ['no type', { ...message('http://127.0.0.1:1'), type: undefined }],
  ['no conversation', { ...message('http://127.0.0.1:1'), conversation: undefined }],
  ['no channel', { ...message('http://127.0.0.1:1'), channelId: undefined }],
  [
    'members that are no list, in a group',
    {
      ...message('http://127.0.0.1:1'),
      type: 'conversationUpdate',
      conversation: { id: 'g', isGroup: true },
      membersAdded: { 0: 'a' },
    },
  ],
  [
    'a member that is nobody, in a group',
    {
      ...message('http://127.0.0.1:1'),
      type: 'conversationUpdate',
      conversation: { id: 'g', isGroup: true },
      membersAdded: [null],
    },
  ],
  ['text that is a list', { ...message('http://127.0.0.1:1'), text: ['a'] }],
  [
    'text that is a list, with a mention',
    {
      ...message('http://127.0.0.1:1'),
      text: ['a'],
      entities: [{ type: 'mention', text: 'a', mentioned: { id: 'bot' } }],
    },
  ],
])('%s is no activity: 400', async (_title, body) => {
  const door = await development();
  await expect(door.post(body)).resolves.toEqual({ status: 400, text: refusal('ACTIVITY_INVALID') });
  expect(door.turns).toEqual([]);
});

test.each(['https://smba.trafficmanager.net/', 'http://10.0.0.1/', undefined])(
  'the open door sends nothing to %s',
  async (serviceUrl) => {
    const door = await development();
    await expect(door.post(message('', { serviceUrl }))).resolves.toMatchObject({ status: 400 });
    expect(door.turns).toEqual([]);
  },
);

test.each(['composeExtension/query', 'adaptiveCard/action', 'nobody/knows'])(
  'invoke %s is answered with 200',
  async (name) => {
    const door = await development();
    await expect(door.post(message(at.channel.url, { type: 'invoke', name }))).resolves.toEqual({
      status: 200,
      text: '',
    });
    await expect(
      door.post(message(at.channel.url, { type: 'invoke', name, deliveryMode: 'expectReplies' })),
    ).resolves.toMatchObject({ status: 200 });
  },
);

test.each(['typing', 'messageReaction', 'installationUpdate', 'endOfConversation', 'never-heard'])(
  '%s is answered with 200 and silence',
  async (type) => {
    const door = await development();
    await expect(door.post(message(at.channel.url, { type, text: undefined }))).resolves.toEqual({
      status: 200,
      text: '',
    });
    expect(door.turns).toEqual([]);
  },
);

test('somebody is greeted once, however often the channel says that they came', async () => {
  const door = await development();
  const joined = (id: string, members: string[]) =>
    message(at.channel.url, {
      type: 'conversationUpdate',
      id,
      text: undefined,
      membersAdded: members.map((member) => ({ id: member })),
    });
  await door.post(joined('u1', ['bot']));
  await door.post(joined('u2', ['bot', 'person']));
  await door.post(joined('u3', ['person']));
  await door.door?.deliverer.idle();
  expect(door.turns.map((inbound) => inbound.kind)).toEqual(['joined']);
  expect(at.channel.calls).toHaveLength(2);
});

test('each channel and each conversation has a conversation of its own, a group none; no id of a person is kept', async () => {
  const door = await development();
  const group = { id: 'group', isGroup: true };
  await door.post(message(at.channel.url, { conversation: { id: '+33612345678' } }));
  await door.post(message(at.channel.url, { conversation: { id: '+33612345678' }, channelId: 'telegram' }));
  await door.post(message(at.channel.url, { conversation: { id: 'other' } }));
  await door.post(message(at.channel.url, { conversation: group, from: { id: 'a' } }));
  await door.post(message(at.channel.url, { conversation: group, from: { id: 'b' } }));
  await door.post(message(at.channel.url, { conversation: { id: 'x'.repeat(900) }, id: 'y'.repeat(900) }));
  const ids = door.turns.map((inbound) => inbound.conversationId);
  expect(new Set(ids).size).toBe(4);
  expect(ids[0]).toMatch(/^webchat:/);
  expect(ids.join()).not.toContain('612345678');
});

test('no id from outside is kept in the inbox, the conversation or the channel’s name', async () => {
  const door = await development();
  const number = '1840575100548';
  await door.post(message(at.channel.url, { id: number, channelId: `x${number}`, locale: 'fr-18405751-01644' }));
  await door.post(message(at.channel.url, { id: number, channelId: `x${number}`, value: { choose: `do=x${number}` } }));
  expect(door.turns).toHaveLength(1);
  expect(door.turns[0]).toMatchObject({ channel: 'other', locale: 'fr' });
  expect(JSON.stringify(door.turns)).not.toMatch(/1840575/);
});

test('a message that calls itself a greeting is read', async () => {
  const door = await development();
  await door.post(message(at.channel.url, { type: 'event', name: 'webchat/join', id: 'e1', text: undefined }));
  await door.post(message(at.channel.url, { name: 'webchat/join', id: 'm1' }));
  await door.post(message(at.channel.url, { id: 'joined', text: 'encore' }));
  expect(door.turns.map(({ kind, text }) => [kind, text])).toEqual([
    ['joined', ''],
    ['message', 'bonjour'],
    ['message', 'encore'],
  ]);
});

test('the bot’s own name is taken out of a text, nobody else’s', async () => {
  const door = await development();
  const mention = (id: string, name: string) => ({
    type: 'mention',
    text: `<at>${name}</at>`,
    mentioned: { id, name },
  });
  await door.post(
    message(at.channel.url, {
      text: '<at>Guichet</at> bonjour  <at>Ana</at>',
      entities: [mention('bot', 'Guichet'), mention('ana', 'Ana'), null, 4],
    }),
  );
  expect(door.turns[0]?.text).toBe('bonjour <at>Ana</at>');
});

test('a pressed card button arrives as a choice', async () => {
  const door = await development();
  await door.post(message(at.channel.url, { text: undefined, value: { choose: 'children=true' } }));
  expect(door.turns[0]).toMatchObject({ kind: 'choice', value: 'children=true' });
});

test('when a message cannot be stored the channel hears 500 and nothing of the reason', async () => {
  const door = await open({ mode: 'open-loopback' }, () => {
    throw new Error('password of the database');
  });
  await expect(door.post(message(at.channel.url))).resolves.toEqual({
    status: 500,
    text: refusal('TURN_NOT_STORED'),
  });
});

test('who writes too fast gets a friendly answer, never a refusal, and no more of them than one in ten seconds', async () => {
  const asked: string[][] = [];
  let time = 0;
  const slower = {
    language: 'fr',
    direction: 'ltr',
    status: 'asked',
    bubbles: [{ text: 'un peu moins vite' }],
  } as const;
  const door = await open({ mode: 'open-loopback' }, undefined, [], {
    clock: { now: () => new Date(time) },
    slowDown: (...who) => {
      asked.push(who.map((part) => part ?? ''));
      return { ...slower, bubbles: [...slower.bubbles], choices: [], articles: [] };
    },
  });
  for (let count = 0; count < 20; count++)
    expect((await door.post(message(at.channel.url, { id: `m${count}` }))).status).toBe(200);
  await door.door?.deliverer.idle();
  expect([texts(), door.turns]).toEqual([['un peu moins vite'], []]);
  time += 10_000;
  await door.post(message(at.channel.url, { id: 'later' }));
  await door.door?.deliverer.idle();
  expect(texts()).toHaveLength(2);
  const awaited = await door.post(message('', { id: 'r', deliveryMode: 'expectReplies' }));
  expect(JSON.parse(awaited.text)).toMatchObject({ activities: [{ text: 'un peu moins vite' }] });
  await door.post(message(at.channel.url, { from: { id: 'somebody else' } }));
  expect(new Set(asked.map(([conversation]) => conversation)).size).toBe(1);
  expect(new Set(asked.map(([, writer]) => writer)).size).toBe(2);
  expect(JSON.stringify(asked)).not.toContain('person');
});

test('off is not served', async () => {
  await expect((await open({ mode: 'off' })).post(message(at.channel.url))).resolves.toMatchObject({ status: 404 });
});

test('what was not delivered before a restart is delivered after it', async () => {
  at.channel.answers.push(...Array(20).fill(503));
  const before = await development();
  await before.post(message(at.channel.url));
  await before.door?.deliverer.idle();
  expect(before.outbox).toHaveLength(2);
  expect(at.channel.calls).toHaveLength(1);
  at.channel.answers.splice(0);
  at.channel.calls.splice(0);
  const old: OutboxItem[] = structuredClone(before.outbox);
  const after = await open({ mode: 'open-loopback' }, undefined, old);
  await after.door?.start();
  await after.door?.deliverer.idle();
  expect(texts()).toEqual(['Un : bonjour', 'Deux']);
  expect(old).toEqual([]);
});
