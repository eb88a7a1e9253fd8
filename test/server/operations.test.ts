import { mountHealth } from '../../src/server/health';
import { mountMetrics } from '../../src/server/metrics-route';
import { createMetrics } from '../../src/telemetry/metrics';
import { Served } from './support';

const healthy = { store: { hasLog: async () => false }, libraryLoaded: () => true, draining: () => false };

test.each([
  ['all is well', {}, 200, { store: true, library: true, accepting: true }],
  ['the store fails', { store: { hasLog: () => Promise.reject(new Error('gone')) } }, 200, { store: false }],
  ['the library is not loaded', { libraryLoaded: () => false }, 503, { library: false }],
  ['the server closes', { draining: () => true }, 503, { accepting: false }],
])('ready says so when %s; live is live all the same', async (_when, change, status, checks) => {
  const served = new Served();
  mountHealth(served.server, { ...healthy, ...change });
  await served.listen();
  const ready = await fetch(`${served.origin}/health/ready`);
  expect(ready.status).toBe(status);
  expect(await ready.json()).toMatchObject({ checks });
  expect((await fetch(`${served.origin}/health/live`)).status).toBe(200);
  await served.close();
});

test('metrics count turns by status and channel, in the text format of Prometheus', async () => {
  const metrics = createMetrics();
  metrics.turn({ status: 'asked', channel: 'directline', milliseconds: 3 });
  metrics.turn({ status: 'asked', channel: 'directline', milliseconds: 300 });
  metrics.turn({ status: 'failed', channel: 'someone@example.org', milliseconds: 60_000 });
  metrics.useful({ article: 'css', language: 'fr', useful: true });
  metrics.useful({ article: 'css', language: 'fr', useful: true });
  metrics.useful({ article: 'css', language: 'fr', useful: false });
  metrics.count('handoffs_total', 'Conversations handed to an adviser.');
  metrics.gauge('sockets', 'Open WebSockets.', () => 7);
  const served = new Served();
  mountMetrics(served.server, { metrics });
  await served.listen();
  const answer = await fetch(`${served.origin}/metrics`);
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  for (const line of [
    'guichet_turns_total{status="asked",channel="directline"} 2',
    'guichet_turns_total{status="failed",channel="other"} 1',
    'guichet_turn_seconds_bucket{le="0.005",channel="directline"} 1',
    'guichet_turn_seconds_bucket{le="0.5",channel="directline"} 2',
    'guichet_turn_seconds_bucket{le="15",channel="other"} 0',
    'guichet_turn_seconds_bucket{le="+Inf",channel="other"} 1',
    'guichet_turn_seconds_count{channel="directline"} 2',
    'guichet_article_useful_total{article="css",language="fr",useful="true"} 2',
    'guichet_article_useful_total{article="css",language="fr",useful="false"} 1',
    'guichet_handoffs_total 1',
    'guichet_sockets 7',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).not.toContain('example.org');
  expect(text.endsWith('\n')).toBe(true);
  await served.close();
});

test('metrics with a key are for those who show it', async () => {
  const served = new Served();
  mountMetrics(served.server, { metrics: createMetrics(), token: 'watcher' });
  await served.listen();
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${served.origin}/metrics`, { headers })).status;
  expect([await status({}), await status({ Authorization: 'Bearer x' })]).toEqual([401, 401]);
  expect(await status({ Authorization: 'Bearer watcher' })).toBe(200);
  await served.close();
});
