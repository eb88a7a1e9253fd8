// Reads PDF files, as `node pdf-reader.mjs FILE…`: one JSON on standard output. Apart from the tests, because the reader is an ES module.
import { readFileSync } from 'node:fs';
import { getDocumentProxy } from 'unpdf';

const read = async (file) => {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)));
  const { info } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  const items = [];
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const content = await (await pdf.getPage(page)).getTextContent();
    items.push(...content.items.map(({ str, transform }) => ({ str, x: transform[4], page })));
  }
  return { pages: pdf.numPages, title: info.Title, language: info.Language, tagged: marks?.Marked === true, items };
};

const all = [];
for (const file of process.argv.slice(2)) all.push(await read(file));
process.stdout.write(JSON.stringify(all));
