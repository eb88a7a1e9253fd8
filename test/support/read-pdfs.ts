import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a PDF says: its pieces of text with their place from the left, in points, and their page. */
export type ReadPdf = {
  pages: number;
  title: string;
  language: string;
  tagged: boolean;
  items: { str: string; x: number; page: number }[];
};

/** Reads PDFs with a reader that is not ours. */
export function readPdfs(pdfs: Uint8Array[]): ReadPdf[] {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-pdf-'));
  try {
    const files = pdfs.map((bytes, index) => {
      const file = join(folder, `${index}.pdf`);
      writeFileSync(file, bytes);
      return file;
    });
    const out = execFileSync(process.execPath, [join(__dirname, 'pdf-reader.mjs'), ...files], { maxBuffer: 1e8 });
    return JSON.parse(out.toString('utf8')) as ReadPdf[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All its words, without spaces and line ends. */
export const textOfPdf = ({ items }: ReadPdf): string =>
  items
    .map(({ str }) => str)
    .join('')
    .replaceAll(/\s/g, '');
