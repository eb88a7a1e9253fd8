import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '../errors';
import type { HttpHost, HttpReply, HttpRequest } from '../http';
import { chooseEncoding, compress, readFolders, type StaticFile } from './static-file';

type Page = string | ((request: HttpRequest) => string);

export type WebChatDeps = {
  /** Folders whose files are served under their own paths; a later one wins. HTML files are served as pages, without their ending. */
  folders: string[];
  /** Pages made by the program, path → HTML with `{{nonce}}` in it, made anew for each request or not; they win over HTML files. `/` must be in one of the two. */
  pages?: Record<string, Page>;
  /** Further pages that may frame ours, as origins. */
  trustedOrigins?: string[];
  /** Paths of pages that nobody may frame, not even those origins: what is pressed there has consequences. */
  unframed?: string[];
  /** Set when people reach us by https: browsers then insist on it. */
  https?: boolean;
};

/** Hash of nothing: Web Chat adds a `style` element without a nonce that stays empty. It may do that and no more. */
const emptyHash = `sha256-${createHash('sha256').digest('base64')}`;

/**
 * What a page may do: run our scripts (marked with a fresh nonce), talk to us, show pictures that are here. Web Chat sets styles through
 * the nonce it is given.
 */
const contentPolicy = (nonce: string, ancestors: string[]): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}' '${emptyHash}'`,
    "connect-src 'self' ws: wss:",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');

/** Sends a page, `{{nonce}}` still in it, with the headers of all our pages. */
export async function sendPage(
  path: string,
  html: string,
  request: HttpRequest,
  deps: Pick<WebChatDeps, 'trustedOrigins' | 'unframed' | 'https'>,
): Promise<HttpReply> {
  const nonce = randomBytes(16).toString('base64');
  const encoding = chooseEncoding(request.headers['accept-encoding'], ['br', 'gzip']);
  const ancestors = deps.unframed?.includes(path) ? ["'none'"] : ["'self'", ...(deps.trustedOrigins ?? [])];
  const body = await compress(Buffer.from(html.replaceAll('{{nonce}}', nonce)), encoding, 4);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentPolicy(nonce, ancestors),
      // Not `no-referrer`: our own forms would lose their origin with it.
      'Referrer-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
      ...(deps.https ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
      ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
      Vary: 'Accept-Encoding, Accept-Language',
    },
    body,
  };
}

async function sendFile(file: StaticFile, { headers }: HttpRequest): Promise<HttpReply> {
  const encoding = chooseEncoding(headers['accept-encoding'], file.encodings);
  const tag = `"${file.hash}${encoding === 'identity' ? '' : `-${encoding}`}"`;
  const known = (headers['if-none-match'] ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
  const common = { ETag: tag, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' };
  if (known) return { status: 304, headers: common };
  return {
    status: 200,
    headers: {
      ...common,
      'Content-Type': file.type,
      ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
    },
    body: await file.bytes(encoding),
  };
}

/**
 * Serves pages and files, all read once: a change needs a restart. Files are checked again by their ETag on each use. Throws
 * `PAGE_MISSING` when there is no first page.
 */
export async function mountWebChat(server: HttpHost, deps: WebChatDeps): Promise<void> {
  const files = readFolders(deps.folders);
  const pages = new Map<string, Page>();
  for (const [path, file] of files) {
    if (!path.endsWith('.html')) continue;
    files.delete(path);
    pages.set(path.replace(/\/index\.html$|\.html$/, '') || '/', (await file.bytes('identity')).toString('utf8'));
  }
  for (const [path, html] of Object.entries(deps.pages ?? {})) pages.set(path, html);
  if (!pages.has('/')) throw new CodedError('PAGE_MISSING');
  for (const [path, page] of pages)
    server.route('GET', path, (request) =>
      sendPage(path, typeof page === 'string' ? page : page(request), request, deps),
    );
  for (const [path, file] of files) server.route('GET', path, (request) => sendFile(file, request));
}
