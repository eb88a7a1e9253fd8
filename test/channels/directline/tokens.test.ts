import { request } from 'node:http';
import jwt from 'jsonwebtoken';
import { Bench, createFakeClock } from './support';

describe('tokens', () => {
  let bench: Bench;
  const secret = 'a secret of sixteen or more';
  beforeEach(async () => {
    bench = await Bench.open({ secret, trustedOrigins: ['https://town.example'] });
  });
  afterEach(() => bench.close());

  test('the public page gets a token without a secret, with a person id that Web Chat reads', async () => {
    const answer = await bench.call('POST', '/api/directline/token', undefined, { locale: 'fr-FR' });
    expect(answer).toMatchObject({ status: 200, json: { expires_in: 1800 } });
    const claims = jwt.decode(answer.json.token as unknown as string);
    expect(claims).toMatchObject({
      conv: answer.json.conversationId,
      user: expect.stringMatching(/^dl_/),
      aud: 'directline',
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['a page of somebody else', { Origin: 'https://evil.example' }, 403],
    ['a page without an address of its own', { Origin: 'null' }, 403],
    ['a trusted page', { Origin: 'https://town.example' }, 200],
    ['a program without origin', {}, 200],
  ])('%s asking for a token', async (_who, headers, status) => {
    const answer = await bench.call('POST', '/api/directline/token', undefined, {}, headers as Record<string, string>);
    expect(answer.status).toBe(status);
  });

  test('our own page gets a token on the address that it was loaded from', async () => {
    const answer = await bench.call('POST', '/api/directline/token', undefined, {}, { Origin: bench.origin });
    expect(answer.status).toBe(200);
  });

  test('a foreign name that leads to this machine gets no token (DNS rebinding)', async () => {
    const { port } = new URL(bench.origin);
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        const headers = { Host: host, Origin: `http://${host}` };
        const options = { host: '127.0.0.1', port, path: '/api/directline/token', method: 'POST', headers };
        request(options, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
    expect(await status(`evil.example:${port}`)).toBe(403);
    expect(await status(`localhost.evil.example:${port}`)).toBe(403);
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status(`[::1]:${port}`)).toBe(200);
  });

  test('a locale of the wrong form is refused', async () => {
    expect(await bench.call('POST', '/api/directline/token', undefined, { locale: 7 })).toMatchObject({
      status: 400,
      json: { error: { code: 'BadArgument' } },
    });
  });

  test('an address that asks for too many tokens has to wait', async () => {
    const limited = await Bench.open({ limitTokens: (address) => (address === '127.0.0.1' ? 12 : 0) });
    const answer = await limited.call('POST', '/api/directline/token');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('12');
    await limited.close();
  });

  test('another server makes tokens with the secret only', async () => {
    const path = '/v3/directline/tokens/generate';
    const body = { user: { id: 'dl_ana' } };
    const made = await bench.call('POST', path, secret, body);
    expect(made.status).toBe(200);
    expect(jwt.decode(made.json.token as unknown as string)).toMatchObject({ user: 'dl_ana' });
    expect((await bench.call('POST', path, 'wrong', body)).status).toBe(403);
    expect((await bench.call('POST', path, undefined, body)).status).toBe(403);
    expect((await bench.call('POST', path, secret, { user: { id: 'ana' } })).status).toBe(400);
    const open = await Bench.open();
    expect((await open.call('POST', path, '', body)).status).toBe(403);
    await open.close();
  });

  test('a valid token is changed for a new one of the same conversation and person', async () => {
    const { token, conversationId } = await bench.started();
    bench.clock.move(60);
    const fresh = await bench.call('POST', '/v3/directline/tokens/refresh', token);
    expect(fresh).toMatchObject({ status: 200, json: { conversationId, expires_in: 1800 } });
    expect(fresh.json.token).not.toBe(token);
  });

  test('a token that ended within the grace time is refreshed while its conversation lives, and serves for nothing else', async () => {
    const conversation = await bench.started();
    bench.clock.move(1800 + 3600);
    expect(await bench.says(conversation, 'hello', 'm1')).toMatchObject({
      status: 403,
      json: { error: { code: 'TokenExpired' } },
    });
    const fresh = await bench.call('POST', '/v3/directline/tokens/refresh', conversation.token);
    expect(fresh.status).toBe(200);
    const again = await bench.says({ ...conversation, token: fresh.json.token as unknown as string }, 'hello', 'm1');
    expect(again.status).toBe(200);
  });

  test('after the grace time, or without its conversation, an old token is worth nothing', async () => {
    const late = await bench.started();
    const unborn = await bench.token();
    bench.clock.move(1801);
    const refresh = (token: string) => bench.call('POST', '/v3/directline/tokens/refresh', token);
    expect((await refresh(unborn.token)).status).toBe(403);
    expect((await refresh(late.token)).status).toBe(200);
    bench.clock.move(12 * 3600);
    expect(await refresh(late.token)).toMatchObject({ status: 403, json: { error: { code: 'TokenExpired' } } });
  });

  test.each([
    ['no token', undefined],
    ['garbage', 'garbage'],
    ['an unsigned token', jwt.sign({ conv: 'c', user: 'dl_x' }, '', { algorithm: 'none', audience: 'directline' })],
    ['a token of another key', jwt.sign({ conv: 'c', user: 'dl_x' }, 'other key', { audience: 'directline' })],
  ])('%s is refused', async (_what, token) => {
    expect(await bench.call('POST', '/v3/directline/conversations', token, {})).toMatchObject({
      status: 401,
      json: { error: { code: 'Unauthorized', message: expect.any(String) } },
    });
  });

  test('a stream ticket is no token, and a token no ticket', async () => {
    const { conversationId, token, streamUrl } = await bench.started();
    const ticket = new URL(streamUrl).searchParams.get('t') as string;
    expect((await bench.history({ conversationId, token: ticket, streamUrl })).activities).toBeUndefined();
    expect(await bench.stream(streamUrl.replace(ticket, token)).refused()).toBe(403);
  });

  test('a token opens only its own conversation', async () => {
    const mine = await bench.started();
    const theirs = await bench.started();
    const mixed = { ...theirs, token: mine.token };
    expect(await bench.says(mixed, 'hello', 'm1')).toMatchObject({
      status: 403,
      json: { error: { code: 'Forbidden' } },
    });
    const path = `/v3/directline/conversations/${theirs.conversationId}`;
    for (const [method, end] of [
      ['GET', ''],
      ['GET', '/activities'],
      ['POST', '/upload'],
    ] as const)
      expect((await bench.call(method, `${path}${end}`, mine.token, method === 'POST' ? {} : undefined)).status).toBe(
        403,
      );
    const ticket = new URL(mine.streamUrl).searchParams.get('t') as string;
    const url = theirs.streamUrl.replace(/t=.*/, `t=${ticket}`);
    expect(await bench.stream(url).refused()).toBe(403);
  });

  test('the session id that clients ask for is there', async () => {
    const { token, conversationId } = await bench.started();
    expect(await bench.call('GET', '/v3/directline/session/getsessionid', token)).toMatchObject({
      status: 200,
      json: { sessionId: conversationId },
    });
  });

  test('trusted pages get the headers that let them call from another origin, others do not', async () => {
    const path = '/v3/directline/conversations/x/activities';
    const preflight = (origin: string) => bench.call('OPTIONS', path, undefined, undefined, { Origin: origin });
    const trusted = await preflight('https://town.example');
    expect(trusted.status).toBe(204);
    expect(trusted.headers.get('access-control-allow-origin')).toBe('https://town.example');
    expect(trusted.headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent');
    const other = await preflight('https://evil.example');
    expect(other.status).toBe(204);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const { token } = await bench.token();
    const answer = await bench.call(
      'POST',
      '/v3/directline/conversations',
      token,
      {},
      { Origin: 'https://town.example' },
    );
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://town.example');
  });

  test('with a public address the stream address is the public one, and for the machine itself its own', async () => {
    const clock = createFakeClock();
    const bench = await Bench.open({ clock, publicUrl: 'https://guichet.example' });
    const { token } = await bench.token();
    const ask = (headers: Record<string, string>) =>
      bench.call('POST', '/v3/directline/conversations', token, {}, headers);
    expect((await ask({ 'X-Forwarded-For': '203.0.113.7' })).json.streamUrl).toMatch(/^wss:\/\/guichet\.example\/v3\//);
    expect((await ask({})).json.streamUrl).toMatch(/^ws:\/\/127\.0\.0\.1:/);
    await bench.close();
  });
});
