import { gzipSync } from 'node:zlib';
import { deepestNesting, largestBody, largestForm } from '../../src/server/edge-guard';
import { Served } from './support';

describe('the edge guard', () => {
  let served: Served;
  beforeAll(async () => {
    served = await new Served().listen();
  });
  afterAll(() => served.close());

  const json = { 'Content-Type': 'application/json' };
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  afterEach(async () => {
    const answer = await served.post('{"still":"alive"}');
    expect(answer.status).toBe(200);
    expect(served.logged).toEqual([]);
  });

  test('an object is read and handed on', async () => {
    const answer = await fetch(`${served.origin}/echo/some%20name?a=1&b=%C3%A9`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"text":"é"}',
    });
    expect(await answer.json()).toEqual({
      params: { name: 'some name' },
      query: { a: '1', b: 'é' },
      body: { text: 'é' },
      address: '127.0.0.1',
    });
  });

  test('a form is read where a form is expected, and nothing else is', async () => {
    const send = (body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(`${served.origin}/form`, { method: 'POST', body, headers });
    const fields = await send(new URLSearchParams({ text: 'é ü 你', __proto__: 'x', a: '' }));
    expect(await fields.json()).toEqual({ body: { text: 'é ü 你', a: '' } });
    expect((await send('{"text":"x"}', json)).status).toBe(415);
    const latin = { 'Content-Type': 'application/x-www-form-urlencoded; charset=iso-8859-1' };
    expect((await send('text=x', latin)).status).toBe(415);
    const large = await send(new URLSearchParams({ text: 'x'.repeat(largestForm) }));
    expect([large.status, (await large.json()).error.code]).toEqual([413, 'EDGE_SIZE']);
  });

  test('an empty body is no error: the route decides', async () => {
    expect(await (await served.post(undefined, {})).json()).not.toHaveProperty('body');
    expect((await served.post('', json)).status).toBe(200);
  });

  test.each<[string, BodyInit, Record<string, string>, number, string]>([
    ['invalid JSON', '{"text":', json, 400, 'EDGE_JSON'],
    ['an array', '[1,2]', json, 400, 'EDGE_SHAPE'],
    ['a text', '"hello"', json, 400, 'EDGE_SHAPE'],
    ['null', 'null', json, 400, 'EDGE_SHAPE'],
    ['XML', '<a/>', { 'Content-Type': 'application/xml' }, 415, 'EDGE_TYPE'],
    ['plain text', '{}', { 'Content-Type': 'text/plain' }, 415, 'EDGE_TYPE'],
    ['another charset', '{}', { 'Content-Type': 'application/json; charset=utf-16' }, 415, 'EDGE_TYPE'],
    ['a form', new URLSearchParams({ a: '1' }), {}, 415, 'EDGE_TYPE'],
    ['gzip', gzipSync('{}'), { ...json, 'Content-Encoding': 'gzip' }, 415, 'EDGE_ENCODING'],
    ['something that only says it is gzip', '{}', { ...json, 'Content-Encoding': 'gzip' }, 415, 'EDGE_ENCODING'],
    ['two encodings', '{}', { ...json, 'Content-Encoding': 'identity, br' }, 415, 'EDGE_ENCODING'],
    ['nesting one level too deep', nested(deepestNesting + 1), json, 400, 'EDGE_DEPTH'],
    [
      'nesting as deep as the size allows',
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      json,
      400,
      'EDGE_DEPTH',
    ],
    ['broken nesting', '['.repeat(200_000), json, 400, 'EDGE_JSON'],
    ['one byte too many', `{"a":"${'x'.repeat(largestBody - 7)}"}`, json, 413, 'EDGE_SIZE'],
    ['10 MB', `{"a":"${'x'.repeat(10_000_000)}"}`, json, 413, 'EDGE_SIZE'],
  ])('refuses %s', async (_what, body, headers, status, code) => {
    const answer = await served.post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ error: { code, message: expect.stringMatching(/^[A-Z].*\.$/) } });
  });

  test.each([
    ['as deep as allowed', nested(deepestNesting)],
    ['as large as allowed', `{"a":"${'x'.repeat(largestBody - 8)}"}`],
  ])('takes a body %s', async (_what, body) => {
    expect((await served.post(body)).status).toBe(200);
  });

  test('takes the encoding identity', async () => {
    expect((await served.post('{}', { ...json, 'Content-Encoding': 'identity' })).status).toBe(200);
  });

  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const chunkedHead =
    'POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n';

  test('refuses a body that grows too large in chunks, and hangs up', async () => {
    const chunks = Array.from({ length: 100 }, () => chunk('x'.repeat(100_000)));
    const answered = await served.raw(`${chunkedHead}\r\n`, ...chunks, '0\r\n\r\n');
    expect(answered).toMatch(/^HTTP\/1\.1 413 /);
    expect(answered).toMatch(/connection: close/i);
  });

  test('hangs up on a body without end', async () => {
    const endless = Array.from({ length: 400 }, () => chunk('x'.repeat(100_000)));
    expect(await served.raw(`${chunkedHead}\r\n`, ...endless)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('takes a chunked body of the right size', async () => {
    const answered = await served.raw(
      `${chunkedHead}Connection: close\r\n\r\n`,
      chunk('{"a":'),
      chunk('1}'),
      '0\r\n\r\n',
    );
    expect(answered).toMatch(/^HTTP\/1\.1 200 [\s\S]*"body":\{"a":1\}/);
  });

  test.each([
    ['a Host header that is no host', 'POST /echo/x HTTP/1.1\r\nHost: [bad\r\n', 400],
    ['a port that is none', 'GET / HTTP/1.1\r\nHost: a:99999\r\n', 400],
    ['an absolute address', 'GET http://[/ HTTP/1.1\r\nHost: x\r\n', 400],
    ['an address of everything', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n', 400],
    ['a path that cannot be decoded', 'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\n', 404],
    ['a path of slashes', 'GET //// HTTP/1.1\r\nHost: x\r\n', 404],
    ['no Host header', 'GET / HTTP/1.1\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n', 400],
    ['a length that is no number', 'POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n', 400],
    ['two lengths', 'POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n', 400],
    ['headers of 100 KB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(100_000)}\r\n`, 431],
    ['an upgrade to nothing', 'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n', 404],
  ])('answers %s with a clear refusal', async (_what, head, status) => {
    const connection = head.includes('Upgrade') ? 'Connection: Upgrade, close' : 'Connection: close';
    expect(await served.raw(`${head}${connection}\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test.each([
    ['an unknown path', 'POST', '/nothing', 404, 'HTTP_NOT_FOUND'],
    ['a wrong method', 'DELETE', '/echo/x', 405, 'HTTP_METHOD'],
  ])('says in JSON that there is nothing at %s', async (_what, method, path, status, code) => {
    for (const accept of ['text/html', 'text/plain', 'application/octet-stream', '*/*']) {
      const answer = await fetch(served.origin + path, { method, headers: { Accept: accept } });
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ error: { code } });
    }
  });

  test('tells nothing about itself', async () => {
    for (const path of ['/nothing', '/echo/x']) {
      const { headers } = await fetch(served.origin + path, { method: 'POST' });
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
