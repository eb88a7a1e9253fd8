import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Where template and fonts lie. */
export type PdfPlaces = { template: string; fonts: string };
export type PdfJob = { id: number; checklist: string };
export type PdfDone = { id: number; pdf: Uint8Array } | { id: number; problem: string };

/** The accessible kind of PDF: tagged, with language and title. */
const standard = 'ua-1';
/** Sizes of text, in points, that are tried until the list fits the wanted pages; the last one stands. */
const sizes = ['8.6', '8.1', '7.6', '7.2'] as const;
const wantedPages = 2;

/** Runs in a thread of its own: a document takes tens of milliseconds, in which the bot goes on answering. */
const { template, fonts } = workerData as PdfPlaces;
const fontBlobs = readdirSync(fonts)
  .filter((name) => name.endsWith('.ttf'))
  .map((name) => readFileSync(join(fonts, name)));
const compiler = NodeCompiler.create({ workspace: join(template, '..'), fontArgs: [{ fontBlobs }] });

function compile(checklist: string, size: string) {
  const compiled = compiler.compile({ mainFilePath: template, inputs: { checklist, size } });
  if (compiled.result) return compiled.result;
  throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no document'));
}

function write(checklist: string): Uint8Array {
  let document = compile(checklist, sizes[0]);
  for (const size of sizes.slice(1)) if (document.numOfPages > wantedPages) document = compile(checklist, size);
  return compiler.pdf(document, { pdfStandard: standard, pdfTags: true });
}

parentPort?.on('message', ({ id, checklist }: PdfJob) => {
  try {
    const pdf = write(checklist);
    parentPort?.postMessage({ id, pdf } satisfies PdfDone);
  } catch (error) {
    parentPort?.postMessage({ id, problem: String((error as Error).message) } satisfies PdfDone);
  } finally {
    compiler.evictCache(10);
  }
});
