import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Both, TakeAlong } from '../../conversation/take-along';
import { CodedError } from '../../errors';
import { projectRoot } from '../../library/project-root';
import type { PdfDone, PdfJob, PdfPlaces } from './pdf-worker';

/** Most documents that wait at once; further ones are refused. */
const mostWaiting = 20;
/** How long a document may take, in milliseconds, the way to its turn included. */
const longest = 15_000;
/** How long the thread stays when nobody asks, in milliseconds. */
const idle = 60_000;

export type PdfWriter = {
  /** False where the engine has no build for this platform: the page then offers none. */
  available: boolean;
  /** The checklist as a PDF. Throws `PDF_BUSY`, `PDF_OFF` or `PDF_FAILED`. */
  write(list: TakeAlong): Promise<Buffer>;
  stop(): Promise<void>;
};

const headings = {
  documents: 'common:card.documents',
  sendTo: 'common:card.sendTo',
  lines: 'common:card.lines',
  dates: 'takeaway:dates',
  sentOn: 'takeaway:sentOn',
  after: 'common:card.next',
  script: 'papers:script.title',
  letter: 'papers:letter.title',
  sources: 'common:card.sources',
};

/** All that the template needs, as JSON. */
export function pdfData(list: TakeAlong): string {
  const { label, ...data } = list;
  const labels: Record<string, Both> = {};
  for (const [name, key] of Object.entries(headings)) labels[name] = label(key);
  return JSON.stringify({ ...data, labels });
}

/** True when the engine's native part for this platform was installed, in the version that belongs to it. */
export function canWritePdfs(): boolean {
  const name = '@myriaddreamin/typst-ts-node-compiler';
  const builds = ['', '-gnu', '-musl', '-msvc', '-gnueabihf', '-eabi'];
  const versionOf = (path: string) => {
    try {
      return (JSON.parse(readFileSync(from.resolve(`${path}/package.json`), 'utf8')) as { version: string }).version;
    } catch {
      return null;
    }
  };
  const from = createRequire(__filename);
  const wanted = versionOf(name);
  return (
    wanted !== null &&
    builds.some((build) => versionOf(`${name}-${process.platform}-${process.arch}${build}`) === wanted)
  );
}

type Waiting = { resolve(pdf: Buffer): void; reject(error: Error): void; timer: NodeJS.Timeout };

/** Writes PDFs in one thread, one after the other; the thread starts with the first, and a broken one is replaced. */
export function createPdfWriter(available = canWritePdfs()): PdfWriter {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let last = 0;

  function settle(id: number, end: (one: Waiting) => void): void {
    const one = waiting.get(id);
    if (!one) return;
    clearTimeout(one.timer);
    waiting.delete(id);
    end(one);
    if (waiting.size === 0) rest = setTimeout(() => void close(), idle).unref();
  }
  const giveUp = (error: unknown) => {
    for (const id of [...waiting.keys()])
      settle(id, ({ reject }) => reject(new CodedError('PDF_FAILED', undefined, { cause: error })));
  };
  async function close(): Promise<void> {
    const open = worker;
    worker = null;
    clearTimeout(rest);
    await open?.terminate();
  }
  function open(): Worker {
    const places: PdfPlaces = {
      template: join(projectRoot, 'assets', 'checklist', 'checklist.typ'),
      fonts: join(projectRoot, 'assets', 'fonts'),
    };
    const path = join(projectRoot, 'dist', 'src', 'channels', 'checklist', 'pdf-worker.js');
    const made = new Worker(path, { workerData: places });
    made.on('message', (done: PdfDone) =>
      settle(done.id, ({ resolve, reject }) =>
        'pdf' in done ? resolve(Buffer.from(done.pdf)) : reject(new CodedError('PDF_FAILED', done.problem)),
      ),
    );
    made.once('error', (error) => {
      if (worker === made) worker = null;
      giveUp(error);
    });
    made.unref();
    return made;
  }

  return {
    available,
    write: (list) =>
      new Promise((resolve, reject) => {
        if (!available) return reject(new CodedError('PDF_OFF'));
        if (waiting.size >= mostWaiting) return reject(new CodedError('PDF_BUSY'));
        clearTimeout(rest);
        last += 1;
        const id = last;
        const timer = setTimeout(() => {
          void close();
          giveUp('too slow');
        }, longest).unref();
        waiting.set(id, { resolve, reject, timer });
        worker ??= open();
        worker.postMessage({ id, checklist: pdfData(list) } satisfies PdfJob);
      }),
    stop: async () => {
      giveUp('stopped');
      await close();
    },
  };
}
