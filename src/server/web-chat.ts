import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '../errors';
import type { HttpHost, HttpReply, HttpRequest } from '../http';
import { chooseEncoding, compress, holdFile, readFolders, type StaticFile } from './static-file';

type PageMaker = (request: HttpRequest) => string;
type Page = string | PageMaker;

/** What is the same for all pages. */
export type PageSetting = {
  /** Further pages that may frame ours, as origins. */
  trustedOrigins?: string[];
  /** Set when people reach us by https: browsers then insist on it. */
  https?: boolean;
  /** Where the scripts of a page find our WebSockets, as the caller reaches us. */
  socketBase?(headers: HttpRequest['headers']): string;
};

export type WebChatDeps = PageSetting & {
  /** Folders whose files are served under their own paths; a later one wins. HTML files are served as pages, without their ending. */
  folders: string[];
  /** Pages made by the program, path → HTML with `{{nonce}}` in it, made anew for each request or not; they win over HTML files. `/` must be in one of the two. */
  pages?: Record<string, Page>;
  /** Files made by the program, path → text; they win over those of the folders. */
  files?: Record<string, string>;
  /** Paths of pages that nobody may frame, not even those origins: what is pressed there has consequences. */
  unframed?: string[];
};

/** Hash of nothing: Web Chat adds a `style` element without a nonce that stays empty. It may do that and no more. */
const emptyHash = `sha256-${createHash('sha256').digest('base64')}`;

/**
 * What a page may do: run our scripts (marked with a fresh nonce), talk to us, show pictures that are here. Web Chat sets styles through
 * the nonce it is given.
 */
const contentPolicy = (nonce: string, ancestors: string[], sockets: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}' '${emptyHash}'`,
    // 'self' means our WebSockets too, but not to every browser.
    `connect-src 'self' ${sockets}`.trim(),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');

/** An origin and nothing more: part of it is what the caller says of us. */
const socketOrigin = /^wss?:\/\/[\w.:[\]-]+$/;

/** Sends a page, `{{nonce}}` still in it, with the headers of all our pages. */
export async function sendPage(
  path: string,
  html: string,
  request: HttpRequest,
  deps: PageSetting & Pick<WebChatDeps, 'unframed'>,
): Promise<HttpReply> {
  const nonce = randomBytes(16).toString('base64');
  const encoding = chooseEncoding(request.headers['accept-encoding'], ['br', 'gzip']);
  const ancestors = deps.unframed?.includes(path) ? ["'none'"] : ["'self'", ...(deps.trustedOrigins ?? [])];
  const sockets = deps.socketBase?.(request.headers) ?? '';
  const body = await compress(Buffer.from(html.replaceAll('{{nonce}}', nonce)), encoding, 4);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentPolicy(nonce, ancestors, socketOrigin.test(sockets) ? sockets : ''),
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

/**
 * A page whose files carry their hash in their address, so that browsers keep them for good and take a new one at once. Modules that
 * import each other find theirs by an import map; a browser without one asks for them as before.
 */
function stampFiles(path: string, html: string, files: Map<string, StaticFile>): string {
  const stamped = (file: string) => `${file}?v=${files.get(file)?.hash}`;
  const linked = html.replace(/(?<=(?:src|href)=")\/[^"?#]+(?=")/g, (file) => (files.has(file) ? stamped(file) : file));
  if (!/type="module"/.test(html)) return linked;
  const folder = path === '/' ? path : `${path}/`;
  const modules = [...files.keys()].filter(
    (file) => /^[^/]+\.js$/.test(file.slice(folder.length)) && file.startsWith(folder),
  );
  const imports = JSON.stringify({ imports: Object.fromEntries(modules.map((file) => [file, stamped(file)])) });
  return linked.replace(
    /<link|<script/,
    (first) => `<script nonce="{{nonce}}" type="importmap">${imports}</script>${first}`,
  );
}

async function sendFile(file: StaticFile, { headers, query }: HttpRequest): Promise<HttpReply> {
  const encoding = chooseEncoding(headers['accept-encoding'], file.encodings);
  const tag = `"${file.hash}${encoding === 'identity' ? '' : `-${encoding}`}"`;
  const known = (headers['if-none-match'] ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
  const caching = query.get('v') === file.hash ? 'public, max-age=31536000, immutable' : 'no-cache';
  const common = { ETag: tag, 'Cache-Control': caching, Vary: 'Accept-Encoding' };
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
 * Serves pages and files, all read once: a change needs a restart. A file asked for by its hash may be kept for a year, any other is
 * checked again by its ETag on each use. Throws `PAGE_MISSING` when there is no first page.
 */
export async function mountWebChat(server: HttpHost, deps: WebChatDeps): Promise<void> {
  const files = readFolders(deps.folders);
  for (const [path, text] of Object.entries(deps.files ?? {})) files.set(path, holdFile(path, Buffer.from(text)));
  const pages = new Map<string, Page>();
  for (const [path, file] of files) {
    if (!path.endsWith('.html')) continue;
    files.delete(path);
    pages.set(path.replace(/\/index\.html$|\.html$/, '') || '/', (await file.bytes('identity')).toString('utf8'));
  }
  for (const [path, html] of Object.entries(deps.pages ?? {})) pages.set(path, html);
  if (!pages.has('/')) throw new CodedError('PAGE_MISSING');
  for (const [path, page] of pages) {
    const fixed = typeof page === 'string' ? stampFiles(path, page, files) : null;
    const render = (request: HttpRequest) => fixed ?? stampFiles(path, (page as PageMaker)(request), files);
    server.route('GET', path, (request) => sendPage(path, render(request), request, deps));
  }
  for (const [path, file] of files) server.route('GET', path, (request) => sendFile(file, request));
}
