import { createDeliverer } from '../../../src/channels/botframework/deliver';
import type { ConversationStore, OutboxItem } from '../../../src/conversation/ports';
import { createMemoryStore } from '../../../src/storage/memory';
import { turn } from '../../storage/conformance';
import { fakeClock, keepingLogger } from '../../support/edges';

const start = '2026-11-22T10:00:00.000Z';
const day = 24 * 3_600_000;

/** What the connector does with the next posts: a status, nothing ('lost'), or it takes it and nobody hears of that ('taken'). */
type Answer = number | 'lost' | 'taken';

/** Two instances that deliver from one store; after the given answers the connector takes everything. */
function setUp(answers: Answer[] = [], store: ConversationStore = createMemoryStore()) {
  const shown: string[] = [];
  const clock = fakeClock(start);
  const logger = keepingLogger();
  logger.info = logger.warn;
  const counts: Record<string, number> = {};
  const retryAfter = { value: '3' };
  const posts: number[] = [];
  const instance = () =>
    createDeliverer({
      async post({ activity }) {
        posts.push(clock.now().getTime() - Date.parse(start));
        const answer = answers.shift() ?? 200;
        if (answer === 200 || answer === 'taken') shown.push(activity.text ?? '');
        if (answer === 200) return;
        const response = { headers: { get: () => (answer === 429 ? retryAfter.value : undefined) } };
        throw Object.assign(new Error('no'), typeof answer === 'number' ? { statusCode: answer, response } : {});
      },
      store,
      clock,
      logger,
      metrics: {
        count(name) {
          counts[name] = (counts[name] ?? 0) + 1;
        },
      },
      random: () => 1,
      longestPost: 50,
      pace: {
        now: () => clock.now().getTime(),
        wait: async (milliseconds) => clock.set(new Date(clock.now().getTime() + milliseconds).toISOString()),
      },
    });
  const [here, there] = [instance(), instance()];
  let written = 0;
  return {
    here,
    there,
    shown,
    store,
    counts,
    posts,
    retryAfter,
    codes: () => logger.lines.map(({ fields }) => fields.code),
    logged: () => logger.lines.splice(0).map(({ message }) => message),
    later: (milliseconds: number) => clock.set(new Date(clock.now().getTime() + milliseconds).toISOString()),
    async sweep() {
      await Promise.all([here.sweep(), there.sweep()]);
      await Promise.all([here.idle(), there.idle()]);
    },
    /** Commits items as a turn would. */
    async write(texts: string[], conversationId = 'c', channelId = 'webchat') {
      const revision = (await store.load(conversationId))?.revision ?? 0;
      const outbox = texts.map(
        (text): OutboxItem => ({
          id: `${conversationId} ${text} ${++written}`,
          conversationId,
          payload: {
            channel: 'botframework',
            at: clock.now().toISOString(),
            reference: { serviceUrl: 'https://x', channelId, conversation: { id: conversationId } },
            activity: { type: 'message', text },
          },
        }),
      );
      const activityId = `a${++written}`;
      await store.commit(turn({ conversationId, expectedRevision: revision, activityId, outbox, log: [] }));
      return conversationId;
    },
  };
}

test.each<Answer>([401, 408, 412, 429, 500, 502, 503, 504, 'lost'])(
  '%s passes: tried again with growing pauses, as late as the connector asks',
  async (answer) => {
    const { here, write, sweep, later, shown, posts, counts } = setUp([answer, answer]);
    here.push(await write(['1']));
    await here.idle();
    for (let second = 0; second < 8; second += 1) {
      later(1000);
      await sweep();
    }
    expect(shown).toEqual(['1']);
    expect(posts).toEqual(answer === 429 ? [0, 3000, 6000] : [0, 1000, 3000]);
    expect(counts.deliveries_repeated_total ?? 0).toBe([401, 412, 429].includes(answer as number) ? 0 : 2);
  },
);

test('Retry-After may be a date, and longer than our own pauses', async () => {
  const { here, write, sweep, later, posts, retryAfter } = setUp([429]);
  retryAfter.value = new Date(Date.parse(start) + 120_000).toUTCString();
  here.push(await write(['1']));
  await here.idle();
  later(119_000);
  await sweep();
  expect(posts).toEqual([0]);
  later(1000);
  await sweep();
  expect(posts).toEqual([0, 120_000]);
});

test.each([400, 403, 404, 413])('%s does not pass: given up, said once, the next one goes', async (status) => {
  const { here, write, sweep, later, shown, codes, posts, counts } = setUp([status]);
  here.push(await write(['1', '2']));
  await here.idle();
  later(60_000);
  await sweep();
  expect([shown, codes(), posts]).toEqual([['2'], ['DELIVERY_REFUSED'], [0, 0]]);
  expect(counts).toEqual({ deliveries_refused_total: 1, deliveries_total: 1 });
});

test('one that stays behind holds back the later ones of its conversation only, and the order holds', async () => {
  const { here, there, write, sweep, later, shown } = setUp([503]);
  here.push(await write(['1', '2']));
  await here.idle();
  there.push(await write(['3']));
  there.push(await write(['other'], 'd'));
  await there.idle();
  expect(shown).toEqual(['other']);
  later(1000);
  await sweep();
  expect(shown).toEqual(['other', '1', '2', '3']);
});

test('two instances that look at the same moment post each answer once', async () => {
  const { write, sweep, shown } = setUp();
  for (let conversation = 0; conversation < 50; conversation += 1) await write(['1', '2'], `c${conversation}`);
  await sweep();
  expect(shown).toHaveLength(100);
});

test('only a post without a definite answer may repeat, and how many did is counted', async () => {
  const { here, write, sweep, later, shown, counts } = setUp([429, 412, 401, 'taken', 504]);
  here.push(await write(['1']));
  await here.idle();
  for (let second = 0; second < 120; second += 1) {
    later(1000);
    await sweep();
  }
  expect(shown).toEqual(['1', '1']);
  expect(counts).toEqual({ deliveries_repeated_total: 2, deliveries_total: 1 });
});

test('what an instance that died was posting is taken over when nobody can be at it any more, and counts as repeated', async () => {
  const { there, store, write, sweep, later, shown, counts } = setUp();
  const id = await write(['1']);
  const now = Date.parse(start);
  await store.takeOutbox(id, new Date(now).toISOString(), new Date(now + 30_000).toISOString());
  later(29_000);
  there.push(id);
  await sweep();
  expect(shown).toEqual([]);
  later(1000);
  await sweep();
  expect([shown, counts.deliveries_repeated_total]).toEqual([['1'], 1]);
});

test('an answer that has arrived is not posted again when it could not be removed', async () => {
  const store = createMemoryStore();
  const away = { ...store, removeOutbox: async () => Promise.reject(new Error('away')) };
  const { here, write, later, shown, codes } = setUp([], away);
  here.push(await write(['1']));
  await here.idle();
  expect(codes()).toEqual(['OUTBOX_UNREADABLE']);
  away.removeOutbox = store.removeOutbox as never;
  later(30_000);
  await here.sweep();
  await here.idle();
  expect(shown).toEqual(['1']);
  expect(await store.waitingOutbox('9', 9)).toEqual([]);
});

test('a store that is away for long is logged once, and once that it is back', async () => {
  const store = createMemoryStore();
  const gone = async () => Promise.reject(new Error('away'));
  const away = { ...store, waitingOutbox: gone, takeOutbox: gone };
  const { here, write, logged, shown } = setUp([], away);
  await write(['1']);
  for (let look = 0; look < 3; look += 1) {
    await here.sweep();
    here.push('c');
    await here.idle();
  }
  expect(logged()).toEqual(['waiting answers cannot be read', 'the outbox cannot be written']);
  Object.assign(away, { waitingOutbox: store.waitingOutbox, takeOutbox: store.takeOutbox });
  for (let look = 0; look < 2; look += 1) {
    await here.sweep();
    await here.idle();
  }
  expect(logged()).toEqual(['no more: waiting answers cannot be read', 'no more: the outbox cannot be written']);
  expect(shown).toEqual(['1']);
});

test('a connector that never answers is given up in time, and the answer waits', async () => {
  const { store, write } = setUp();
  const clock = fakeClock(start);
  const hanging = createDeliverer({
    post: () => new Promise(() => {}),
    store,
    clock,
    logger: keepingLogger(),
    metrics: { count() {} },
    longestPost: 20,
  });
  hanging.push(await write(['1']));
  await hanging.idle();
  expect(await store.takeOutbox('c', '9', '9')).toMatchObject({ tries: 2, repeats: true });
});

test('an answer of yesterday is not sent any more, and nothing of it is kept', async () => {
  const { write, sweep, later, shown, store, codes, counts } = setUp();
  await write(['1']);
  later(day + 1000);
  await sweep();
  expect([shown, codes(), counts]).toEqual([[], ['DELIVERY_GIVEN_UP'], { deliveries_given_up_total: 1 }]);
  expect(await store.waitingOutbox('9', 9)).toEqual([]);
});

test('items of other channels are left alone', async () => {
  const { sweep, shown, store } = setUp();
  const foreign = { id: 'x', conversationId: 'c', payload: { channel: 'letter' } };
  await store.commit(turn({ conversationId: 'c', outbox: [foreign] }));
  await sweep();
  expect(shown).toEqual([]);
  expect(await store.takeOutbox('c', '9', '9')).toMatchObject(foreign);
});

test('a Teams conversation never gets more than Teams takes: 7 in 1 s, 8 in 2 s, 60 in 30 s; no other channel waits', async () => {
  const { here, write, posts } = setUp();
  const many = Array.from({ length: 100 }, (_, index) => String(index));
  here.push(await write(many, 'web'));
  await here.idle();
  expect(posts).toHaveLength(100);
  posts.length = 0;
  here.push(await write(many, 'teams', 'msteams'));
  await here.idle();
  expect(posts).toHaveLength(100);
  const most = (window: number) =>
    Math.max(...posts.map((from) => posts.filter((at) => at >= from && at < from + window).length));
  expect([most(1000) <= 7, most(2000) <= 8, most(30_000) <= 60]).toEqual([true, true, true]);
  expect(posts.at(-1)).toBeLessThan(120_000);
});
