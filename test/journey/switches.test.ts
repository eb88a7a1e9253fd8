import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { main as runSwitch } from '../../src/cli/switch';
import { decide } from '../../src/domain/decide';
import type { Profile } from '../../src/domain/profile';
import { type Guichet, openGuichet } from '../handoff/support';
import { rulebook } from '../support/machine';

/** What an operator turns off while people talk: the command on one side, the product on the other. */
let guichet: Guichet;
beforeEach(async () => {
  guichet = await openGuichet();
});
afterEach(() => guichet.stop());

async function run(...args: string[]): Promise<{ status: number; said: string }> {
  const output = new PassThrough();
  const before = process.env.DATA_DIR;
  process.env.DATA_DIR = guichet.data;
  const status = await runSwitch(args, new PassThrough(), output);
  process.env.DATA_DIR = before ?? '';
  output.end();
  return { status, said: await text(output) };
}
async function turn(way: 'off' | 'on', kind: string, name: string): Promise<void> {
  expect((await run(way, kind, name, '--why', 'the law has changed', '--by', 'marie')).status).toBe(0);
  await guichet.running.tick();
}
const bothLines = ['36 46', '09 74 75 36 46'];
const expectLines = (said: string) => {
  for (const line of bothLines) expect(said).toContain(line);
};
const worker: Profile = { nationality: 'other', activity: 'employee', permit: 'residencePermit' };

test('a topic that is off says that it is being checked, is offered nowhere, and comes back', async () => {
  const person = await guichet.person('en-GB');
  await person.sees();
  await turn('off', 'topic', 'rib-bank-account');
  await person.says('what is a RIB?');
  const off = (await person.sees()).join();
  expect(off).toContain('This answer is being checked');
  expectLines(off);
  const inGroup = await guichet.call('POST', '/api/messages', {
    type: 'message',
    id: 'g1',
    channelId: 'emulator',
    deliveryMode: 'expectReplies',
    locale: 'en-GB',
    from: { id: 'somebody' },
    recipient: { id: 'bot' },
    conversation: { id: 'group', isGroup: true },
    text: 'what is a RIB?',
  });
  expect(JSON.stringify(inGroup.body)).toContain('This answer is being checked');
  await turn('on', 'topic', 'rib-bank-account');
  await person.says('what is a RIB?');
  expect((await person.sees()).join()).not.toContain('being checked');
});

test('a rule that is off leaves its cases to an adviser, also where its verdict stood already', async () => {
  const [rule = ''] = decide(worker, rulebook, '2026-05-05').outcome?.rules ?? [];
  const person = await guichet.person('en-GB');
  for (const [slot, value] of Object.entries(worker)) await person.presses(`${slot}=${value}`);
  expect((await person.sees()).join()).toContain('There is no waiting period');
  await turn('off', 'rule', rule);
  await person.says('show me my result');
  const off = (await person.sees()).join();
  expect(off).not.toContain('There is no waiting period');
  expect(off).toContain('The rule for this case is being checked');
  expectLines(off);
  await turn('on', 'rule', rule);
  await person.says('show me my result');
  expect((await person.sees()).join()).toContain('There is no waiting period');
});

test('a language that is off says so in that language, offers the others, and lets danger pass', async () => {
  await turn('off', 'language', 'ro');
  const person = await guichet.person('ro-RO');
  const off = (await person.sees()).join();
  expect(off).toContain('Textele mele în această limbă sunt în curs de verificare');
  expect(off).toContain('lang=fr');
  expect(off).not.toContain('lang=ro');
  expectLines(off);
  await person.says('vreau să mă sinucid');
  expect((await person.sees()).join()).toContain('3114');
  await person.presses('lang=fr');
  expect((await person.sees()).join()).toContain('continuons en français');
});

test.each([
  ['language', 'ro', 'Textele mele în această limbă sunt în curs de verificare'],
  ['channel', 'plain', 'deocamdată nu poate răspunde aici'],
])('what is off is off on the first page too: a %s', async (kind, name, words) => {
  const page = async () => (await (await fetch(`${guichet.origin}/plain?lang=ro`)).text()).replaceAll('\u00a0', ' ');
  const offered = async () =>
    (await guichet.call('GET', '/api/languages')).body.map(({ code }: { code: string }) => code);
  const first = await page();
  expect(first).not.toContain(words);
  await turn('off', kind, name);
  const off = await page();
  expect(off).toContain(words);
  expect(off).not.toContain('value="activity=');
  expectLines(off);
  expect((await offered()).includes('ro')).toBe(kind !== 'language');
  await turn('on', kind, name);
  expect(await page()).not.toContain(words);
});

test('a channel that is off gives one polite message with both lines; forgetting still works', async () => {
  const person = await guichet.person();
  await person.presses('activity=employee');
  await person.sees();
  await turn('off', 'channel', 'directline');
  await person.says('je suis brésilienne');
  const off = await person.sees();
  expect(off).toHaveLength(1);
  expect(off.join()).toContain('ne peut pas répondre ici');
  expectLines(off.join());
  const other = await guichet.person();
  await other.says('oubliez-moi');
  expect((await other.sees()).join()).toContain('sont effacées');
});

test('who, when and why are kept; what does not exist and what has no reason is refused', async () => {
  await turn('off', 'language', 'tr');
  await turn('on', 'language', 'tr');
  expect((await run('list')).said).toBe('');
  const { said } = await run('history');
  expect(said).toMatch(/^\d{4}-.*Z {2}off {2}language tr {2}by marie: the law has changed\n.*Z {2}on {3}language tr/);
  for (const wrong of [
    ['off', 'rule', 'no-such-rule', '--why', 'x'],
    ['off', 'language', 'xx', '--why', 'x'],
    ['off', 'planet', 'mars', '--why', 'x'],
    ['off', 'language', 'tr'],
  ])
    expect((await run(...wrong)).status).toBe(1);
});
