import { createDeliverer } from '../../../src/channels/botframework/deliver';
import type { OutboxItem } from '../../../src/conversation/ports';

const start = Date.parse('2026-11-22T10:00:00Z');
const item = (id: string, conversationId = 'c', at = start): OutboxItem => ({
  id,
  conversationId,
  payload: {
    channel: 'botframework',
    at: new Date(at).toISOString(),
    reference: { serviceUrl: 'https://x', channelId: 'webchat', conversation: { id: conversationId } },
    activity: { type: 'message', text: id },
  },
});

/** A delivery whose connector answers with the given statuses in turn, then takes everything. */
function setUp(statuses: (number | 'lost')[] = [], pending: OutboxItem[] = []) {
  const sent: string[] = [];
  const pauses: number[] = [];
  const logs: unknown[] = [];
  const state = { now: start, tries: 0 };
  const log = (fields: Record<string, unknown>) => void logs.push(fields.code);
  const deliverer = createDeliverer({
    async post({ activity }) {
      state.tries += 1;
      const status = statuses.shift();
      if (status !== undefined && status !== 200) {
        const response = { headers: { get: () => (status === 429 ? '3' : undefined) } };
        throw Object.assign(new Error('no'), status === 'lost' ? {} : { statusCode: status, response });
      }
      sent.push(activity.text ?? '');
    },
    store: {
      pendingOutbox: async () => [...pending],
      markDelivered: async (id) => {
        const at = pending.findIndex((one) => one.id === id);
        if (at >= 0) pending.splice(at, 1);
      },
    },
    clock: { now: () => new Date(state.now) },
    logger: { info: log, warn: log, error: log },
    wait: async (ms) => void pauses.push(ms),
    random: () => 1,
  });
  return { deliverer, sent, pauses, logs, state, pending };
}

test.each([408, 412, 429, 500, 502, 503, 504, 'lost'] as const)('%s passes: tried again', async (status) => {
  const { deliverer, sent, pauses } = setUp([status, status]);
  deliverer.push([item('1')]);
  await deliverer.idle();
  expect(sent).toEqual(['1']);
  expect(pauses).toEqual(status === 429 ? [3000, 3000] : [500, 1000]);
});

test.each([400, 403, 404, 413])('%s does not pass: given up, said once, the next one goes', async (status) => {
  const { deliverer, sent, logs, pending, state } = setUp([status], [item('1'), item('2')]);
  deliverer.push([...pending]);
  await deliverer.idle();
  expect([sent, logs, pending, state.tries]).toEqual([['2'], ['DELIVERY_REFUSED'], [], 2]);
});

test('one that stays behind holds back the later ones of its conversation only, and the next sweep keeps the order', async () => {
  const { deliverer, sent, pending } = setUp([503, 503, 503, 503], [item('1'), item('2')]);
  deliverer.push([...pending]);
  await deliverer.idle();
  expect(sent).toEqual([]);
  const later = item('3');
  pending.push(later);
  deliverer.push([later]);
  deliverer.push([item('other', 'd')]);
  await deliverer.idle();
  expect(sent).toEqual(['other']);
  await deliverer.sweep();
  await deliverer.idle();
  expect(sent).toEqual(['other', '1', '2', '3']);
  expect(pending).toEqual([]);
});

test('a sweep leaves fresh items to the process that wrote them, and takes them when they are old', async () => {
  const { deliverer, sent, state } = setUp([], [item('1')]);
  await deliverer.sweep();
  await deliverer.idle();
  expect(sent).toEqual([]);
  state.now += 31_000;
  await Promise.all([deliverer.sweep(), deliverer.sweep()]);
  await deliverer.idle();
  expect(sent).toEqual(['1']);
});

test('an answer of yesterday is not sent any more', async () => {
  const { deliverer, sent, pending } = setUp([], [item('1', 'c', start - 25 * 3_600_000)]);
  await deliverer.sweep();
  await deliverer.idle();
  expect([sent, pending]).toEqual([[], []]);
});

test('items of other channels are left alone', async () => {
  const foreign = { id: 'x', conversationId: 'c', payload: { channel: 'letter' } };
  const { deliverer, sent, pending } = setUp([], [foreign]);
  await deliverer.sweep();
  deliverer.push([foreign]);
  await deliverer.idle();
  expect([sent, pending]).toEqual([[], [foreign]]);
});
