import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config';
import type { ConversationStore } from '../../../src/conversation/ports';
import { type Running, serve } from '../../../src/main';
import { createMemoryStore } from '../../../src/storage/memory';
import { fakeClock, keepingLogger } from '../../support/edges';
import { PlainBrowser } from '../../support/plain-browser';

const clock = fakeClock();
const logger = keepingLogger();
let store: ConversationStore;
let running: Running;
let data = '';
let opened = 0;
const origin = () => `http://127.0.0.1:${running.address.port}`;
const browse = (language = 'en') => new PlainBrowser(origin(), language);

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'guichet-'));
  store = createMemoryStore();
  const { openLog } = store;
  store.openLog = (...given) => {
    opened += 1;
    return openLog(...given);
  };
  running = await serve(readConfig({ PORT: '0', DATA_DIR: data }), { clock, logger, store });
}, 60_000);
afterAll(async () => {
  await running.stop();
  rmSync(data, { recursive: true, force: true });
});
beforeEach(() => clock.set(new Date(clock.now().getTime() + 600_000).toISOString()));

const conversationOf = ({ page }: PlainBrowser): string => {
  const [, claims = ''] = (page.forms[0]?.hidden.token ?? '').split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).conv;
};
const logOf = (browser: PlainBrowser) => store.readLog(conversationOf(browser), 0);

test('a visit stores nothing and sets no cookie; the first answer does', async () => {
  const browser = browse();
  opened = 0;
  const { headers } = await browser.open();
  expect([headers.get('set-cookie'), headers.get('cache-control')]).toEqual([null, 'no-store']);
  expect(browser.page.now).toContain('Where are you in the process?');
  expect(opened).toBe(0);
  await browser.press('I am starting');
  expect(opened).toBe(1);
  expect(browser.page.now).toMatch(/You I am starting[\s\S]*nationality/);
  expect(browser.page.html).not.toMatch(/<script/);
});

test('the page speaks the language that is asked for, in its direction, and changes it on the way', async () => {
  const browser = browse('tlh, ar;q=0.8, en;q=0.9;bad');
  expect((await browser.open('/plain?lang=zh')).attributes).toMatchObject({ lang: 'zh', dir: 'ltr' });
  expect((await browser.open()).attributes.lang).toBe('en');
  await browser.press('do=start');
  const { attributes, now, links, forms } = await browser.press('lang=ar');
  expect(attributes).toMatchObject({ lang: 'ar', dir: 'rtl' });
  expect(now).toMatch(/العربية[\s\S]*ما جنسيتك؟/);
  expect(links.filter(({ href }) => href.includes('lang='))).toEqual([]);
  expect(forms.every(({ method, action }) => method === 'post' && action === '/plain')).toBe(true);
});

test('a form that is sent twice, at once or later, is one answer', async () => {
  const browser = browse();
  const start = await browser.open();
  const pages = await Promise.all([1, 2, 3].map(() => browse().press('do=start', start)));
  expect(new Set(pages.map(({ now }) => now)).size).toBe(1);
  browser.page = pages[0] as typeof start;
  const before = await logOf(browser);
  expect(before).toHaveLength(4);
  const again = await browser.press('do=start', start);
  expect(again.text).not.toContain('out of date');
  expect(await logOf(browser)).toEqual(before);
});

test('the form of an old page changes nothing, says so, shows where the conversation is, and keeps what was written', async () => {
  const browser = browse();
  await browser.open();
  const old = await browser.press('do=start');
  await browser.press('nationality=eu');
  const before = await logOf(browser);
  const pressed = await browser.press('nationality=french', old);
  expect(pressed.now).toMatch(/out of date[\s\S]*You EU, EEA or Swiss/);
  const written = await browser.write('I am Brazilian <b>', 'text', old);
  expect(written.now).toContain('I am Brazilian <b>');
  expect(await logOf(browser)).toEqual(before);
  await browser.write('I work in a bakery');
  expect((await logOf(browser)).length).toBeGreaterThan(before.length);
});

test('what another page sends, or nobody signed, reaches no conversation', async () => {
  const browser = browse();
  const start = await browser.open();
  const form = start.forms[0] as (typeof start.forms)[number];
  opened = 0;
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }] as Record<string, string>[]) {
    const page = await browser.submit(form, { choose: 'do=start' }, headers);
    expect([page.status, page.forms[0]?.hidden.token === form.hidden.token]).toEqual([403, false]);
  }
  const forged = `${form.hidden.token?.slice(0, -2)}AA`;
  for (const fields of [{ token: forged }, { token: '' }, { seen: '-1' }, { seen: 'x' }] as Record<string, string>[]) {
    const page = await browser.submit(form, { choose: 'do=start', ...fields });
    expect(page.now).toMatch(/Here is a new one/);
  }
  expect(opened).toBe(0);
  const json = await fetch(`${origin()}/plain`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(json.status).toBe(415);
});

test('text of any kind stays text, and a personal number is not kept', async () => {
  const browser = browse();
  await browser.open();
  await browser.press('do=start');
  const hostile = '</p><script>alert(1)</script><img src=x onerror=alert(1)> **x** [tel](tel:15) "\' \u202egnp';
  await browser.write(hostile);
  expect(browser.page.now).toContain('<script>alert(1)</script><img src=x onerror=alert(1)>');
  await browser.write('my number is 1 85 05 78 006 084 91');
  expect(browser.page.html).not.toMatch(/006 ?084/);
  expect(JSON.stringify(await logOf(browser))).not.toMatch(/006 ?084/);
  await browser.write('x'.repeat(3000));
  expect(browser.page.now).toContain('too long');
  await browser.submit(browser.page.forms[0] as never, { choose: '"><script>=1' });
  expect(browser.page.now).toContain('no longer works');
  expect(browser.page.status).toBe(200);
});

test('everything can be erased; old pages then lead to a new conversation', async () => {
  const browser = browse();
  await browser.open();
  await browser.press('do=start');
  const old = await browser.write('I come from Tunisia');
  await browser.press('do=forget');
  expect(browser.page.now).toContain('are erased');
  expect(JSON.stringify(await logOf(browser))).not.toContain('Tunisia');
  expect((await browser.press('do=human', old)).now).toContain('out of date');
  await store.expire('2100-01-01');
  expect((await browser.press('do=human', old)).now).toContain('has been erased. Here is a new one');
});

test('somebody waits for an adviser, and comes back by code on another machine', async () => {
  const browser = browse();
  await browser.open();
  await browser.press('do=human');
  expect(browser.page.now).toContain('press the button below from time to time');
  const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(browser.page.now)?.[0] ?? '';
  const before = browser.page.now;
  await browser.press('See if there is an answer');
  expect(browser.page.now).toBe(before);
  const other = browse('fr');
  await other.open();
  expect((await other.write('ABCDE-FGHJK', 'code')).now).toMatch(/Ce code ne mène à aucune conversation/);
  await other.write(code.toLowerCase(), 'code');
  expect(conversationOf(other)).toBe(conversationOf(browser));
  expect(other.page.attributes.lang).toBe('en');
  await other.press('do=withdraw');
  expect(other.page.now).not.toContain('from time to time');
});

test('the answers are taken along by code, read or photographed, and given back on another machine', async () => {
  const browser = browse();
  await browser.open();
  await browser.press('do=start');
  await browser.write('I come from Tunisia, I am a student');
  await browser.press('do=later');
  expect(browser.page.html).toMatch(/<img src="data:image\/svg\+xml;base64,[^"]+" alt="[^"]+"/);
  const code = /(?:[0-9A-Z]{5}[- ]){3,}[0-9A-Z]{1,5}/.exec(browser.page.now)?.[0] ?? '';
  expect(browser.largest).toBeLessThanOrEqual(30_000);
  const other = browse();
  await other.open();
  await other.write(code, 'code');
  await other.write('do=result');
  expect(other.page.now).not.toContain('nationality');
  expect(conversationOf(other)).not.toBe(conversationOf(browser));
});

test('who writes too fast is asked to wait, and keeps what they wrote', async () => {
  const browser = browse();
  await browser.open();
  await browser.press('do=start');
  for (let sent = 0; sent < 29; sent += 1) await browser.write(`word ${sent}`);
  const before = await logOf(browser);
  await browser.write('one more');
  expect(browser.page.now).toMatch(/faster than I can answer[\s\S]*one more/);
  expect(await logOf(browser)).toEqual(before);
});

test('a store that fails costs an apology with both phone lines, and what was written stays', async () => {
  const browser = browse();
  await browser.open();
  await browser.press('do=start');
  const { hasLog } = store;
  store.hasLog = () => Promise.reject(new Error('disk full'));
  const { status, now, text } = await browser.write('I come from Tunisia');
  store.hasLog = hasLog;
  expect([status, logger.lines.at(-1)?.fields.code]).toEqual([503, 'DIRECTLINE_TURN']);
  expect(now).toMatch(/cannot keep anything[\s\S]*I come from Tunisia/);
  expect(text).toMatch(/09 74 75 36 46[\s\S]*36 46/);
  expect((await browser.write('I come from Tunisia')).now).not.toContain('cannot keep anything');
});

test('a conversation of hundreds of long messages still makes a small page', async () => {
  const browser = browse('ru');
  await browser.open();
  await browser.press('do=start');
  for (let sent = 0; sent < 40; sent += 1) {
    clock.set(new Date(clock.now().getTime() + 60_000).toISOString());
    await browser.write(`почему ${'это '.repeat(150)}`);
  }
  expect(browser.largest).toBeGreaterThan(20_000);
  expect(browser.largest).toBeLessThanOrEqual(30_000);
});

test('keys follow each other for who only sends forms: another instance that has the new one is understood', async () => {
  clock.set(new Date(clock.now().getTime() + 31 * 86_400_000).toISOString());
  const other = await serve(readConfig({ PORT: '0', DATA_DIR: data }), { clock, logger, store });
  clock.set(new Date(clock.now().getTime() + 2 * 3_600_000).toISOString());
  const begun = new PlainBrowser(`http://127.0.0.1:${other.address.port}`, 'en');
  await begun.open();
  const { forms } = await begun.press('I am starting');
  const answer = await fetch(`${origin()}/plain`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...forms[0]?.hidden, text: '' }),
  });
  expect(await answer.text()).toMatch(/You<\/strong> <bdi>I am starting/);
  await other.stop();
});
