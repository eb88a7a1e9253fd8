import { currentPerson } from '../../dialogs/context';
import { Saved } from '../../dialogs/saved';
import type { ConversationStore, Outlet } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { nowhere, openTestConversation, presses, says } from '../support/edges';

const savedOf = async (store: ConversationStore) => Saved.parse((await store.load('c1'))?.saved);
const profileOf = async (store: ConversationStore) => currentPerson((await savedOf(store)).context).profile;

test('a redelivered activity changes nothing and gets the same reply', async () => {
  const { takeTurn, store } = await openTestConversation();
  await takeTurn(presses('nationality=eu'), nowhere);
  const message = presses('activity=employee');
  const first = await takeTurn(message, nowhere);
  const before = await store.load('c1');
  expect(await takeTurn(message, nowhere)).toEqual(first);
  expect(await store.load('c1')).toEqual(before);
});

test.each(['ask', 'do', 'edit', 'lang', 'term', 'useful', 'children', 'nationality'])(
  'a button %s= with a name that every object has is no button of ours, and no error',
  async (kind) => {
    const { takeTurn, logger } = await openTestConversation();
    for (const name of ['__proto__', 'constructor', 'yes:__proto__', 'hasOwnProperty'])
      await takeTurn(presses(`${kind}=${name}`), nowhere);
    expect(logger.lines).toEqual([]);
  },
);

test('messages of one conversation are taken one at a time: none is lost', async () => {
  const { takeTurn, store } = await openTestConversation();
  await Promise.all([
    takeTurn(presses('nationality=other'), nowhere),
    takeTurn(presses('activity=employee'), nowhere),
    takeTurn(presses('children=true'), nowhere),
    takeTurn(presses('permit=talent'), nowhere),
  ]);
  expect(await profileOf(store)).toEqual({
    nationality: 'other',
    activity: 'employee',
    children: true,
    permit: 'talent',
  });
  expect((await store.load('c1'))?.revision).toBe(4);
});

test('a race lost to another process runs the turn again on what that process wrote', async () => {
  const store = createMemoryStore();
  const other = await openTestConversation(store);
  let raced = false;
  const contended: ConversationStore = {
    ...store,
    load: async (id) => {
      const stored = await store.load(id);
      if (!raced) {
        raced = true;
        await other.takeTurn(presses('activity=employee'), nowhere);
      }
      return stored;
    },
  };
  const { takeTurn } = await openTestConversation(contended);
  await takeTurn(presses('nationality=eu'), nowhere);
  expect(await profileOf(store)).toEqual({ nationality: 'eu', activity: 'employee' });
});

test('what was on its way when another process forgot the conversation is forgotten too', async () => {
  const store = createMemoryStore();
  const other = await openTestConversation(store);
  await other.takeTurn(presses('activity=employee'), nowhere);
  let raced = false;
  const contended: ConversationStore = {
    ...store,
    commit: async (turn) => {
      if (!raced) {
        raced = true;
        await other.takeTurn(presses('do=forget'), nowhere);
      }
      return store.commit(turn);
    },
  };
  const { takeTurn } = await openTestConversation(contended);
  const reply = await takeTurn(says('I am a baker in Zwiebelstadt and I come from Peru'), nowhere);
  expect(reply.bubbles).toEqual([]);
  expect(await profileOf(store)).toEqual({});
  expect(JSON.stringify(await store.transcript('c1'))).not.toContain('Zwiebelstadt');
});

test('what throws inside a turn becomes the apology with both lines and hours; the state stays as it was', async () => {
  const { takeTurn, store, library, logger } = await openTestConversation();
  await takeTurn(presses('nationality=eu'), nowhere);
  const before = await savedOf(store);
  const { rulebook } = library;
  const rules = rulebook.rules;
  Object.defineProperty(library, 'rulebook', {
    get: () => {
      throw new Error('broken');
    },
    configurable: true,
  });
  const broken = presses('activity=employee');
  const reply = await takeTurn(broken, nowhere);
  Object.defineProperty(library, 'rulebook', { value: rulebook, configurable: true });
  expect(rules).toBe(rulebook.rules);
  expect(reply.status).toBe('failed');
  expect(reply.bubbles[0]?.text.replaceAll('\u00a0', ' ')).toMatch(/09 74 75 36 46.*17:30[\s\S]*36 46.*17:00/);
  expect((await savedOf(store)).context).toEqual(before.context);
  expect(logger.lines.at(-1)?.fields.code).toBe('TURN_FAILED');
  expect(await takeTurn(broken, nowhere)).toEqual(reply);
});

test('a message that is given up reaches the adviser who talks, and the person reads nothing of the program', async () => {
  const { takeTurn, store } = await openTestConversation();
  const givesUp = { ...nowhere, givesUp: true };
  await takeTurn(says('I want to talk to a human being'), nowhere);
  expect((await takeTurn(says('are you there?'), givesUp)).status).toBe('failed');
  const [request] = await store.desk.openHandoffs();
  const desk = { handoff: request?.id ?? '', adviser: 'anna', version: null };
  await takeTurn(says('', { from: 'adviser', desk: { ...desk, event: { type: 'adviser.claimed' } } }), nowhere);
  expect((await takeTurn(says('good morning Anna'), givesUp)).bubbles).toEqual([]);
  expect((await store.transcript('c1')).at(-1)).toMatchObject({ from: 'person', text: 'good morning Anna' });
});

test('the outlet is told after the commit, with what was logged', async () => {
  const { takeTurn, store } = await openTestConversation();
  const seen: unknown[] = [];
  const outlet: Outlet = {
    record: (_inbound, reply, personText) => ({ log: [personText, reply.status], outbox: [] }),
    delivered: (_inbound, logged) => void seen.push(logged),
  };
  await takeTurn(says('hello'), outlet);
  expect(seen).toEqual([
    [
      { sequence: 1, activity: 'hello' },
      { sequence: 2, activity: 'greeted' },
    ],
  ]);
  expect(await store.readLog('c1', 0)).toHaveLength(2);
});

test('numbers that identify a person reach neither store nor log nor reply', async () => {
  const { takeTurn, store, logger } = await openTestConversation();
  const secrets = ['FR76 3000 6000 0112 3456 7890 189', '2 55 08 14 168 025 38', 'ada.l@example.org', '06 12 34 56 78'];
  const replies = [];
  for (const secret of secrets) replies.push(await takeTurn(says(`my number is ${secret} thanks`), nowhere));
  const everything = JSON.stringify([
    replies,
    await store.transcript('c1'),
    (await store.load('c1'))?.saved,
    logger.lines,
  ]);
  for (const secret of secrets) expect(everything).not.toContain(secret);
  for (const reply of replies) expect(reply.status).toBe('privacy');
});

test('"forget me" leaves nothing of what was said', async () => {
  const { takeTurn, store } = await openTestConversation();
  await takeTurn(says('I am a student from Kenya'), nowhere);
  await takeTurn(says('forget me'), nowhere);
  expect(await store.transcript('c1')).toEqual([]);
  expect(await profileOf(store)).toEqual({});
});

test.each([
  ['', 'clarified'],
  ['x'.repeat(10_000), 'clarified'],
  ['permit=', 'clarified'],
  ['\u0000\u202e\ufffd', 'clarified'],
])('input that means nothing (%#) gets a helpful sentence and loses nothing', async (text, status) => {
  const { takeTurn, store } = await openTestConversation();
  await takeTurn(presses('nationality=eu'), nowhere);
  const reply = await takeTurn(says(text), nowhere);
  expect(reply.status).toBe(status);
  expect(reply.bubbles.length).toBeGreaterThan(1);
  expect(await profileOf(store)).toEqual({ nationality: 'eu' });
});

test('a button of an old card still answers its question; one of no question says so', async () => {
  const { takeTurn, store } = await openTestConversation();
  await takeTurn(presses('nationality=eu'), nowhere);
  await takeTurn(presses('activity=employee'), nowhere);
  expect((await takeTurn(presses('activity=selfEmployed'), nowhere)).status).toBe('corrected');
  expect((await profileOf(store)).activity).toBe('selfEmployed');
  expect((await takeTurn(presses('activity=selfEmployed'), nowhere)).status).toBe('clarified');
  expect((await takeTurn(presses('shoeSize=42'), nowhere)).status).toBe('clarified');
});

test('turns are counted by status and channel, nothing else', async () => {
  const { takeTurn, counted } = await openTestConversation();
  await takeTurn(says('hello'), nowhere);
  expect(counted).toEqual([{ status: 'greeted', channel: 'test' }]);
});

test('a number that lies across the length limit is masked whole before the text is cut', async () => {
  const { takeTurn, store } = await openTestConversation();
  await takeTurn(says(`${'a '.repeat(496)}2 55 08 14 168 025 38 and more ${'b '.repeat(200)}`), nowhere);
  expect(JSON.stringify(await store.transcript('c1'))).not.toMatch(/2 55|55 08/);
});
