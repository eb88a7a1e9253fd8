import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationStore } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { createPostgresStore } from '../../src/storage/postgres';
import { createSqliteStore } from '../../src/storage/sqlite';
import { keepingLogger } from '../support/edges';
import { startPostgres } from '../support/postgres';
import { openAdviser, openGuichet, type TestAdviser } from './support';

const advisers = 50;
const tickets = 20;

/** Fifty advisers each try for every one of twenty people: each person is held by one adviser, everybody else hears 409. */
async function race(store: ConversationStore): Promise<void> {
  const guichet = await openGuichet({ store });
  try {
    const team: TestAdviser[] = [];
    for (let index = 0; index < advisers; index += 1) team.push(await openAdviser(guichet, store, `adviser-${index}`));
    for (let index = 0; index < tickets; index += 1) {
      const person = await guichet.person('en-GB');
      await person.says('I want to talk to a human being');
    }
    const waiting = (await team[0]?.get('queue'))?.body as unknown as { id: string }[];
    expect(waiting).toHaveLength(tickets);
    const tries = team.flatMap((adviser, at) =>
      waiting.map((_, step) => ({ adviser, id: waiting[(at + step) % tickets]?.id ?? '' })),
    );
    const results = await Promise.all(
      tries.map(async ({ adviser, id }) => ({
        id,
        name: adviser.name,
        status: (await adviser.post(`handoffs/${id}/claim`)).status,
      })),
    );
    const won = results.filter(({ status }) => status === 200);
    expect(results.filter(({ status }) => status === 409)).toHaveLength(advisers * tickets - tickets);
    expect(new Set(won.map(({ id }) => id)).size).toBe(tickets);
    expect(won).toHaveLength(tickets);
    for (const { id, name } of won) {
      const handoff = await store.desk.handoff(id);
      expect(handoff).toMatchObject({ state: 'talking', claimedBy: name });
      const said = await store.transcript(handoff?.conversationId ?? '');
      expect(said.filter(({ text }) => text.startsWith('An adviser is with you'))).toHaveLength(1);
    }
  } finally {
    await guichet.stop();
  }
}

test('in memory, 50 advisers race for 20 people: each is claimed once', () => race(createMemoryStore()), 60_000);

test('in SQLite, 50 advisers race for 20 people: each is claimed once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-race-'));
  await race(createSqliteStore({ file: join(folder, 'guichet.db') }));
  rmSync(folder, { recursive: true });
}, 60_000);

test('in PostgreSQL, 50 advisers race for 20 people: each is claimed once', async () => {
  const server = await startPostgres();
  try {
    await race(await createPostgresStore({ url: await server.newDatabase(), logger: keepingLogger(), connections: 8 }));
  } finally {
    await server.stop();
  }
}, 90_000);

test('two instances over one database: a person is claimed once, and each hears what the other stored', async () => {
  const server = await startPostgres();
  try {
    const url = await server.newDatabase();
    const open = () => createPostgresStore({ url, logger: keepingLogger(), connections: 4 });
    const [hereStore, thereStore] = [await open(), await open()];
    const [here, there] = [await openGuichet({ store: hereStore }), await openGuichet({ store: thereStore })];
    const anna = await openAdviser(here, hereStore, 'anna');
    const boris = await openAdviser(there, thereStore, 'boris');
    for (let round = 0; round < 5; round += 1) {
      const person = await here.person('en-GB');
      await person.says('I want to talk to a human being');
      const { id } = await anna.only();
      const both = await Promise.all([anna.post(`handoffs/${id}/claim`), boris.post(`handoffs/${id}/claim`)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const winner = both[0]?.status === 200 ? anna : boris;
      await person.sees();
      expect((await winner.says(id, 'from wherever I am')).status).toBe(200);
      expect((await person.sees()).join()).toContain('from wherever I am');
      expect((await winner.post(`handoffs/${id}/close`)).status).toBe(200);
    }
    await Promise.all([here.stop(), there.stop()]);
  } finally {
    await server.stop();
  }
}, 90_000);
