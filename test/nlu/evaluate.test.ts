import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { main } from '../../src/cli/evaluate';
import { scoreRow, summarise } from '../../src/cli/evaluate-score';

async function run(argv: string[]): Promise<{ status: number; text: string }> {
  let text = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { status: await main(argv, Readable.from([]), stdout), text };
}

const row = {
  id: 'x1',
  lang: 'fr',
  text: 'je suis péruvien, où est passée ma carte ?',
  topic: 'carte-vitale-delay',
  also: [],
  profile: { nationality: 'other' },
  scope: 'in' as const,
};

test('a file is scored row by row, as JSON', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'evaluate-')), 'rows.jsonl');
  writeFileSync(
    file,
    `${JSON.stringify(row)}\n${JSON.stringify({ ...row, id: 'x2', text: 'je veux mourir', topic: 'crisis-suicide', scope: 'out' })}\n`,
  );
  const { status, text } = await run([file, '--json']);
  expect(status).toBe(0);
  const { summary, rows } = JSON.parse(text);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ id: 'x1', language: 'fr', slots: { nationality: 'other', country: ['PE'] } });
  expect(rows[0].articles).toHaveLength(3);
  expect(rows[1]).toMatchObject({ id: 'x2', status: 'crisis' });
  expect(summary.all).toMatchObject({ rows: 2, language: 1, crisis: 1 });
}, 60_000);

test('without a file it says how it is used; a bad line is named', async () => {
  expect(await run([])).toMatchObject({ status: 2 });
  const file = join(mkdtempSync(join(tmpdir(), 'evaluate-')), 'bad.jsonl');
  writeFileSync(file, '{"id": 1}\n');
  const { status, text } = await run([file]);
  expect(status).toBe(1);
  expect(text).toContain('bad.jsonl:1');
});

test('an invented value costs precision, a missed one recall, "*" is any value but none', () => {
  const score = (slots: Record<string, unknown>, profile: Record<string, unknown>) =>
    summarise([scoreRow({ ...row, profile }, { language: 'fr', status: 'answered', articles: [], slots })]).all;
  expect(score({ nationality: 'other', activity: 'student' }, { nationality: 'other' })).toMatchObject({
    slotPrecision: 0.5,
    slotRecall: 1,
  });
  expect(score({}, { permit: '*' })).toMatchObject({ slotPrecision: null, slotRecall: 0 });
  expect(score({ permit: 'none' }, { permit: '*' })).toMatchObject({ slotPrecision: 0, slotRecall: 0 });
  expect(score({ permit: 'receipt', country: ['PE'] }, { permit: '*' })).toMatchObject({
    slotPrecision: 1,
    slotRecall: 1,
  });
});
