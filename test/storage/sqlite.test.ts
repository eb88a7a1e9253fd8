import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'libsql';
import { backUp } from '../../src/storage/backup';
import { createSqliteStore } from '../../src/storage/sqlite';
import { waitFor } from '../support/wait-for';
import { reply, storeConformance, turn } from './conformance';
import { commitConformance } from './conformance-commit';
import { deskConformance } from './conformance-desk';
import { pendingConformance } from './conformance-pending';
import { reminderConformance } from './conformance-reminders';

const folder = mkdtempSync(join(tmpdir(), 'guichet-sqlite-'));
let files = 0;
const newFile = () => join(folder, `${++files}`, 'guichet.db');
let current = '';

afterAll(() => rmSync(folder, { recursive: true }));

storeConformance(
  'the SQLite store',
  async () => {
    current = newFile();
    return createSqliteStore({ file: current });
  },
  async (store) => {
    await store.close();
    return createSqliteStore({ file: current, synchronous: 'FULL' });
  },
);

deskConformance('the SQLite store', async () => createSqliteStore({ file: newFile() }));
reminderConformance('the SQLite store', async () => createSqliteStore({ file: newFile() }));
commitConformance('the SQLite store', async () => createSqliteStore({ file: newFile() }));
pendingConformance('the SQLite store', async () => createSqliteStore({ file: newFile() }));

const marker = 'marker-7d1c0f3a';
const bytesOf = (file: string) =>
  readdirSync(join(file, '..')).map((name) => readFileSync(join(file, '..', name)).includes(marker));

test.each(['erase', 'expire'] as const)('%s leaves no byte of a conversation in the files', async (way) => {
  const file = newFile();
  const store = createSqliteStore({ file });
  const text = `${marker} `.repeat(300);
  for (let revision = 0; revision < 20; revision++) {
    await store.commit(turn({ conversationId: `other-${revision}` }));
    await store.commit(
      turn({
        expectedRevision: revision,
        activityId: `a${revision}`,
        saved: { text, revision },
        reply: reply(text),
        transcript: [{ at: turn().at, from: 'person', language: 'fr', text }],
        log: [{ text }],
        outbox: [{ id: `o${revision}`, conversationId: 'c1', payload: { text } }],
      }),
    );
  }
  await store.pending.keep({ conversationId: 'c1', activityId: 'late', payload: { text } }, turn().at, turn().at);
  expect(bytesOf(file)).toContain(true);
  if (way === 'erase') await store.erase('c1');
  else await store.expire('9999');
  expect(bytesOf(file)).not.toContain(true);
  await store.close();
});

test('a commit that fails takes none with it that came at the same time', async () => {
  const store = createSqliteStore({ file: newFile() });
  const results = await Promise.allSettled([
    store.commit(turn({ conversationId: 'a' })),
    store.commit(turn({ conversationId: 'b', saved: { no: 1n } })),
    store.commit(turn({ conversationId: 'c' })),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await store.handledReply('a', 'a1')).toEqual(reply('Bonjour'));
  expect(await store.handledReply('b', 'a1')).toBeNull();
  expect((await store.load('c'))?.revision).toBe(1);
  await store.close();
});

test('a delivered message leaves no byte in the files, without anybody asking', async () => {
  const file = newFile();
  const store = createSqliteStore({ file, journalMilliseconds: 20 });
  const payload = { text: `${marker} `.repeat(300) };
  const outbox = ['o1', 'o2'].map((id) => ({ id, conversationId: 'c1', payload }));
  await store.commit(turn({ outbox }));
  expect(bytesOf(file)).toContain(true);
  for (const { id } of outbox) await store.removeOutbox(id);
  await waitFor(() => !bytesOf(file).includes(true));
  await store.close();
});

test('a pending turn that is stored leaves no byte in the files either', async () => {
  const file = newFile();
  const store = createSqliteStore({ file, journalMilliseconds: 20 });
  const late = { conversationId: 'c1', activityId: 'late', payload: { text: `${marker} `.repeat(300) } };
  await store.pending.keep(late, turn().at, turn().at);
  expect(bytesOf(file)).toContain(true);
  await store.pending.remove(late);
  await waitFor(() => !bytesOf(file).includes(true));
  await store.close();
});

test('who reads at that moment is waited for later, not at once', async () => {
  const file = newFile();
  const store = createSqliteStore({ file, journalMilliseconds: 20 });
  await store.commit(turn({ outbox: [{ id: 'o1', conversationId: 'c1', payload: { text: marker } }] }));
  const reader = new Database(file);
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM outbox').all();
  await store.removeOutbox('o1');
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(performance.now() - began).toBeLessThan(2000);
  reader.exec('COMMIT');
  reader.close();
  await waitFor(() => !bytesOf(file).includes(true));
  await store.close();
});

test('the files are readable by their owner only', async () => {
  const file = newFile();
  const store = createSqliteStore({ file });
  await store.secret('directline');
  for (const name of readdirSync(join(file, '..'))) expect(statSync(join(file, '..', name)).mode & 0o077).toBe(0);
  await store.close();
});

test('a file of a newer program is refused with a sentence, and stays as it is', async () => {
  const file = newFile();
  await createSqliteStore({ file }).close();
  const database = new Database(file);
  database.exec("INSERT INTO migrations VALUES (999, 'from the future', '2030-01-01')");
  database.close();
  expect(() => createSqliteStore({ file })).toThrow(/STORE_NEWER: .*newer version.*database 999/);
});

test('a file that is no database is refused with a sentence', async () => {
  const file = newFile();
  await createSqliteStore({ file }).close();
  for (const name of readdirSync(join(file, '..')))
    writeFileSync(join(file, '..', name), 'not a database '.repeat(1000));
  expect(() => createSqliteStore({ file })).toThrow(/STORE_OPEN/);
  writeFileSync(join(folder, 'a-file'), '');
  expect(() => createSqliteStore({ file: join(folder, 'a-file', 'guichet.db') })).toThrow(/STORE_OPEN/);
});

test('three processes that open a new file together lose no turn and share its secret', async () => {
  const file = newFile();
  const run = promisify(execFile);
  const contend = (name: string) => run(process.execPath, [require.resolve('./contender.cjs'), file, name, '60']);
  const outcomes = await Promise.all(['first', 'second', 'third'].map(contend));
  const reports = outcomes.map(({ stdout }) => JSON.parse(stdout) as { secret: string; lost: number });
  const store = createSqliteStore({ file });
  expect((await store.load('c1'))?.revision).toBe(180);
  expect((await store.readLog('c1', 0)).map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 180 }, (_, index) => index + 1),
  );
  expect(new Set(reports.map(({ secret }) => secret)).size).toBe(1);
  await store.close();
});

test('a copy made while the store is in use holds what was stored, and never overwrites', async () => {
  const file = newFile();
  const copy = `${file}.copy`;
  const store = createSqliteStore({ file });
  await store.commit(turn({ conversationId: 'kept' }));
  expect(backUp(file, copy)).toBe(true);
  expect(backUp(file, copy)).toBe(false);
  expect(backUp(`${file}.none`, `${file}.other`)).toBe(false);
  await store.erase('kept');
  await store.close();
  const restored = createSqliteStore({ file: copy });
  expect(await restored.load('kept')).toMatchObject({ revision: 1 });
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  await restored.close();
});
