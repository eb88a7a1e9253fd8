import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listLanguages } from '../../../src/channels/activity/languages';
import { readConfig } from '../../../src/config';
import { Profile } from '../../../src/domain/profile';
import { openLibrary } from '../../../src/library/compile';
import { createWords } from '../../../src/library/i18n';
import { type Running, serve } from '../../../src/main';
import { bearing, callJson } from '../../support/call-json';
import { fakeClock, keepingLogger } from '../../support/edges';
import { PlainBrowser } from '../../support/plain-browser';

/** `PERSONAS` names further files of personas, one JSON a line, separated by commas. */
const files = [join(__dirname, '../../fixtures/personas.jsonl'), ...(process.env.PERSONAS ?? '').split(',')];
type Persona = { id: string; today: string; profile: Profile; expect: { outcome: string | string[] } };
const personas = files
  .filter((file) => existsSync(file))
  .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as Persona)
  .sort((a, b) => a.today.localeCompare(b.today));

const library = openLibrary();
const words = createWords(library);
const codes = listLanguages(library).map(({ code }) => code);
const asked = library.rulebook.interview.questions.map(({ slot }) => slot as string);
const clock = fakeClock();
let running: Running;
let data = '';
let largest = 0;
const origin = () => `http://127.0.0.1:${running.address.port}`;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'guichet-'));
  const config = readConfig({ PORT: '0', DATA_DIR: data, MESSAGES_PER_MINUTE: '100000' });
  running = await serve(config, { clock, logger: keepingLogger() });
}, 60_000);
afterAll(async () => {
  await running.stop();
  rmSync(data, { recursive: true, force: true });
});

/** How a person of this profile says a fact of theirs with a button, or in the box. */
const saying = (slot: string, value: unknown): string => `${slot}=${Array.isArray(value) ? value.join(',') : value}`;

/** What can be pressed to answer, without menus. */
const answersOn = ({ page }: PlainBrowser): string[] =>
  page.values.filter((value) => asked.includes(value.split('=')[0] ?? ''));

/** The interview through forms: facts that are never asked are written, every question is answered by its button. Gives what was sent. */
async function interview(browser: PlainBrowser, profile: Profile): Promise<string[]> {
  const sent: string[] = [];
  const send = async (value: string) => {
    sent.push(value);
    await (browser.page.values.includes(value) ? browser.press(value) : browser.write(value));
  };
  await browser.open();
  for (const [slot, value] of Object.entries(profile)) if (!asked.includes(slot)) await send(saying(slot, value));
  await send('do=start');
  for (let offered = answersOn(browser); offered.length > 0; offered = answersOn(browser)) {
    const slot = (offered[0] as string).split('=')[0] as keyof Profile;
    const value = profile[slot];
    await send(value === undefined ? `${slot}=unknown` : saying(slot, value));
    if (sent.length > 40) throw new Error(`no end after ${sent.join(' ')}`);
  }
  return sent;
}

type Block = {
  type?: string;
  text?: string;
  title?: string;
  body?: Block[];
  items?: Block[];
  actions?: Block[];
  card?: Block;
};
/** Everything that a card says. */
const textsIn = ({ text, title, body = [], items = [], actions = [], card }: Block): string[] => [
  ...[text, title].filter((one) => one !== undefined),
  ...[...body, ...items, ...actions, ...(card ? [card] : [])].flatMap(textsIn),
];
const plain = (text: string) =>
  text
    .replaceAll('**', '')
    .replace(/\[([^\]]*)\]\(tel:[^)]*\)/g, '$1')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.replace(/^- /, '').trim())
    .filter((line) => line !== '');

/** The same answers in the chat; gives what its last card says. */
async function chat(sent: string[], locale: string): Promise<string[]> {
  const call = async (path: string, body: object | undefined, token?: string) => {
    const { json } = await callJson(origin() + path, body ? 'POST' : 'GET', body, bearing(token));
    return json as {
      token: string;
      conversationId: string;
      activities: { attachments?: { content: Block }[] }[];
    };
  };
  const { token, conversationId } = await call('/api/directline/token', { locale });
  await call('/v3/directline/conversations', { locale }, token);
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  for (const text of sent) await call(path, { type: 'message', text, locale, from: { id: 'x' } }, token);
  const { activities } = await call(`${path}?watermark=0`, undefined, token);
  return (activities.findLast(({ attachments }) => attachments)?.attachments ?? []).flatMap(({ content }) =>
    textsIn(content),
  );
}

test.each(personas)('$id reaches the same outcome and checklist without JavaScript as in the chat', async (persona) => {
  const index = personas.indexOf(persona);
  const language = codes[index % codes.length] as string;
  clock.set(new Date(Date.parse(`${persona.today}T09:00:00Z`) + index * 300_000).toISOString());
  const browser = new PlainBrowser(origin(), language);
  const sent = await interview(browser, Profile.parse(persona.profile));
  largest = Math.max(largest, browser.largest);
  const { page } = browser;
  expect(page.attributes.lang).toBe(language);
  const t = words.in(language);
  const keys = [persona.expect.outcome]
    .flat()
    .flatMap((id) => [`outcomes:${id}.title`, `outcomes:${id}.titleOther`])
    .filter((key) => words.has(language, key));
  const titles = keys.map((key) => plain(t(key)).join());
  expect(page.headings.some(({ text }) => titles.includes(text.trim()))).toBe(true);
  const card = (await chat(sent, language)).flatMap(plain);
  expect(card.length).toBeGreaterThan(20);
  expect(card.filter((text) => !page.now.includes(text))).toEqual([]);
  expect(page.now.split('☐').length).toBe(card.join('\n').split('☐').length);
  expect(browser.largest).toBeLessThanOrEqual(30_000);
});

test('there were personas, and some filled a page', () => {
  expect(personas.length).toBeGreaterThanOrEqual(50);
  expect(largest).toBeGreaterThan(10_000);
});
