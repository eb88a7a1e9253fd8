import { takeAlong } from '../../../src/conversation/take-along';
import { slots } from '../../../src/domain/profile';
import { createRandom, randomProfile } from '../../../src/domain/sample-profiles';
import { bearing, callJson } from '../../support/call-json';
import { carried, languages, library, people, room, serveChecklists, today } from './support';

let served: Awaited<ReturnType<typeof serveChecklists>>;
beforeAll(async () => {
  served = await serveChecklists();
}, 60_000);
afterAll(() => served.stop());

const get = (path: string, headers: Record<string, string> = {}) => fetch(served.origin + path, { headers });
type Json = { [key: string]: unknown };
const post = async (path: string, body: object, token?: string): Promise<Json> =>
  (await callJson(served.origin + path, 'POST', body, bearing(token))).json;

test('the chat gives the link with the result; the page says the same in two languages, and the link stands in no log', async () => {
  const { token, conversationId } = (await post('/api/directline/token', {})) as {
    token: string;
    conversationId: string;
  };
  await post('/v3/directline/conversations', {}, token);
  const activities = `/v3/directline/conversations/${conversationId}/activities`;
  for (const choose of ['lang=es', 'do=start', 'nationality=other', 'activity=employee', 'permit=residencePermit'])
    await post(activities, { type: 'message', value: { choose }, from: { id: 'me' } }, token);
  const log = await (await fetch(served.origin + activities, { headers: { authorization: `Bearer ${token}` } })).text();
  const [, url] = /"type":"Action.OpenUrl","title":"[^"]+","url":"([^"]+)"/.exec(log) ?? [];
  expect(url?.startsWith(`${served.origin}/checklist/`)).toBe(true);
  const response = await fetch(url as string);
  const html = await response.text();
  expect(response.status).toBe(200);
  for (const text of [
    'Sus documentos',
    'Vos documents',
    'Contrat de travail',
    '36\u00a046',
    '09\u00a074\u00a075\u00a036\u00a046',
  ])
    expect(html).toContain(text);
  expect(html).not.toMatch(/\{\{(?!nonce)|undefined|\[object/);
  const code = (url as string).split('/').at(-1) as string;
  expect(JSON.stringify(served.logger.lines)).not.toContain(code);
});

test('the page is for its holder alone: no index, no cache, no referrer, no frame, only our scripts', async () => {
  const { headers } = await get(await served.pathOf('worker', 'ar'));
  expect(headers.get('x-robots-tag')).toContain('noindex');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toMatch(/script-src 'nonce-.*frame-ancestors 'none'/);
});

test('a link that is too old, changed, made elsewhere or hostile opens nothing, in the language of the browser', async () => {
  const good = await served.pathOf('worker', 'ar');
  const wrong = `${good.slice(0, -6)}${good.at(-6) === 'A' ? 'B' : 'A'}${good.slice(-5)}`;
  const old = await served.pathOf('worker', 'ar', '2026-01-01');
  const hostile = `/checklist/${encodeURIComponent('"><script>x</script>#r=')}${good.slice('/checklist/'.length)}`;
  for (const path of [
    wrong,
    old,
    hostile,
    '/checklist/x',
    `/checklist/${'A'.repeat(390)}`,
    `${old}/checklist.pdf`,
    `${wrong}/dates.ics`,
  ]) {
    const response = await get(path, { 'accept-language': 'tr-TR,tr;q=0.9' });
    const html = await response.text();
    expect([path, response.status, html.includes('Bu liste artık açılmıyor')]).toEqual([path, 404, true]);
    expect(html).not.toContain('<script>x');
  }
});

test('it stays as it was on the day it was made', async () => {
  const path = await served.pathOf('partner', 'en');
  const before = await (await get(path)).text();
  served.clock.set('2027-03-01T09:00:00Z');
  const after = await (await get(path)).text();
  served.clock.set(`${today}T09:00:00Z`);
  expect(before).toContain('15 January 2027');
  const bare = (html: string) => html.replaceAll(/nonce="[^"]*"/g, '');
  expect(bare(after)).toBe(bare(before));
});

test.each(languages)('%s: any profile that has a verdict has a checklist without holes', (language) => {
  const random = createRandom(7);
  let lists = 0;
  for (let round = 0; round < 60; round += 1) {
    const list = takeAlong(room, carried(randomProfile(random, slots, 0.7), language));
    if (!list) continue;
    lists += 1;
    const { label, ...words } = list;
    const text = JSON.stringify(words);
    expect(text).not.toMatch(/\{\{|undefined/);
    expect(list.lines).toHaveLength(2);
    expect(list.lines.map(({ tel }) => tel).sort()).toEqual(
      ['line-3646', 'line-english'].map((id) => library.contacts[id]?.tel).sort(),
    );
  }
  expect(lists).toBeGreaterThan(20);
});

test('French stands alone; every other language has the French beside it', () => {
  expect(takeAlong(room, carried(people.worker, 'fr'))?.french).toBe(true);
  const list = takeAlong(room, carried(people.worker, 'ar'));
  expect(list?.documents[0]?.name).toEqual({ own: 'الاستمارة S1106', french: 'Formulaire S1106' });
});

test('a family of eight has room in a link', async () => {
  const family = Array.from({ length: 8 }, () => 'partner' as const);
  expect((await get(await served.pathOf(family, 'zh'))).status).toBe(200);
});

test('what operators have switched off is off here too: a rule leads to an adviser, a language gives way to French', async () => {
  const path = await served.pathOf('refugee', 'tr');
  const rule = takeAlong(room, carried(people.refugee, 'tr'))?.verdict.title.own as string;
  const turn = async (kind: 'rule' | 'language', name: string, off: boolean) => {
    await served.store.operator.turn({ kind, name, off, who: 'op', why: 'test', at: `${today}T09:00:00Z` });
    await served.tick();
  };
  expect(await (await get(path)).text()).toContain(rule);
  for (const { id } of library.rulebook.rules) if (/protect/i.test(id)) await turn('rule', id, true);
  expect(await (await get(path)).text()).not.toContain(rule);
  await turn('language', 'tr', true);
  const french = await (await get(path)).text();
  expect([french.includes('<html lang="fr"'), french.includes('lang="tr"')]).toEqual([true, false]);
  for (const entry of await served.store.operator.switches()) await turn(entry.kind as 'rule', entry.name, false);
  expect(await (await get(path)).text()).toContain(rule);
});
