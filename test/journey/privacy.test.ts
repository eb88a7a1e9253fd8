import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openAdviser, openGuichet } from '../handoff/support';
import { startPostgres, type TestPostgres } from '../support/postgres';

/** Privacy on the wire: forgetting, taking along, and seeing what is kept, through the product as it is served. */
let postgres: TestPostgres;
let guichet: Guichet;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());
afterEach(() => guichet.stop());

/** Words that this conversation says and nobody else. */
const words = ['quetzalcoatl', 'vietnamienne', 'brouillard'];
async function talk(): Promise<Awaited<ReturnType<Guichet['person']>>> {
  const person = await guichet.person();
  await person.says('je suis vietnamienne et salariée, quetzalcoatl');
  await person.says('je veux parler à un conseiller');
  await person.says('encore un mot : brouillard');
  return person;
}
const codeShape = /1[0-9A-Z]{4}(-[0-9A-Z]{1,5})+/;

test('"forget me" leaves no word of the conversation in any byte of the SQLite files', async () => {
  guichet = await openGuichet();
  const bytes = () =>
    readdirSync(guichet.data)
      .map((name) => readFileSync(join(guichet.data, name)).toString('latin1'))
      .join('\n');
  const person = await talk();
  for (const word of words) expect(bytes()).toContain(word);
  await person.says('oubliez-moi');
  expect((await person.sees()).join()).toContain('sont effacées');
  const after = bytes();
  for (const word of [...words, '"VN"']) expect([word, after.includes(word)]).toEqual([word, false]);
});

test('"forget me" leaves no word of the conversation in any row of PostgreSQL', async () => {
  const url = await postgres.newDatabase();
  guichet = await openGuichet({ env: { DATABASE_URL: url } });
  const database = new Client({ connectionString: url });
  await database.connect();
  const rows = async () => {
    const { rows: tables } = await database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    let all = '';
    for (const { tablename } of tables)
      for (const { row } of (await database.query(`SELECT t::text AS row FROM ${tablename} t`)).rows) all += `${row}\n`;
    return all;
  };
  const person = await talk();
  for (const word of words) expect(await rows()).toContain(word);
  await person.presses('do=forget');
  const after = await rows();
  await database.end();
  for (const word of [...words, '"VN"']) expect([word, after.includes(word)]).toEqual([word, false]);
});

test('who talks to an adviser can still erase everything at once', async () => {
  const store = createMemoryStore();
  guichet = await openGuichet({ store });
  const anna = await openAdviser(guichet, store, 'anna');
  const person = await talk();
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.says('oubliez-moi');
  expect((await person.sees()).join()).toContain('sont effacées');
  expect(await store.transcript(person.id)).toEqual([]);
  expect((await anna.says(id, 'Êtes-vous là ?')).status).not.toBe(200);
});

test('a code carries the answers into a new conversation and stands in no transcript, log or metric', async () => {
  const store = createMemoryStore();
  guichet = await openGuichet({ store });
  const person = await guichet.person();
  await person.says('je suis vietnamienne et salariée');
  await person.presses('do=later');
  const shown = (await person.sees()).join();
  const code = codeShape.exec(shown)?.[0] ?? '';
  expect(shown).toContain('data:image/svg+xml;base64,');
  expect(JSON.stringify(await store.transcript(person.id))).not.toContain(code);
  await person.presses('do=forget');

  const later = await guichet.person('en-GB');
  await later.says(code);
  const resumed = (await later.sees()).join();
  expect(resumed).toContain('retrouvé vos réponses');
  expect(resumed).toContain('Viêt Nam');
  const kept = JSON.stringify([
    await store.transcript(later.id),
    await store.readLog(later.id, 0),
    guichet.logger.lines,
  ]);
  expect(kept).not.toContain(code);
  const { body: metrics } = await guichet.call('GET', '/metrics');
  expect(metrics.text).not.toContain(code);

  guichet.pass(121 * 24 * 60);
  const late = await guichet.person();
  await late.says(code);
  expect((await late.sees()).join()).toContain('trop ancien');
});

test('one’s own data: everything that is kept, as a file, to its owner only', async () => {
  guichet = await openGuichet();
  const { body: granted } = await guichet.call('POST', '/api/directline/token', { locale: 'fr' });
  const bearer = { authorization: `Bearer ${granted.token}` };
  await guichet.call('POST', '/v3/directline/conversations', {}, bearer);
  const path = `/v3/directline/conversations/${granted.conversationId}/activities`;
  await guichet.call('POST', path, { type: 'message', text: 'je suis vietnamienne' }, bearer);
  const mine = await guichet.call('GET', '/api/directline/data', undefined, bearer);
  expect(mine.status).toBe(200);
  expect(mine.headers.get('content-disposition')).toContain('guichet.json');
  expect(mine.body.state.context.people[0].profile.country).toEqual(['VN']);
  expect(JSON.stringify(mine.body.transcript)).toContain('je suis vietnamienne');
  expect(JSON.stringify(mine.body.messages)).toContain('je suis vietnamienne');
  expect((await guichet.call('GET', '/api/directline/data')).status).toBe(401);
});
