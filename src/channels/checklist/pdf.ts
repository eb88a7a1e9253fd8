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
/** How long one document may take, in milliseconds, the start of the thread included. */
const longest = 20_000;
/** How long the thread stays when nobody asks, in milliseconds. */
const idle = 60_000;

export type PdfWriter = {
  /** False where the engine has no build for this platform: the page then offers none. */
  available: boolean;
  /** The checklist as a PDF. Throws `PDF_BUSY`, `PDF_OFF` or `PDF_FAILED`. */
  write(list: TakeAlong): Promise<Buffer>;
  /** Ends the thread; what is under way is given up. */
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

type Job = { id: number; checklist: string; resolve(pdf: Buffer): void; reject(error: Error): void };

/** Writes PDFs in one thread, one after the other; the thread starts with the first, and a broken one is replaced. */
export function createPdfWriter(available = canWritePdfs()): PdfWriter {
  const waiting: Job[] = [];
  let current: Job | null = null;
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;
  let last = 0;

  async function close(): Promise<void> {
    const open = worker;
    worker = null;
    clearTimeout(timer);
    await open?.terminate();
  }
  /** The document under way has come to its end; the next one begins. */
  function settle(end: (job: Job) => void): void {
    const job = current;
    current = null;
    clearTimeout(timer);
    if (job) end(job);
    next();
  }
  const fail = (detail?: string, cause?: unknown) =>
    settle(({ reject }) => reject(new CodedError('PDF_FAILED', detail, { cause })));

  function next(): void {
    current = waiting.shift() ?? null;
    if (!current) {
      timer = setTimeout(() => void close(), idle).unref();
      return;
    }
    timer = setTimeout(() => {
      void close();
      fail('too slow');
    }, longest).unref();
    worker ??= open();
    worker.postMessage({ id: current.id, checklist: current.checklist } satisfies PdfJob);
  }
  function open(): Worker {
    const places: PdfPlaces = {
      template: join(projectRoot, 'assets', 'checklist', 'checklist.typ'),
      fonts: join(projectRoot, 'assets', 'fonts'),
    };
    const path = join(projectRoot, 'dist', 'src', 'channels', 'checklist', 'pdf-worker.js');
    const made = new Worker(path, { workerData: places });
    made.on('message', (done: PdfDone) => {
      if (done.id !== current?.id) return;
      if ('pdf' in done) settle(({ resolve }) => resolve(Buffer.from(done.pdf)));
      else fail(done.problem);
    });
    made.once('error', (error) => {
      if (worker !== made) return;
      worker = null;
      fail(undefined, error);
    });
    made.unref();
    return made;
  }

  return {
    available,
    write: (list) =>
      new Promise((resolve, reject) => {
        if (!available) return reject(new CodedError('PDF_OFF'));
        if (waiting.length >= mostWaiting) return reject(new CodedError('PDF_BUSY'));
        last += 1;
        waiting.push({ id: last, checklist: pdfData(list), resolve, reject });
        if (current) return;
        clearTimeout(timer);
        next();
      }),
    stop: async () => {
      for (const { reject } of waiting.splice(0)) reject(new CodedError('PDF_FAILED', 'stopped'));
      await close();
      if (current) fail('stopped');
      clearTimeout(timer);
    },
  };
}
