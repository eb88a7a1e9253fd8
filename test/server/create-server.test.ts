import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { CodedError } from '../../src/errors';
import { answer } from '../../src/http';
import { callerAddress } from '../../src/server/address';
import { waitFor } from '../support/wait-for';
import { Served } from './support';

test('an error of a route is answered without its reason and logged with it', async () => {
  const served = new Served();
  served.server.route('GET', '/throws', () => {
    throw new Error('the password is hunter2');
  });
  served.server.route('GET', '/rejects', async () => {
    throw new CodedError('STORE_OPEN');
  });
  await served.listen();
  const thrown = await fetch(`${served.origin}/throws`);
  expect(thrown.status).toBe(500);
  expect(await thrown.text()).not.toContain('hunter2');
  expect(await (await fetch(`${served.origin}/rejects`)).json()).toMatchObject({ error: { code: 'STORE_OPEN' } });
  expect(served.logged).toMatchObject([{ code: 'HTTP_INTERNAL', route: '/throws' }, { code: 'STORE_OPEN' }]);
  await served.close();
});

test('other servers of the process are as Node made them', async () => {
  const other = createHttpServer((_request, response) => void response.writeHead(200).end('chained'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('chained');
  other.close();
  other.closeAllConnections();
});

test('HEAD is answered like GET, without the body', async () => {
  const served = new Served();
  served.server.route('GET', '/page', () => answer(200, { a: 1 }));
  await served.listen();
  const head = await fetch(`${served.origin}/page`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '7', '']);
  await served.close();
});

test('a port that is taken is said at once', async () => {
  const served = await new Served().listen();
  const second = new Served();
  await expect(second.server.listen(served.port, '127.0.0.1')).rejects.toThrow(/EADDRINUSE/);
  await served.close();
});

test.each([
  ['a head that does not end', 'POST /echo/x HTTP/1.1\r\nHost: x\r\n'],
  [
    'a body that does not end',
    'POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  ],
])('%s is cut off', async (_what, bytes) => {
  const served = await new Served({ headMilliseconds: 50, requestMilliseconds: 100 }).listen();
  expect(await served.raw(bytes)).toMatch(/^HTTP\/1\.1 408 |^$/);
  expect((await served.post('{}')).status).toBe(200);
  await served.close();
});

test('an answer that nobody reads does not hold its connection for ever', async () => {
  const served = new Served({ idleMilliseconds: 500, mostConnections: 1 });
  let asked = false;
  served.server.route('GET', '/large', () => {
    asked = true;
    return { status: 200, body: Buffer.alloc(64 * 1024 * 1024) };
  });
  await served.listen();
  const reader = connect(served.port, '127.0.0.1').pause();
  reader.on('error', () => {});
  reader.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
  await waitFor(() => asked);
  const other = () => served.raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(await other()).toBe('');
  await waitFor(async () => (await other()) !== '');
  reader.destroy();
  await served.close();
});

test('more connections than allowed are dropped', async () => {
  const served = await new Served({ mostConnections: 2 }).listen();
  const held = [connect(served.port, '127.0.0.1'), connect(served.port, '127.0.0.1')];
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  expect(await served.raw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
  for (const socket of held) socket.destroy();
  await served.close();
});

test('closing lets an answer under way finish, refuses new connections, and does not wait for idle ones', async () => {
  const served = new Served();
  let begun = () => {};
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  served.server.route('GET', '/slow', async () => {
    begun();
    await held;
    return answer(200, {});
  });
  await served.listen();
  await served.post('{}');
  const slow = fetch(`${served.origin}/slow`);
  await underWay;
  const closed = served.close();
  expect(served.server.draining()).toBe(true);
  await expect(fetch(`${served.origin}/slow`)).rejects.toThrow();
  release();
  const answered = await slow;
  expect(answered.status).toBe(200);
  expect(answered.headers.get('connection')).toBe('close');
  await closed;
});

test('closing cuts what does not finish in time, WebSockets too', async () => {
  const served = new Served({ drainMilliseconds: 50 });
  served.server.route('GET', '/never', () => new Promise(() => {}));
  served.server.upgrade(/^\/socket$/, (_request, socket) => void socket.write('HTTP/1.1 101 Switching\r\n\r\n'));
  await served.listen();
  const never = fetch(`${served.origin}/never`).catch(() => 'cut');
  const upgraded = connect(served.port, '127.0.0.1');
  upgraded.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(upgraded, 'data');
  const ended = once(upgraded, 'close');
  await served.close();
  expect(await never).toBe('cut');
  await ended;
});

const offers = ['h2c', 'TLS/1.2', 'websocket', 'websocket, h2c'];
test.each(offers)('a request that offers %s where there is no such thing is served (RFC 9110)', async (offer) => {
  const served = new Served();
  served.server.upgrade(/^\/socket$/, (_request, socket) => void socket.end('HTTP/1.1 101 Switching\r\n\r\n'));
  served.server.route('GET', '/page', () => answer(200, {}));
  await served.listen();
  const head = `HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${offer}\r\n`;
  const posted = `POST /echo/x ${head}Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}`;
  expect(await served.raw(posted)).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close[\s\S]*"body":\{"a":1\}/);
  if (!offer.startsWith('websocket')) {
    expect(await served.raw(`GET /socket ${head}\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await served.raw(`GET /page ${head}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  }
  await served.close();
});

test.each([
  ['the peer, when no proxy is trusted', 0, '203.0.113.9', '127.0.0.1', '127.0.0.1'],
  ['what the nearest proxy reports', 1, '198.51.100.1, 203.0.113.9', '127.0.0.1', '203.0.113.9'],
  ['what the second proxy reports', 2, 'made-up, 198.51.100.1, 203.0.113.9', '127.0.0.1', '198.51.100.1'],
  ['the peer, when the proxy reports nobody', 1, undefined, '::ffff:192.0.2.4', '192.0.2.4'],
  ['the network of an IPv6 address', 0, undefined, '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['the same network when it is written short', 0, undefined, '2001:db8::a:b:c:d', '2001:db8:0:0::/64'],
  ['the same for every neighbour in it', 1, '2001:0DB8::5', '127.0.0.1', '2001:db8:0:0::/64'],
  [
    'the network of an address in the middle of which groups are left out',
    0,
    undefined,
    '2001:db8:1::6',
    '2001:db8:1:0::/64',
  ],
  ['without the port that a proxy adds', 1, '203.0.113.9:51234', '127.0.0.1', '203.0.113.9'],
  ['without it for IPv6 too', 1, '[2001:db8:1:2::9]:51234', '127.0.0.1', '2001:db8:1:2::/64'],
])('the address of a caller is %s', (_what, hops, forwarded, peer, expected) => {
  const request = { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: peer } };
  expect(callerAddress(request as never, hops)).toBe(expected);
});
