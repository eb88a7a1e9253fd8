import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** A file held in memory. Compressed forms are made when first asked for, unless a `.br` or `.gz` file lies beside it. */
export type StaticFile = {
  type: string;
  hash: string;
  bytes(encoding: Encoding): Promise<Buffer>;
  encodings: Encoding[];
};

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};
const alreadySmall = new Set(['.ico', '.png', '.woff2', '.pdf']);
/** Below this size, in bytes, compressing gains nothing. */
const smallest = 1024;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Compresses text. `effort` from 1 (quick) to 9 (small). */
export async function compress(bytes: Buffer, encoding: Encoding, effort: number): Promise<Buffer> {
  if (encoding === 'identity') return bytes;
  if (encoding === 'gzip') return zip(bytes, { level: effort });
  return brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: effort } });
}

/** The best encoding that the caller accepts, out of what there is. */
export function chooseEncoding(accept: string | undefined, offered: Encoding[]): Encoding {
  const accepted = new Map(
    (accept ?? '').split(',').map((part) => {
      const [name = '', q = ''] = part.split(';').map((piece) => piece.trim().toLowerCase());
      return [name, q.startsWith('q=') ? Number(q.slice(2)) : 1];
    }),
  );
  return offered.find((encoding) => (accepted.get(encoding) ?? 0) > 0) ?? 'identity';
}

/** Holds the bytes of a file; `ready` = compressed forms that there are already, by path. */
export function holdFile(path: string, bytes: Buffer, ready = new Map<string, Buffer>()): StaticFile {
  const extension = extname(path);
  const encodings: Encoding[] = bytes.length < smallest || alreadySmall.has(extension) ? [] : ['br', 'gzip'];
  const made = new Map<Encoding, Promise<Buffer>>([['identity', Promise.resolve(bytes)]]);
  for (const [encoding, suffix] of [
    ['br', '.br'],
    ['gzip', '.gz'],
  ] as const) {
    const given = ready.get(`${path}${suffix}`);
    if (given) made.set(encoding, Promise.resolve(given));
  }
  return {
    type: types[extension] ?? 'application/octet-stream',
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 16),
    encodings,
    bytes: (encoding) => {
      const held = made.get(encoding) ?? compress(bytes, encoding, 9);
      made.set(encoding, held);
      return held;
    },
  };
}

/**
 * Reads every file of the folders into memory, as URL path → file; a later folder wins. Hidden files and folders are left out, missing
 * folders are skipped.
 */
export function readFolders(folders: string[]): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const folder of folders) {
    const paths = listFiles(folder);
    const compressed = paths.filter((path) => /\.(br|gz)$/.test(path));
    const ready = new Map(compressed.map((path) => [path, readFileSync(path)]));
    for (const path of paths.filter((one) => !ready.has(one)))
      files.set(
        `/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`,
        holdFile(path, readFileSync(path), ready),
      );
  }
  return files;
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter(
        (path) =>
          !relative(folder, path)
            .split(sep)
            .some((part) => part.startsWith('.')),
      );
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}
