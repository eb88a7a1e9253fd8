import { PassThrough } from 'node:stream';
import { main } from '../../src/cli/smoke';
import { readConfig } from '../../src/config';
import { serve } from '../../src/main';
import { createMemoryStore } from '../../src/storage/memory';
import { keepingLogger } from '../support/edges';

async function smoke(url: string): Promise<{ status: number; printed: string }> {
  const output = new PassThrough();
  const status = await main([url], new PassThrough(), output);
  return { status, printed: String(output.read()) };
}

test('one conversation in each language reaches the checklist and leaves nothing behind', async () => {
  const store = createMemoryStore();
  const running = await serve(readConfig({ PORT: '0' }), { store, logger: keepingLogger() });
  try {
    const { status, printed } = await smoke(`http://127.0.0.1:${running.address.port}/any/path`);
    expect(printed).toContain('14 passed, 0 failed');
    expect(printed).toMatch(/✓ ar: \d+ ms, both phone lines/);
    expect(status).toBe(0);
  } finally {
    await running.stop();
  }
});

test('an address where nobody answers fails, and says so', async () => {
  const { status, printed } = await smoke('http://127.0.0.1:9/');
  expect(printed).toContain('✗ ready');
  expect(status).toBe(1);
});
