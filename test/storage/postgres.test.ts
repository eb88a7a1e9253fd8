import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { createPostgresStore } from '../../src/storage/postgres';
import { keepingLogger } from '../support/edges';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { waitFor } from '../support/wait-for';
import { storeConformance, turn } from './conformance';
import { commitConformance } from './conformance-commit';
import { deskConformance, opens } from './conformance-desk';
import { pendingConformance } from './conformance-pending';
import { reminderConformance } from './conformance-reminders';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.stop());

const open = (url: string) => createPostgresStore({ url, logger: keepingLogger(), connections: 5 });

let current = '';
storeConformance(
  'the PostgreSQL store',
  async () => {
    current = await server.newDatabase();
    return open(current);
  },
  async (store) => {
    await store.close();
    return open(current);
  },
);

deskConformance('the PostgreSQL store', async () => open(await server.newDatabase()));
reminderConformance('the PostgreSQL store', async () => open(await server.newDatabase()));
commitConformance('the PostgreSQL store', async () => open(await server.newDatabase()));
pendingConformance('the PostgreSQL store', async () => open(await server.newDatabase()));

test('what one instance writes wakes the sockets of another', async () => {
  const url = await server.newDatabase();
  const [here, there] = await Promise.all([open(url), open(url)]);
  const woken: string[] = [];
  let desk = 0;
  await there.watch?.({ log: (id) => woken.push(id), desk: () => ++desk });
  expect(desk).toBe(1);
  await here.commit(turn());
  await waitFor(() => woken.includes('c1'));
  await here.appendLog('c1', [{ live: 1 }], turn().at);
  await waitFor(() => woken.length === 2);
  await here.commit(turn({ conversationId: 'silent', log: [] }));
  await here.commit(turn({ conversationId: 'c3' }));
  await waitFor(() => woken.includes('c3'));
  expect(woken).not.toContain('silent');
  await here.commit(turn({ conversationId: 'c4', log: [], handoff: [{ do: 'hear' }] }));
  await waitFor(() => desk === 2);
  await Promise.all([here.close(), there.close()]);
});

test('instances that start together make the tables and the secret once', async () => {
  const url = await server.newDatabase();
  const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
  expect(new Set(await Promise.all(stores.map((store) => store.secret('directline')))).size).toBe(1);
  const results = await Promise.all(
    stores.flatMap((store, from) =>
      Array.from({ length: 10 }, (_, number) => store.commit(turn({ activityId: `${from}-${number}` }))),
    ),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  await Promise.all(stores.map((store) => store.close()));
});

test('when every connection is taken, whoever waits too long is told to come back, and all goes on afterwards', async () => {
  const url = await server.newDatabase();
  const store = await createPostgresStore({ url, logger: keepingLogger(), connections: 1, patience: 1000 });
  const blocker = new Client({ connectionString: url });
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE conversations');
  const first = store.load('c1');
  await expect(store.load('c2')).rejects.toMatchObject({ code: 'STORE_AWAY' });
  await blocker.query('COMMIT');
  expect(await first).toBeNull();
  expect(await store.commit(turn())).toMatchObject({ ok: true });
  await blocker.end();
  await store.close();
});

test('a connection that breaks inside a transaction is an error of that call, and of nothing else', async () => {
  const url = await server.newDatabase();
  const store = await createPostgresStore({ url, logger: keepingLogger(), connections: 1 });
  await store.commit(turn());
  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query('BEGIN; LOCK TABLE turns');
  const broken = expect(store.erase('c1')).rejects.toMatchObject({ code: 'STORE_AWAY' });
  const ours = "application_name = 'guichet' AND wait_event_type = 'Lock' AND datname = current_database()";
  await waitFor(async () => {
    const { rowCount } = await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ours}`);
    return rowCount === 1;
  });
  await broken;
  await other.query('COMMIT');
  expect(await store.load('c1')).toMatchObject({ revision: 1 });
  await other.end();
  await store.close();
});

/** A way to the database on which, once it is silenced, nothing arrives any more and nothing breaks: a network that is cut. */
async function openRelay(url: string) {
  const sockets: Socket[] = [];
  const relay = createServer({ allowHalfOpen: true }, (here) => {
    const there = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [here, there]) sockets.push(socket.on('error', () => {}));
    here.pipe(there).pipe(here);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const at = new URL(url);
  at.port = String((relay.address() as AddressInfo).port);
  return {
    url: at.href,
    silence: () => {
      for (const socket of sockets) socket.unpipe().resume();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
    },
  };
}

test('a database from which nothing comes any more counts as away, and another connection goes on', async () => {
  const relay = await openRelay(await server.newDatabase());
  const logger = keepingLogger();
  const store = await createPostgresStore({ url: relay.url, logger, connections: 1, longestAnswer: 200 });
  await store.commit(turn());
  await store.watch?.({ log() {}, desk() {} });
  relay.silence();
  await expect(store.load('c1')).rejects.toMatchObject({ code: 'STORE_AWAY' });
  expect(await store.load('c1')).toMatchObject({ revision: 1 });
  relay.silence();
  await expect(store.erase('c1')).rejects.toMatchObject({ code: 'STORE_AWAY' });
  expect(await store.load('c1')).toMatchObject({ revision: 1 });
  relay.silence();
  await store.close();
  relay.close();
});

test('a machine that is gone in the middle of a transaction blocks nobody for long', async () => {
  const url = await server.newDatabase();
  const relay = await openRelay(url);
  const store = await createPostgresStore({ url: relay.url, logger: keepingLogger(), longestAnswer: 1000 });
  await store.commit(turn());
  const other = new Client({ connectionString: url, statement_timeout: 5000 });
  await other.connect();
  await other.query('BEGIN; LOCK TABLE turns');
  const gone = expect(store.erase('c1')).rejects.toMatchObject({ code: 'STORE_AWAY' });
  const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
  await waitFor(async () => (await other.query(waiting)).rowCount === 1);
  relay.silence();
  await other.query('COMMIT');
  await other.query("UPDATE conversations SET channel = 'x' WHERE id = 'c1'");
  await gone;
  await other.end();
  await store.close();
  relay.close();
});

test('an instance waits for the one that changes the tables, however long that takes', async () => {
  const url = await server.newDatabase();
  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query('SELECT pg_advisory_lock(7190001)');
  let opened = false;
  const opening = createPostgresStore({ url, logger: keepingLogger(), longestAnswer: 50 }).finally(() => {
    opened = true;
  });
  const waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
  await waitFor(async () => (await other.query(waiting)).rowCount === 1);
  await other.query('SELECT pg_sleep(0.2)');
  expect(opened).toBe(false);
  await other.query('SELECT pg_advisory_unlock(7190001)');
  await (await opening).close();
  await other.end();
});

test('forgetting at one instance and a turn at another take their locks in the same order', async () => {
  const url = await server.newDatabase();
  const store = await open(url);
  await store.commit(turn({ handoff: [opens('h1')] }));
  const turning = new Client({ connectionString: url });
  await turning.connect();
  await turning.query("BEGIN; UPDATE conversations SET revision = revision + 1 WHERE id = 'c1'");
  const erasing = store.erase('c1');
  const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
  await waitFor(async () => (await turning.query(waiting)).rowCount === 1);
  await turning.query("UPDATE handoffs SET version = version + 1 WHERE conversation_id = 'c1'; COMMIT");
  await erasing;
  expect(await store.load('c1')).toBeNull();
  await turning.end();
  await store.close();
});

test('of instances that expire at the same moment each conversation is removed by one', async () => {
  const url = await server.newDatabase();
  const stores = await Promise.all([open(url), open(url), open(url)]);
  const [here] = stores;
  for (let index = 0; index < 700; index += 1) await here?.openLog(`c${index}`, '2026-01-01T00:00:00.000Z');
  const removed = await Promise.all(stores.map((store) => store.expire('2026-02-01T00:00:00.000Z')));
  expect(removed.reduce((sum, count) => sum + count, 0)).toBe(700);
  await Promise.all(stores.map((store) => store.close()));
});
