import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readConfig } from '../../src/config';
import type { SwitchKind } from '../../src/conversation/operator-ports';
import { type Running, serve } from '../../src/main';
import { createSqliteStore } from '../../src/storage/sqlite';
import { fakeClock, keepingLogger } from '../support/edges';
import { type FakeChannel, startFakeChannel } from '../support/fake-channel';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { waitFor } from '../support/wait-for';

/** Reminders on the road: wished in Teams, sent on their day by the product with its real store through a fake connector. */
let channel: FakeChannel;
let data = '';
let postgres: TestPostgres | undefined;
/** Address of the database, when it is not the embedded one. */
let database = '';
let running: Running[] = [];
const clock = fakeClock();
let logger = keepingLogger();
let serial = 0;

const start = async (): Promise<Running> => {
  const one = await serve(readConfig({ PORT: '0', DATA_DIR: data, DATABASE_URL: database }), { clock, logger });
  running.push(one);
  return one;
};
const stopAll = async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
};

beforeEach(async () => {
  channel = await startFakeChannel();
  data = mkdtempSync(join(tmpdir(), 'guichet-reminders-'));
  logger = keepingLogger();
  // A Tuesday, ten in the morning in Paris.
  clock.set('2026-02-10T09:00:00Z');
  await start();
});
afterEach(async () => {
  await stopAll();
  await channel.close();
  rmSync(data, { recursive: true, force: true });
  database = '';
});
afterAll(() => postgres?.stop());

/** Begins again with an empty PostgreSQL. */
async function moveToPostgres(): Promise<void> {
  await stopAll();
  postgres ??= await startPostgres();
  database = await postgres.newDatabase();
  await start();
}

/** Sends an activity of the person; `fields` may make it a button or another place. */
async function post(fields: Record<string, unknown>): Promise<void> {
  serial += 1;
  const response = await fetch(`http://127.0.0.1:${running[0]?.address.port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      id: `r${serial}`,
      channelId: 'msteams',
      serviceUrl: channel.url,
      from: { id: 'person' },
      recipient: { id: 'bot' },
      conversation: { id: 'teams-1', conversationType: 'personal' },
      locale: 'fr-FR',
      ...fields,
    }),
  });
  expect(response.status).toBe(200);
}

const texts = () =>
  channel.calls.flatMap(({ body }) =>
    body.type === 'message' ? [JSON.stringify(body).replaceAll('\u00a0', ' ')] : [],
  );
/** Everything that the connector got since the last call, once it holds something. */
async function received(until: RegExp): Promise<string> {
  await waitFor(() => until.test(texts().join('\n')));
  const all = texts().join('\n');
  channel.calls.length = 0;
  return all;
}
/** Every instance looks at the clock, and what they send has arrived. */
async function look(): Promise<void> {
  await Promise.all(running.map(({ tick }) => tick()));
}
/** Whether the store holds a text. */
async function kept(text: string): Promise<boolean> {
  if (database === '')
    return readdirSync(data).some((name) => readFileSync(join(data, name)).toString('latin1').includes(text));
  const client = new Client({ connectionString: database });
  await client.connect();
  const tables = ['conversations', 'turns', 'log', 'outbox', 'reminders', 'conversation_references'];
  const rows = tables.map((table) => `SELECT t::text AS row FROM ${table} t`).join(' UNION ALL ');
  const found = await client.query(`SELECT 1 FROM (${rows}) AS all_rows WHERE strpos(row, $1) > 0`, [text]);
  await client.end();
  return found.rowCount !== 0;
}
const reminded = () => texts().filter((text) => /vous écrire aujourd.hui/.test(text)).length;

async function wish(): Promise<void> {
  await post({ text: "j'ai envoyé mon dossier" });
  await received(/Quand avez-vous envoyé/);
  await post({ text: 'demandez-moi dans huit semaines si mon numéro est arrivé' });
  // The question that is still open comes last.
  const said = await received(/7 avril 2026[\s\S]*Quand avez-vous envoyé/);
  expect(said).toMatch(/je ne garde que la date/);
  expect(said).toMatch(/écrivez «\sannuler\s»/);
}

test.each([
  ['SQLite', async () => {}],
  ['PostgreSQL', moveToPostgres],
])(
  '%s: asked for in February, told in April once, by day, though instances look at once and the program was restarted',
  async (_store, open) => {
    await open();
    await wish();
    await stopAll();
    clock.set('2026-04-06T09:00:00Z');
    await Promise.all([start(), start(), start()]);
    await look();
    // The conversation of February is erased; what is left has no word of it.
    expect({ words: await kept('dossier'), day: await kept('2026-04-07') }).toEqual({ words: false, day: true });
    // 8 in the morning, then 10.
    clock.set('2026-04-07T06:00:00Z');
    await look();
    expect(texts()).toEqual([]);
    clock.set('2026-04-07T08:00:00Z');
    await look();
    await waitFor(() => reminded() > 0);
    expect(texts()).toHaveLength(1);
    const said = await received(/vous écrire aujourd.hui/);
    for (const part of [
      'ici Guichet',
      '36 46',
      '09 74 75 36 46',
      'oubliez-moi',
      'choose":"stage=sent',
      'choose":"edit=number',
    ])
      expect(said).toContain(part);
    clock.set('2026-04-07T09:00:00Z');
    await look();
    expect(texts()).toEqual([]);
    // A fresh conversation goes on from there, in the language of the wish, and does not greet again.
    await post({ value: { choose: 'stage=sent' }, locale: 'en-GB' });
    expect(await received(/Quel jour avez-vous envoyé|envoyé le dossier/)).not.toContain('assistant automatique');
  },
);

test('one word cancels it, and "forget me" erases it, even when the conversation has long been erased', async () => {
  await wish();
  await post({ text: 'annuler' });
  await received(/rappel est annulé/);
  await wish();
  clock.set('2026-03-10T09:00:00Z');
  await look();
  await post({ text: 'oubliez-moi' });
  await received(/sont effacées/);
  clock.set('2026-04-07T09:00:00Z');
  await look();
  expect(reminded()).toBe(0);
  expect(await kept('2026-04-07')).toBe(false);
});

test.each([
  ['channel', 'msteams'],
  ['language', 'fr'],
])('it waits while its %s is off', async (kind, name) => {
  await wish();
  const store = createSqliteStore({ file: join(data, 'guichet.db') });
  const turn = (off: boolean, at: string) =>
    store.operator.turn({ kind: kind as SwitchKind, name, at, off, who: 'marie', why: 'a doubt' });
  await turn(true, '2026-04-01T09:00:00Z');
  clock.set('2026-04-07T09:00:00Z');
  await look();
  expect(await store.reminders.due('2026-04-07', 9)).toHaveLength(1);
  await turn(false, '2026-04-08T09:00:00Z');
  clock.set('2026-04-08T09:00:00Z');
  await look();
  await waitFor(() => reminded() === 1);
  await store.close();
});

test('what is kept is told, with the day', async () => {
  await wish();
  await post({ text: 'que gardez-vous sur moi ?' });
  expect(await received(/gardé de cette conversation/)).toContain('Un rappel le 7 avril 2026');
});

test('a connector that refuses gets it once, and it is gone', async () => {
  await wish();
  clock.set('2026-04-07T09:00:00Z');
  channel.answers.push(403);
  await look();
  await waitFor(() => logger.lines.some(({ fields }) => fields.code === 'DELIVERY_REFUSED'));
  channel.calls.length = 0;
  clock.set('2026-04-08T09:00:00Z');
  await look();
  expect(texts()).toEqual([]);
});

test('a program that was away for longer than a week sends nothing late', async () => {
  await wish();
  await stopAll();
  clock.set('2026-04-15T09:00:00Z');
  await start();
  await look();
  expect(texts()).toEqual([]);
  clock.set('2026-04-07T09:00:00Z');
  await look();
  expect(texts()).toEqual([]);
});

test('in a group, and where the answer goes back at once, the day is told and nothing is kept', async () => {
  const conversation = { id: 'teams-group', conversationType: 'groupChat', isGroup: true };
  await post({ text: 'rappelez-moi dans huit semaines', channelId: 'facebook', conversation: { id: 'messenger-1' } });
  expect(await received(/7 avril 2026/)).toContain('ne pourrai pas vous écrire ici plus tard');
  await post({ text: 'rappelez-moi dans huit semaines', conversation });
  await waitFor(() => texts().length > 0);
  expect(texts().join()).not.toContain('je ne garde que la date');
  channel.calls.length = 0;
  clock.set('2026-04-07T09:00:00Z');
  await look();
  expect(reminded()).toBe(0);
});
