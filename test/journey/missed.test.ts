import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { main as runContent } from '../../src/cli/content';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openGuichet } from '../handoff/support';

/** Questions without an answer: kept only with consent, masked, of nobody, and shown in groups alone. */
let guichet: Guichet;
afterEach(() => guichet.stop());

const fishing = 'how do I renew my fishing licence in Brittany';

async function shown(): Promise<string> {
  const output = new PassThrough();
  const before = process.env.DATA_DIR;
  process.env.DATA_DIR = guichet.data;
  await runContent(['--missed'], new PassThrough(), output);
  process.env.DATA_DIR = before ?? '';
  output.end();
  return text(output);
}

test('five questions of two people are shown together, masked; four of one person never are', async () => {
  guichet = await openGuichet();
  const anna = await guichet.person('en-GB');
  await anna.says(`${fishing}? my number is 1 84 12 76 451 089 46`);
  await anna.says(`${fishing}?`);
  await anna.presses('do=keepYes');
  for (const more of ['now', 'quickly', 'please', 'by post', 'again']) await anna.says(`${fishing} ${more}?`);
  const alone = await shown();
  expect(alone).toContain('0 of 4 questions shown');
  const bruno = await guichet.person('en-GB');
  await bruno.says(`${fishing}?`);
  await bruno.presses('do=keepYes');
  const together = await shown();
  expect(together).toContain('5 of 5 questions shown');
  expect(together).toContain(`${fishing} please?`);
  expect(together).not.toContain('1 84 12 76');
});

test('without a yes nothing is kept; with one, for thirty days and without the conversation', async () => {
  const store = createMemoryStore();
  guichet = await openGuichet({ store });
  const person = await guichet.person('en-GB');
  await person.says(`${fishing}?`);
  expect(JSON.stringify(await person.sees())).toContain('May I keep your unanswered questions for 30 days');
  await person.says(`${fishing} tomorrow?`);
  await person.presses('do=keepNo');
  await person.says(`${fishing} today?`);
  expect(await store.operator.missed()).toEqual([]);
  await person.presses('do=keepYes');
  const [kept] = await store.operator.missed();
  expect(kept).toEqual({ day: '2026-05-05', language: 'en', text: `${fishing} today?` });
  await person.presses('do=forget');
  expect(await store.operator.forgetMissed('2026-05-05')).toBe(0);
  expect(await store.operator.forgetMissed('2026-05-06')).toBe(1);
});
