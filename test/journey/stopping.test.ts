import { readConfig } from '../../src/config';
import { serve } from '../../src/main';
import { createMemoryStore } from '../../src/storage/memory';
import { bearing, callJson } from '../support/call-json';
import { fakeClock, keepingLogger } from '../support/edges';
import { holdingStore } from '../support/holding-store';
import { waitFor } from '../support/wait-for';

test('the product stops in time though nothing in its store answers any more', async () => {
  const store = holdingStore(createMemoryStore());
  const silence = () => new Promise<never>(() => {});
  const drain = { answers: 50, deliveries: 50, rest: 50 };
  const clock = fakeClock('2026-05-04T09:00:00Z');
  const running = await serve(readConfig({ PORT: '0' }), { store, clock, logger: keepingLogger(), drain });
  const at = `http://127.0.0.1:${running.address.port}`;
  const { token } = (await callJson(`${at}/api/directline/token`, 'POST', {})).json;
  store.hold();
  store.close = silence;
  store.reminders.due = silence;
  store.pending.waiting = silence;
  void running.tick();
  const asked = callJson(`${at}/v3/directline/conversations`, 'POST', {}, bearing(token)).catch(() => 'cut');
  await waitFor(() => store.loaded.length > 0);
  await running.stop();
  expect(await asked).toBe('cut');
});
