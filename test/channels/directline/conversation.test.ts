import { Bench, createEcho, say } from './support';

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

  test('a flood of messages that get no turn does not fill the log', async () => {
    const slow = await Bench.open({ slowDown: () => say('un peu moins vite') });
    const conversation = await slow.started();
    for (let count = 0; count < 20; count++)
      expect((await slow.says(conversation, 'encore', `m${count}`)).status).toBe(200);
    expect((await slow.history(conversation)).activities).toHaveLength(3);
    slow.clock.move(10);
    await slow.says(conversation, 'encore', 'later');
    expect((await slow.history(conversation)).activities).toHaveLength(5);
    await slow.close();
  });

  test('who joins again and again takes a turn no more often than who writes', async () => {
    let left = 2;
    let turns = 0;
    const slow = await Bench.open({
      slowDown: () => (left-- > 0 ? null : say('un peu moins vite')),
      takeTurn: async () => {
        turns += 1;
        return say('welcome');
      },
    });
    const conversation = await slow.started();
    turns = 0;
    const joins = { type: 'event', name: 'webchat/join' };
    for (let count = 0; count < 5; count++) expect((await slow.post(conversation, joins)).status).toBe(200);
    expect(turns).toBe(2);
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

  test('a turn taken up again without its request is echoed without the client’s own id, which is not kept', async () => {
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
    expect(activities[1]).toMatchObject({ text: 'hi', channelData: {} });
    expect(activities[2]?.replyToId).toBe(activities[1]?.id);
  });
});
