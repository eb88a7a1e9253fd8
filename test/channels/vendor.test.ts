import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const folder = join(__dirname, '../../vendor/botframework-webchat');

test('Web Chat is the file that was published, unmodified, with its notices', () => {
  const recorded = /sha-512: ([0-9a-f]{128})/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1];
  expect(
    createHash('sha512')
      .update(readFileSync(join(folder, 'webchat.js')))
      .digest('hex'),
  ).toBe(recorded);
  expect(
    brotliDecompressSync(readFileSync(join(folder, 'webchat.js.br'))).equals(readFileSync(join(folder, 'webchat.js'))),
  ).toBe(true);
  expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toContain('MIT License');
  expect(readFileSync(join(folder, 'webchat.js.LICENSE.txt'), 'utf8')).toContain('React');
});

test('there is one copy of each part of botbuilder', () => {
  const lock = readFileSync(join(__dirname, '../../package-lock.json'), 'utf8');
  for (const name of ['botbuilder-core', 'botframework-schema', 'botframework-connector'])
    expect(lock.match(new RegExp(`"node_modules/(?:.*/)?${name}":`, 'g'))).toHaveLength(1);
});
