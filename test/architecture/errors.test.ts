import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, errorCatalogue, errorEntry } from '../../src/errors';

const root = join(__dirname, '..', '..');
const page = join(root, 'docs', 'errors.md');
const codes = (Object.keys(errorCatalogue) as ErrorCode[]).sort();

/** The page as it must be. `UPDATE_DOCS=1 npx jest test/architecture/errors` writes it. */
function render(): string {
  const rows = codes.map((code) => {
    const { status, level, message, remedy } = errorEntry(code);
    return `| \`${code}\` | ${status} | ${level} | ${message} | ${remedy} |`;
  });
  return `# Errors

Every error that leaves the program or ends it. Made from \`src/errors.ts\`; do not edit by hand: \`UPDATE_DOCS=1 npx jest test/architecture/errors\`.
Answers hold \`{"error":{"code","message"}}\`; Direct Line answers carry the code of that protocol instead of ours. Log lines carry ours.
Level: \`error\` = somebody must act, \`warn\` = worth a look when it repeats, \`info\` = the caller's mistake.

| code | HTTP | level | what the caller reads | what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.ts') && entry.name !== 'errors.ts')
  .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'))
  .join('\n');

/** Formatters pad the cells of tables: only the words count. */
const words = (text: string): string =>
  text
    .replace(/ *\| */g, '|')
    .replace(/-{3,}/g, '---')
    .trim();

test('docs/errors.md shows the catalogue', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, render());
  expect(words(readFileSync(page, 'utf8'))).toBe(words(render()));
});

test('every code has the form AREA_REASON, a fitting status, and sentences without secrets', () => {
  for (const code of codes) {
    const { status, message, remedy } = errorEntry(code);
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
    expect(status >= 400 && status < 600).toBe(true);
    for (const sentence of [message, remedy]) expect(sentence).toMatch(/^\S.*\.$/);
  }
});

test.each(codes)('%s is used', (code) => {
  expect(sources).toContain(`'${code}'`);
});

test('every code that a log line or an answer names is in the catalogue', () => {
  const named = [...sources.matchAll(/\bcode: '([A-Z]+(?:_[A-Z]+)+)'|\b(?:refuse|CodedError)\('([A-Z_]+)'/g)];
  const unknown = named
    .map(([, logged, thrown]) => logged ?? thrown ?? '')
    .filter((code) => !(codes as string[]).includes(code));
  expect(unknown).toEqual([]);
});
