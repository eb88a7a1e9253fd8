import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { mountWebChat } from '../../src/server/web-chat';
import { Served } from './support';

const folder = mkdtempSync(join(tmpdir(), 'guichet-pages-'));
const script = `/* ${'words '.repeat(1000)} */`;

/** A request that shows the bytes as they travel (fetch unpacks them). */
const raw = (url: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, string>; bytes: Buffer }>((resolve, reject) => {
    get(url, { headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers as never, bytes: Buffer.concat(chunks) });
    }).on('error', reject);
  });

describe('the pages', () => {
  const served = new Served();
  beforeAll(async () => {
    mkdirSync(join(folder, 'public', 'fonts'), { recursive: true });
    mkdirSync(join(folder, 'built'));
    const write = (path: string, text: string | Buffer) => writeFileSync(join(folder, path), text);
    write(
      'public/index.html',
      '<script nonce="{{nonce}}" src="/chat.js" type="module"></script><a href="/about">a</a>',
    );
    write('public/adviser.html', '<p>desk</p>');
    mkdirSync(join(folder, 'public', 'town'));
    write('public/town/index.html', '<p>town</p>');
    write('public/chat.js', 'overridden');
    write('public/fonts/a.woff2', Buffer.alloc(3000));
    write('public/small.css', 'a{}');
    write('public/.env', 'SECRET=1');
    write('built/chat.js', script);
    write('built/ready.js', script);
    write('built/ready.js.br', 'made at build');
    await mountWebChat(served.server, {
      folders: ['public', 'built', 'missing'].map((name) => join(folder, name)),
      pages: { '/about': `<style nonce="{{nonce}}"></style>${'<p>hello</p>'.repeat(200)}` },
      trustedOrigins: ['https://town.example'],
      unframed: ['/adviser'],
      https: true,
      socketBase: ({ host }) => `wss://${host}`,
    });
    await served.listen();
  });
  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });
  const fetchPath = (path: string, headers = {}) => raw(`${served.origin}${path}`, headers);

  test('a page comes with a policy whose nonce is its own and never used twice', async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const { status, headers, bytes } = await fetchPath('/');
      const nonce = /nonce="([^"]+)"/.exec(String(bytes))?.[1] ?? '';
      const policy = headers['content-security-policy'] ?? '';
      expect(status).toBe(200);
      expect(nonce).toMatch(/^[\w+/=]{22,}$/);
      expect(policy).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic'`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("frame-ancestors 'self' https://town.example");
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['strict-transport-security']).toBeDefined();
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  test('a page may talk to us and to nobody else, whatever the caller calls us', async () => {
    const may = async (host?: string) =>
      /connect-src ([^;]*);/.exec(
        (await fetchPath('/', host ? { host } : {})).headers['content-security-policy'] ?? '',
      )?.[1];
    expect(await may()).toBe(`'self' wss://127.0.0.1:${served.port}`);
    expect(await may('town.example')).toBe("'self' wss://town.example");
    for (const host of ['evil.example;script-src*', '*', "a'b", 'a,b']) expect(await may(host)).toBe("'self'");
  });

  test('a page that must not be framed is framed by nobody', async () => {
    const policy = async (path: string) => (await fetchPath(path)).headers['content-security-policy'];
    expect(await policy('/adviser')).toMatch(/frame-ancestors 'none'$/);
    expect(await policy('/town')).toMatch(/frame-ancestors 'self' https:\/\/town\.example$/);
  });

  test.each([
    ['br', (bytes: Buffer) => brotliDecompressSync(bytes)],
    ['gzip', (bytes: Buffer) => gunzipSync(bytes)],
  ])('pages and files travel as %s', async (encoding, unpack) => {
    for (const path of ['/about', '/chat.js']) {
      const plain = await fetchPath(path, { 'Accept-Encoding': 'identity' });
      const packed = await fetchPath(path, { 'Accept-Encoding': encoding });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(packed.headers.vary).toMatch(/^Accept-Encoding/);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
      const same = (bytes: Buffer) => String(bytes).replace(/nonce="[^"]+"/, '');
      expect(same(unpack(packed.bytes))).toBe(same(plain.bytes));
    }
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['deflate', undefined],
    ['', undefined],
  ])('Accept-Encoding %p gets %p', async (accept, encoding) => {
    expect((await fetchPath('/chat.js', { 'Accept-Encoding': accept })).headers['content-encoding']).toBe(encoding);
  });

  test('what was compressed at build is sent as it is; what cannot shrink is not compressed', async () => {
    expect(String((await fetchPath('/ready.js', { 'Accept-Encoding': 'br' })).bytes)).toBe('made at build');
    for (const path of ['/fonts/a.woff2', '/small.css'])
      expect((await fetchPath(path, { 'Accept-Encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  });

  test('a file that the browser has is not sent again, and asked for again after every start', async () => {
    const first = await fetchPath('/chat.js', { 'Accept-Encoding': 'br' });
    const tag = first.headers.etag as string;
    expect(first.headers['cache-control']).toBe('no-cache');
    expect(first.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const again = await fetchPath('/chat.js', { 'Accept-Encoding': 'br', 'If-None-Match': `"x", W/${tag}` });
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, tag]);
    expect((await fetchPath('/chat.js', { 'Accept-Encoding': 'gzip', 'If-None-Match': tag })).status).toBe(200);
  });

  test('a page names its files by their hash, and so asked for they are kept for a year', async () => {
    const page = String((await fetchPath('/')).bytes);
    const [, address = ''] = /src="(\/chat\.js\?v=[\w-]{16})"/.exec(page) ?? [];
    const imports = JSON.parse(/<script nonce="[^"]+" type="importmap">(.+?)<\/script>/.exec(page)?.[1] ?? '{}');
    expect(imports.imports['/chat.js']).toBe(address);
    expect(page).toContain('href="/about"');
    const caching = async (path: string) => (await fetchPath(path)).headers['cache-control'];
    expect(await caching(address)).toBe('public, max-age=31536000, immutable');
    expect(await caching('/chat.js?v=0123456789abcdef')).toBe('no-cache');
  });

  test('HTML files are pages without their ending, and a later folder wins', async () => {
    expect(String((await fetchPath('/adviser')).bytes)).toBe('<p>desk</p>');
    expect(String((await fetchPath('/town')).bytes)).toBe('<p>town</p>');
    expect(String((await fetchPath('/chat.js')).bytes)).toBe(script);
  });

  test.each(['/.env', '/index.html', '/../package.json', '/%2e%2e/package.json', '/fonts', '/ready.js.br', '/nothing'])(
    'there is nothing at %s',
    async (path) => {
      expect(await served.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 404 /,
      );
    },
  );
});

test('a server without a first page does not start', async () => {
  await expect(mountWebChat(new Served().server, { folders: ['missing'] })).rejects.toThrow(
    /PAGE_MISSING.*npm run build/,
  );
});
