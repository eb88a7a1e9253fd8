import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../../src/storage/sqlite';
import { Bench, createEcho, createFakeClock } from './support';

test('a restart between a message and its answer loses neither, and old tokens go on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-restart-'));
  const file = join(folder, 'guichet.db');
  const clock = createFakeClock();
  const store = createSqliteStore({ file });
  const echo = createEcho(store, clock);
  let stored = () => {};
  const committed = new Promise<void>((resolve) => {
    stored = resolve;
  });
  const first = await Bench.open({
    store,
    clock,
    drainMilliseconds: 0,
    takeTurn: async (inbound, outlet) => {
      if (inbound.kind === 'joined') return echo.takeTurn(inbound, outlet);
      await echo.takeTurn(inbound, { record: outlet.record, delivered: () => {} });
      stored();
      return new Promise(() => {});
    },
  });
  const conversation = await first.started();
  const stream = first.stream(conversation.streamUrl);
  await stream.heard(1);
  const lost = first.says(conversation, 'bonjour', 'client-1').catch(() => 'lost');
  await committed;
  await first.close();
  expect(await lost).toBe('lost');
  await store.close();

  const reopened = createSqliteStore({ file });
  clock.move(-60);
  const second = await Bench.open({ store: reopened, clock });
  const path = `/v3/directline/conversations/${conversation.conversationId}?watermark=${stream.watermarks.at(-1)}`;
  const back = await second.call('GET', path, conversation.token);
  expect(back.status).toBe(200);
  const resumed = second.stream(back.json.streamUrl as unknown as string);
  expect((await resumed.heard(2)).map(({ text }) => text)).toEqual(['bonjour', 'heard bonjour']);
  expect((await second.says(conversation, 'bonjour', 'client-1')).json.id).toBe(resumed.activities[0]?.id);
  await second.says(conversation, 'encore', 'client-2');
  await resumed.heard(4);
  const times = (await second.history(conversation)).activities.map(({ timestamp }) => timestamp);
  expect(times).toEqual([...new Set(times)].sort());
  await second.close();
  await reopened.close();
  rmSync(folder, { recursive: true });
});
