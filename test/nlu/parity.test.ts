import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSays } from './support';

type Row = { lang: string; text: string; topic: string; also: string[] };
const rowsOf = (language: string): Row[] =>
  readFileSync(join(__dirname, '../fixtures/parity', `${language}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);

test('the same fifty subjects, asked in each language, are found about as well in all of them', async () => {
  const { says, library } = await openSays();
  const live = library.languages.filter((language) => language.live).map(({ code }) => code);
  const found = live.map((code) => {
    const rows = rowsOf(code);
    expect(rows).toHaveLength(50);
    const right = rows.filter(({ text, topic, also }) => [topic, ...also].includes(says(text).ranked[0]?.topic ?? ''));
    return { code, share: right.length / rows.length };
  });
  const shares = found.map(({ share }) => share);
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(0.1);
  expect(found.filter(({ share }) => share < 0.88)).toEqual([]);
}, 60_000);
