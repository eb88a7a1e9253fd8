import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createPostgresStore } from '../../src/storage/postgres';
import { createSqliteStore } from '../../src/storage/sqlite';
import { doorsOfEachTest, message } from '../support/bot-framework-door';
import { fakeClock, keepingLogger, openTestConversation } from '../support/edges';
import { type HoldingStore, holdingStore } from '../support/holding-store';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { waitFor } from '../support/wait-for';

/** Turns that take too long, on the road from the channel to its connector, in processes that share a database. */
const stores: HoldingStore[] = [];
afterEach(() => {
  for (const store of stores) store.release();
});
const at = doorsOfEachTest();
let postgres: TestPostgres;
let folder = '';
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-pending-'));
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  rmSync(folder, { recursive: true, force: true });
});

const backends = {
  SQLite: async () => {
    const open = async () => createSqliteStore({ file: join(folder, 'guichet.db') });
    const bytes = async () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name)).toString('latin1'))
        .join();
    return { open, bytes };
  },
  PostgreSQL: async () => {
    const url = await postgres.newDatabase();
    const open = () => createPostgresStore({ url, logger: keepingLogger(), connections: 3 });
    const bytes = async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query('SELECT t::text AS row FROM pending_turns t');
      await client.end();
      return rows.map(({ row }) => String(row)).join();
    };
    return { open, bytes };
  },
};

/** Processes that share one database and one clock. */
async function openCluster(name: keyof typeof backends) {
  const { open, bytes } = await backends[name]();
  const clock = fakeClock();
  let time = clock.now().getTime();
  return {
    bytes,
    /** Lets seconds pass. */
    pass(seconds: number) {
      time += seconds * 1000;
      clock.set(new Date(time).toISOString());
    },
    /** A process: its door, its store. */
    async start(acknowledgeAfter?: number) {
      const store = holdingStore(await open());
      stores.push(store);
      const { takeTurn, mask, words, library } = await openTestConversation(store, { clock });
      const door = await at.open({ mode: 'open-loopback' }, undefined, [], {
        ...{ takeTurn, mask, clock, store },
        ...(acknowledgeAfter === undefined ? {} : { acknowledgeAfter }),
      });
      return { ...door, store, words, library, sweeps: () => door.door?.start() };
    },
  };
}
type Process = Awaited<ReturnType<Awaited<ReturnType<typeof openCluster>>['start']>>;

let serial = 0;
const says = ({ post }: Process, text: string, fields: object = {}) => {
  serial += 1;
  return post(message(at.channel.url, { id: `m${serial}`, text, channelId: 'msteams', locale: 'en-GB', ...fields }));
};
/** Says something to a process that cannot finish: it is acknowledged all the same. */
async function saysInVain(process: Process, text: string, fields: object = {}): Promise<void> {
  process.store.hold();
  expect((await says(process, text, fields)).status).toBe(200);
}
const pendingIn = ({ store }: Process) => store.pending.waiting('9', 9);
/** The process begins one more turn of those that are pending. */
async function takesUp(process: Process): Promise<void> {
  const begun = process.store.loaded.length;
  await waitFor(async () => {
    await process.sweeps();
    return process.store.loaded.length > begun;
  });
}
/** What has reached the person since the last call, once nothing is pending any more. */
async function answers(process: Process): Promise<string[]> {
  await waitFor(async () => (await pendingIn(process)).length === 0);
  await process.door?.deliverer.idle();
  return at.channel.calls.splice(0).map(({ body }) => JSON.stringify(body));
}
/** The conversation as it is remembered: what the person has said, and the state. */
async function remembered({ store }: Process) {
  const id = store.loaded[0] as string;
  const lines = await store.transcript(id);
  const heard = lines.flatMap(({ from, text }) => (from === 'person' ? [text] : []));
  return { heard, saved: (await store.load(id))?.saved };
}

const fact = 'I come from Peru';
const apologyOf = ({ words }: Process) => words.in('en')('errors:apology');
/** The fact was understood, and answered with messages of which none came twice. */
async function expectAnswer(process: Process): Promise<void> {
  const said = await answers(process);
  expect(said.length).toBeGreaterThan(0);
  expect(new Set(said).size).toBe(said.length);
  expect(said.join()).not.toContain(apologyOf(process));
  expect(JSON.stringify((await remembered(process)).saved)).toContain('"PE"');
}

/** Nothing was understood; one message says so. */
async function expectApology(process: Process): Promise<void> {
  const said = await answers(process);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(apologyOf(process));
}

describe.each(['SQLite', 'PostgreSQL'] as const)('with %s', (backend) => {
  test('a turn that takes too long is acknowledged, and answered once, though it was delivered again meanwhile', async () => {
    const cluster = await openCluster(backend);
    const only = await cluster.start(20);
    await saysInVain(only, fact, { id: 'same' });
    await saysInVain(only, fact, { id: 'same' });
    expect([await pendingIn(only), at.channel.calls]).toEqual([[only.store.loaded[0]], []]);
    only.store.release();
    await expectAnswer(only);
    expect((await remembered(only)).heard).toEqual([fact]);
    await says(only, fact, { id: 'same' });
    expect(await answers(only)).toEqual([]);
  });

  test('what a process that died has acknowledged is finished by another one, once its time has run out, and once', async () => {
    const cluster = await openCluster(backend);
    const [dead, alive] = [await cluster.start(20), await cluster.start()];
    await saysInVain(dead, fact);
    cluster.pass(59);
    await alive.sweeps();
    expect(alive.store.loaded).toEqual([]);
    cluster.pass(2);
    await alive.sweeps();
    await expectAnswer(alive);
    // It was only slow.
    dead.store.release();
    await dead.door?.stop();
    expect(at.channel.calls).toEqual([]);
    expect((await remembered(alive)).heard).toEqual([fact]);
  });

  test('a message with which two processes have died gets the apology, once; the conversation is as it was and goes on', async () => {
    const cluster = await openCluster(backend);
    const [first, second, third] = [await cluster.start(20), await cluster.start(), await cluster.start()];
    await says(third, 'I am an employee');
    await answers(third);
    const before = await remembered(third);
    await saysInVain(first, fact);
    cluster.pass(61);
    second.store.hold();
    await takesUp(second);
    cluster.pass(61);
    await third.sweeps();
    await expectApology(third);
    const after = await remembered(third);
    expect(after.saved).toEqual(before.saved);
    expect(after.heard).toEqual([...before.heard, fact]);
    await third.sweeps();
    await says(third, fact);
    await expectAnswer(third);
  });

  test('a process that stops leaves what it has not finished to the next one, at once, and that counts for nothing', async () => {
    const cluster = await openCluster(backend);
    for (let deployments = 0; deployments < 3; deployments += 1) {
      const stopping = await cluster.start(20);
      if (deployments === 0) await saysInVain(stopping, fact);
      stopping.store.hold();
      if (deployments > 0) await takesUp(stopping);
      await stopping.door?.stop(50);
    }
    const next = await cluster.start();
    await next.sweeps();
    await expectAnswer(next);
  });
});

test.each([
  [3, 'tried again', expectAnswer],
  [30, 'given up after half an hour, with the apology', expectApology],
] as const)('a turn that has failed %i times while its process lives is %s', async (times, _what, expectThen) => {
  const cluster = await openCluster('SQLite');
  const only = await cluster.start(20);
  await saysInVain(only, fact);
  for (let failures = 0; failures < times; failures += 1) {
    only.store.release(new Error('the disk is gone'));
    only.store.hold();
    await waitFor(() => only.logs.filter(({ code }) => code === 'TURN_NOT_STORED').length > failures);
    cluster.pass(61);
    await takesUp(only);
  }
  only.store.release();
  await expectThen(only);
});

test('what cannot be kept is not acknowledged before its turn is stored', async () => {
  const cluster = await openCluster('SQLite');
  const only = await cluster.start(20);
  let refused = 0;
  only.store.pending.keep = async () => {
    refused += 1;
    throw new Error('the disk is full');
  };
  only.store.hold();
  let acknowledged = false;
  const post = says(only, fact).finally(() => {
    acknowledged = true;
  });
  await waitFor(() => refused === 1);
  // Another call to the same door is through by now.
  expect((await only.post({})).status).toBe(400);
  expect(acknowledged).toBe(false);
  only.store.release();
  expect((await post).status).toBe(200);
  await expectAnswer(only);
  only.store.hold();
  const failing = says(only, fact);
  await waitFor(() => refused === 2);
  only.store.release(new Error('the disk is gone'));
  expect((await failing).status).toBe(500);
});

test.each(['SQLite', 'PostgreSQL'] as const)(
  '%s holds a pending message masked, and no number that identifies somebody',
  async (backend) => {
    const cluster = await openCluster(backend);
    const only = await cluster.start(20);
    const number = '184057510054816';
    const passport = '12AB34567';
    await saysInVain(only, `zwiebel ${number} and my passport ${passport}`);
    const value = { choose: `ask=${passport}`, title: `lauch ${number}`, asked: number };
    await saysInVain(only, `lauch ${number}`, { value, replyToId: 'the-card' });
    const bytes = await cluster.bytes();
    expect([/zwiebel/.test(bytes), /lauch/.test(bytes)]).toEqual([true, true]);
    for (const secret of [number, passport]) expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  },
);
