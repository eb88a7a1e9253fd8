import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { serve } from '../../src/main';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openAdviser, openGuichet } from './support';

let folder: string;
let guichet: Guichet | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-translator-'));
});
afterEach(async () => {
  await guichet?.stop();
  guichet = null;
  rmSync(folder, { recursive: true, force: true });
});

/** A person writing Arabic and an adviser reading French, with a module of the operator. */
async function talk(module: string) {
  const path = join(folder, 'translator.js');
  writeFileSync(path, module);
  const store = createMemoryStore();
  guichet = await openGuichet({ store, env: { TRANSLATOR: path } });
  const anna = await openAdviser(guichet, store, 'anna');
  const person = await guichet.person('ar');
  await person.says('أريد التحدث مع شخص');
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.sees();
  await anna.says(id as string, 'Bonjour');
  const seen = (await person.sees()).join();
  const { body } = await anna.get(`handoffs/${id}`);
  return { seen, line: body.conversation.find(({ from }: { from: string }) => from === 'person'), guichet };
}

test('a plugged-in translation goes both ways, beside the words that were written', async () => {
  const { seen, line } = await talk(
    'exports.translate = async (text, from, to) => [from, " to ", to, ", 2 55 08 14 168 025 38: ", text].join("");',
  );
  expect(seen).toMatch(/fr to ar, •••: .*Bonjour.*Bonjour/s);
  expect(line).toMatchObject({ text: 'أريد التحدث مع شخص', translation: 'ar to fr, •••: أريد التحدث مع شخص' });
});

test.each([
  ['fails', "exports.translate = async () => { throw new Error('أريد'); };", 'TRANSLATOR_FAILED'],
  ['never answers', 'exports.translate = () => new Promise(() => {});', 'TRANSLATOR_LATE'],
  ['gives something odd', 'exports.translate = async () => ({ a: 1 });', null],
])('a translation that %s changes nothing', async (_, module, code) => {
  const { seen, line, guichet } = await talk(module);
  expect(seen).toContain('Bonjour');
  expect(line).not.toHaveProperty('translation');
  const lines = guichet.logger.lines.filter(({ fields }) => /TRANSLATOR/.test(String(fields.code)));
  expect(lines.map(({ fields }) => fields.code).slice(0, 1)).toEqual(code ? [code] : []);
  expect(JSON.stringify(lines)).not.toContain('أريد');
});

test('a module without the function keeps the program from starting', async () => {
  const path = join(folder, 'empty.js');
  writeFileSync(path, 'exports.other = 1;');
  const config = readConfig({ PORT: '0', DATA_DIR: folder, TRANSLATOR: path });
  await expect(serve(config, { store: createMemoryStore() })).rejects.toThrow(
    /TRANSLATOR: .* exports no function translate/,
  );
});
