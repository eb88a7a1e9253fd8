import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../src/config';
import { type Running, serve } from '../../src/main';
import { createMemoryStore } from '../../src/storage/memory';
import { keepingLogger } from '../support/edges';

type Span = { name: string; traceId: string; parentSpanId?: string; attributes: { key: string; value: object }[] };

/** A collector that keeps what it is sent. */
function collector(): Promise<{ server: Server; url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end('{}');
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    ),
  );
}

test('one message is one trace, joined to the caller, with nothing in it that a person wrote', async () => {
  const { server, url, bodies } = await collector();
  const config = readConfig({ PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: url });
  const running: Running = await serve(config, { store: createMemoryStore(), logger: keepingLogger() });
  const caller = '4bf92f3577b34da6a3ce929d0e0e4736';
  try {
    const answer = await fetch(`http://127.0.0.1:${running.address.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${caller}-00f067aa0ba902b7-01` },
      body: JSON.stringify({
        type: 'message',
        id: 'one',
        text: 'bonjour, je suis la tulipe tunisienne',
        channelId: 'test',
        deliveryMode: 'expectReplies',
        serviceUrl: 'http://127.0.0.1:9/',
        conversation: { id: 'tulipe-conversation' },
        from: { id: 'tulipe-person' },
        recipient: { id: 'bot' },
      }),
    });
    expect(answer.status).toBe(200);
  } finally {
    await running.stop();
    server.close();
  }
  const spans = bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  ) as Span[];
  expect(spans.map(({ name }) => name).sort()).toEqual(['POST /api/messages', 'commit', 'think', 'turn']);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([caller]));
  const turn = spans.find(({ name }) => name === 'turn');
  expect(turn?.attributes).toContainEqual({ key: 'status', value: { stringValue: 'asked' } });
  expect(bodies.join()).not.toContain('tulipe');
});
