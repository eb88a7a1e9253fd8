import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../../src/storage/sqlite';
import { Bench, createEcho, createFakeClock, message, say } from './support';

describe('a conversation', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  test('is new once: 201, then 200, and the person is greeted once, in the language of the page', async () => {
    const { token, conversationId } = await bench.token();
    const start = () => bench.call('POST', '/v3/directline/conversations', token, { user: {}, locale: 'pt-BR' });
    expect(await start()).toMatchObject({ status: 201, json: { conversationId, expires_in: 1800 } });
    const again = await start();
    expect(again.status).toBe(200);
    const { activities } = await bench.history(again.json as never);
    expect(activities.map(({ text }) => text)).toEqual(['welcome pt-BR']);
    expect(bench.taken).toHaveLength(1);
  });

  test('started from two windows at once greets once', async () => {
    const { token } = await bench.token();
    const start = () => bench.call('POST', '/v3/directline/conversations', token, {});
    const answers = await Promise.all([start(), start()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(bench.taken).toHaveLength(1);
  });

  test('can be started by a server that holds the secret', async () => {
    const other = await Bench.open({ secret: 'sixteen characters' });
    const started = await other.call('POST', '/v3/directline/conversations', 'sixteen characters', {
      user: { id: 'dl_ana' },
    });
    expect(started.status).toBe(201);
    await other.says(started.json as never, 'hello', 'm1');
    expect((await other.history(started.json as never)).activities.at(-2)?.from.id).toBe('dl_ana');
    await other.close();
  });

  test('uses the locale that was given with the token when the page starts it without one', async () => {
    const { token } = await bench.token({ locale: 'uk' });
    const started = await bench.call('POST', '/v3/directline/conversations', token);
    expect((await bench.history(started.json as never)).activities[0]?.text).toBe('welcome uk');
  });

  test('is open even when the greeting fails', async () => {
    const broken = await Bench.open({ takeTurn: () => Promise.reject(new Error('disk')) });
    const { token } = await broken.token();
    expect((await broken.call('POST', '/v3/directline/conversations', token, {})).status).toBe(201);
    expect(broken.logged).toMatchObject([{ code: 'DIRECTLINE_TURN' }]);
    await broken.close();
  });

  test('echoes a message before the answer, with the id that the client gave it', async () => {
    const conversation = await bench.started();
    const posted = await bench.says(conversation, 'bonjour', 'client-1');
    expect(posted).toMatchObject({ status: 200, json: { id: `${conversation.conversationId}|0000002` } });
    const { activities, watermark } = await bench.history(conversation);
    const [welcome, echo, answer] = activities;
    expect(welcome?.replyToId).toBeUndefined();
    expect(echo).toMatchObject({
      id: posted.json.id,
      type: 'message',
      text: 'bonjour',
      from: { role: 'user', id: expect.stringMatching(/^dl_/) },
      channelData: { clientActivityID: 'client-1' },
      conversation: { id: conversation.conversationId },
    });
    expect(answer).toMatchObject({ text: 'heard bonjour', from: { role: 'bot' }, replyToId: echo?.id });
    expect(watermark).toBe('3');
  });

  test('never believes who a message says it is from', async () => {
    const conversation = await bench.started();
    const spoofed = { from: { id: 'guichet', role: 'bot' }, id: 'x|0000001', conversation: { id: 'other' } };
    await bench.post(conversation, message('hi', 'm1', spoofed));
    const echo = (await bench.history(conversation)).activities[1];
    expect(echo).toMatchObject({ from: { role: 'user', id: expect.stringMatching(/^dl_/) } });
    expect(echo?.id).toBe(`${conversation.conversationId}|0000002`);
  });

  test('keeps and shows only the masked text, that of pressed buttons too', async () => {
    const conversation = await bench.started();
    const channelData = { clientActivityID: 'm1', messageBack: { displayText: 'nr 1850578006048' }, secret: 'x' };
    await bench.post(conversation, message('my number is 1850578006048', 'm1', { channelData, entities: [{ a: 1 }] }));
    const { activities } = await bench.history(conversation);
    expect(JSON.stringify(await bench.store.readLog(conversation.conversationId, 0))).not.toContain('1850578006048');
    expect(activities[1]).toMatchObject({
      text: 'my number is •',
      channelData: { clientActivityID: 'm1', messageBack: { displayText: 'nr •' } },
    });
    expect(activities[1]?.channelData).not.toHaveProperty('secret');
  });

  test('takes the value of a card or a button', async () => {
    const conversation = await bench.started();
    await bench.post(conversation, {
      type: 'message',
      value: { choose: 'children=true' },
      channelData: { postBack: true },
    });
    expect(bench.taken.at(-1)).toMatchObject({ kind: 'choice', value: 'children=true' });
    const [, echo, answer] = (await bench.history(conversation)).activities;
    expect(echo).toMatchObject({ value: { choose: 'children=true' }, channelData: { postBack: true } });
    expect(echo?.text).toBeUndefined();
    expect(answer?.text).toBe('heard children=true');
  });

  test('a message that is delivered again changes nothing and gets the same id', async () => {
    const conversation = await bench.started();
    const ids = [
      await bench.says(conversation, 'bonjour', 'client-1'),
      await bench.says(conversation, 'bonjour', 'client-1'),
    ];
    const both = await Promise.all([
      bench.says(conversation, 'encore', 'client-2'),
      bench.says(conversation, 'encore', 'client-2'),
    ]);
    expect(ids[1]?.json.id).toBe(ids[0]?.json.id);
    expect(both[1]?.json.id).toBe(both[0]?.json.id);
    expect((await bench.history(conversation)).activities.map(({ text }) => text)).toEqual([
      'welcome ',
      'bonjour',
      'heard bonjour',
      'encore',
      'heard encore',
    ]);
  });

  test('messages without an id of the client are all taken', async () => {
    const conversation = await bench.started();
    await bench.post(conversation, { type: 'message', text: 'same' });
    await bench.post(conversation, {
      type: 'message',
      text: 'same',
      channelData: { clientActivityID: 'x'.repeat(101) },
    });
    expect((await bench.history(conversation)).activities).toHaveLength(5);
  });

  test('times rise strictly, whatever the clock does', async () => {
    const conversation = await bench.started();
    await bench.says(conversation, 'one', 'm1');
    bench.clock.move(-600);
    await bench.says(conversation, 'two', 'm2');
    const times = (await bench.history(conversation)).activities.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...new Set(times)].sort());
    expect(times).toHaveLength(5);
  });

  test('typing and events are not part of the history', async () => {
    const conversation = await bench.started();
    for (const type of ['typing', 'event', 'trace', 'anything'])
      expect(
        (await bench.post(conversation, { type, name: 'x', channelData: { clientActivityID: type } })).status,
      ).toBe(200);
    bench.line.typing(conversation.conversationId);
    expect((await bench.history(conversation)).activities).toHaveLength(1);
    expect(bench.taken).toHaveLength(1);
  });

  test('polling gives what came after the watermark, and keeps it when there is nothing', async () => {
    const conversation = await bench.started();
    expect((await bench.history(conversation)).watermark).toBe('1');
    expect(await bench.history(conversation, '1')).toEqual({ activities: [], watermark: '1' });
    await bench.says(conversation, 'hello', 'm1');
    expect((await bench.history(conversation, '1')).activities.map(({ text }) => text)).toEqual([
      'hello',
      'heard hello',
    ]);
    expect((await bench.history(conversation, 'nonsense')).activities).toHaveLength(3);
  });

  test('a conversation that nobody opened, or that has expired, is not there', async () => {
    const unopened = await bench.token();
    expect(await bench.says(unopened, 'hello', 'm1')).toMatchObject({
      status: 404,
      json: { error: { code: 'ConversationNotFound' } },
    });
    const conversation = await bench.started();
    await bench.store.expire('9999');
    const path = `/v3/directline/conversations/${conversation.conversationId}`;
    expect((await bench.call('GET', path, conversation.token)).status).toBe(404);
    expect((await bench.call('GET', `${path}/activities`, conversation.token)).status).toBe(404);
  });

  test('after an erasure the person can go on, and new messages get new ids', async () => {
    const conversation = await bench.started();
    const stream = bench.stream(conversation.streamUrl);
    await stream.heard(1);
    await bench.says(conversation, 'one', 'm1');
    await bench.store.erase(conversation.conversationId);
    await bench.says(conversation, 'two', 'm2');
    const heard = await stream.heard(5);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(5);
    expect((await bench.history(conversation)).activities.map(({ text }) => text)).toEqual(['two', 'heard two']);
  });

  test.each([
    ['without a type', { text: 'hello' }],
    ['with a type that is no text', { type: 7 }],
    ['with a text that is none', { type: 'message', text: { deep: 1 } }],
  ])('an activity %s is refused', async (_what, activity) => {
    const conversation = await bench.started();
    expect(await bench.post(conversation, activity)).toMatchObject({
      status: 400,
      json: { error: { code: 'BadArgument' } },
    });
  });

  test('files are refused, as multipart and otherwise', async () => {
    const { conversationId, token } = await bench.started();
    const path = `/v3/directline/conversations/${conversationId}/upload?userId=x`;
    expect((await bench.call('POST', path, token, {})).status).toBe(415);
    const form = new FormData();
    form.append('file', new Blob(['passport']), 'passport.png');
    const sent = await fetch(bench.origin + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: form,
    });
    expect(sent.status).toBe(415);
  });

  test('who writes too fast is told so by the bot, and loses nothing', async () => {
    const slow = await Bench.open({ slowDown: () => say('un peu moins vite') });
    const conversation = await slow.started();
    const posted = await slow.says(conversation, 'nr 1850578006048', 'm1');
    expect(posted.status).toBe(200);
    const { activities } = await slow.history(conversation);
    expect(activities.map(({ text }) => text)).toEqual(['welcome ', 'nr •', 'un peu moins vite']);
    expect(activities[1]).toMatchObject({ id: posted.json.id, channelData: { clientActivityID: 'm1' } });
    expect(activities[2]?.replyToId).toBe(posted.json.id);
    await slow.close();
  });

  test('a turn that could not be stored is an error of ours, said without its reason', async () => {
    const broken = await Bench.open({ takeTurn: () => Promise.reject(new Error('disk full at /secret/path')) });
    const answer = await broken.says(await broken.started(), 'hello', 'm1');
    expect(answer).toMatchObject({ status: 500, json: { error: { code: 'BotError' } } });
    expect(JSON.stringify(answer.json)).not.toContain('secret');
    await broken.close();
  });

  test('an adviser speaks into the conversation through the outlet', async () => {
    const conversation = await bench.started();
    const stream = bench.stream(conversation.streamUrl);
    await stream.heard(1);
    const { conversationId } = conversation;
    await bench.line.prepare(conversationId);
    const spoken = {
      conversationId,
      activityId: 'desk-1',
      channel: 'directline',
      from: 'adviser',
      kind: 'message',
      text: 'hi',
    } as const;
    await createEcho(bench.store, bench.clock).takeTurn(spoken, bench.line.outlet);
    const heard = await stream.heard(2);
    expect(heard[1]).toMatchObject({ text: 'heard hi', from: { role: 'bot' } });
    expect(heard[1]).not.toHaveProperty('replyToId');
  });

  test('a turn taken up again without its request still echoes what the client can recognise', async () => {
    const { conversationId, ...rest } = await bench.started();
    await bench.line.prepare(conversationId);
    const left = {
      conversationId,
      activityId: 'client-9',
      channel: 'directline',
      from: 'person',
      kind: 'message',
      text: 'hi',
    } as const;
    await createEcho(bench.store, bench.clock).takeTurn(left, bench.line.outlet);
    const { activities } = await bench.history({ conversationId, ...rest });
    expect(activities[1]).toMatchObject({ text: 'hi', channelData: { clientActivityID: 'client-9' } });
    expect(activities[2]?.replyToId).toBe(activities[1]?.id);
  });
});

test('a restart between a message and its answer loses neither, and old tokens go on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-restart-'));
  const file = join(folder, 'guichet.db');
  const clock = createFakeClock();
  const store = createSqliteStore({ file });
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
  const conversation = await first.started();
  const stream = first.stream(conversation.streamUrl);
  await stream.heard(1);
  const lost = first.says(conversation, 'bonjour', 'client-1').catch(() => 'lost');
  await committed;
  await first.close();
  expect(await lost).toBe('lost');
  await store.close();

  const reopened = createSqliteStore({ file });
  clock.move(-60);
  const second = await Bench.open({ store: reopened, clock });
  const path = `/v3/directline/conversations/${conversation.conversationId}?watermark=${stream.watermarks.at(-1)}`;
  const back = await second.call('GET', path, conversation.token);
  expect(back.status).toBe(200);
  const resumed = second.stream(back.json.streamUrl as unknown as string);
  expect((await resumed.heard(2)).map(({ text }) => text)).toEqual(['bonjour', 'heard bonjour']);
  expect((await second.says(conversation, 'bonjour', 'client-1')).json.id).toBe(resumed.activities[0]?.id);
  await second.says(conversation, 'encore', 'client-2');
  await resumed.heard(4);
  const times = (await second.history(conversation)).activities.map(({ timestamp }) => timestamp);
  expect(times).toEqual([...new Set(times)].sort());
  await second.close();
  await reopened.close();
  rmSync(folder, { recursive: true });
});
