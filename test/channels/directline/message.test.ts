import { Bench, message } from './support';

describe('a message', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

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

  const number = '1840575100548';
  test.each([number, '1.84.05.75.100.548', `x${number}`, `${number} `])(
    'an id of the client that could be a personal number (%s) is recognised again and kept nowhere',
    async (id) => {
      const conversation = await bench.started();
      const one = await bench.says(conversation, 'bonjour', id);
      const two = await bench.says(conversation, 'bonjour', id);
      expect(two.json.id).toBe(one.json.id);
      const kept = JSON.stringify([await bench.store.readLog(conversation.conversationId, 0), bench.taken]);
      expect(kept).not.toContain(id);
      expect(kept).not.toContain(number);
    },
  );

  test('ids as Web Chat makes them go back', async () => {
    const conversation = await bench.started();
    await bench.says(conversation, 'bonjour', 'k3v9x0q81zb');
    expect((await bench.history(conversation)).activities[1]?.channelData?.clientActivityID).toBe('k3v9x0q81zb');
  });

  test('no id of a client is taken for one of ours', async () => {
    const conversation = await bench.started();
    for (const id of ['joined', 'in:joined']) await bench.says(conversation, id, id);
    expect((await bench.history(conversation)).activities).toHaveLength(5);
  });

  test('a page that joins again and again is greeted once', async () => {
    const conversation = await bench.started();
    for (const id of ['e1', 'e2'])
      await bench.post(conversation, { type: 'event', name: 'webchat/join', channelData: { clientActivityID: id } });
    expect((await bench.history(conversation)).activities).toHaveLength(1);
  });

  test('a long history comes in pages', async () => {
    const conversation = await bench.started();
    const at = bench.clock.now().toISOString();
    const entries = Array.from({ length: 450 }, () => ({ from: 'bot', at, activity: { type: 'message', text: 'x' } }));
    await bench.store.appendLog(conversation.conversationId, entries, at);
    const sizes: number[] = [];
    let watermark = '0';
    for (let page = 0; page < 4; page++) {
      const got = await bench.history(conversation, watermark);
      sizes.push(got.activities.length);
      watermark = got.watermark;
    }
    expect([sizes, watermark]).toEqual([[200, 200, 51, 0], '451']);
  });

  test('a message that is repeated far later in a long history gets the same id', async () => {
    const conversation = await bench.started();
    const at = bench.clock.now().toISOString();
    const entries = Array.from({ length: 450 }, () => ({ from: 'bot', at, activity: { type: 'message', text: 'x' } }));
    await bench.store.appendLog(conversation.conversationId, entries, at);
    const first = await bench.says(conversation, 'bonjour', 'm1');
    expect((await bench.says(conversation, 'bonjour', 'm1')).json.id).toBe(first.json.id);
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
    bench.line.outlet.typing?.(conversation.conversationId);
    expect((await bench.history(conversation)).activities).toHaveLength(1);
    expect(bench.taken).toHaveLength(1);
  });
});
