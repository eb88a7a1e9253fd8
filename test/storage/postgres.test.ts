import { createPostgresStore } from '../../src/storage/postgres';
import { keepingLogger } from '../support/edges';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { waitFor } from '../support/wait-for';
import { storeConformance, turn } from './conformance';
import { deskConformance } from './conformance-desk';

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

test('what one instance writes wakes the sockets of another', async () => {
  const url = await server.newDatabase();
  const [here, there] = await Promise.all([open(url), open(url)]);
  const woken: string[] = [];
  await there.watch?.((id) => woken.push(id));
  await here.commit(turn());
  await waitFor(() => woken.includes('c1'));
  await here.appendLog('c1', [{ live: 1 }], turn().at);
  await waitFor(() => woken.length === 2);
  await here.commit(turn({ conversationId: 'silent', log: [] }));
  await here.commit(turn({ conversationId: 'c3' }));
  await waitFor(() => woken.includes('c3'));
  expect(woken).not.toContain('silent');
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
