import { serveChecklists } from './support';

/** A reminder of our own page is a file for the person's calendar, with the code that goes on. */
let served: Awaited<ReturnType<typeof serveChecklists>>;
let token = '';
let activities = '';
type Json = { [key: string]: unknown };
const post = async (path: string, body: object): Promise<Json> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (await (
    await fetch(served.origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
  ).json()) as Json;
};
const log = async () =>
  (await fetch(served.origin + activities, { headers: { authorization: `Bearer ${token}` } })).text();
const open = async () => {
  const begun = await post('/api/directline/token', {});
  token = begun.token as string;
  activities = `/v3/directline/conversations/${begun.conversationId}/activities`;
  await post('/v3/directline/conversations', {});
};
const says = (fields: object) => post(activities, { type: 'message', from: { id: 'me' }, ...fields });

beforeAll(async () => {
  served = await serveChecklists();
  await open();
}, 60_000);
afterAll(() => served.stop());

test('the file names the day, both lines, and a code with which the answers are there again', async () => {
  for (const choose of ['lang=es', 'stage=sent', 'sentOn=2026-11-02']) await says({ value: { choose } });
  await says({ text: 'avíseme cuando deba preguntar' });
  const said = await log();
  expect(said).toContain('No podré escribirle aquí más tarde');
  const [, url = ''] = /"url":"([^"]*reminder\.ics[^"]*)"/.exec(said) ?? [];
  const response = await fetch(url);
  const file = (await response.text()).replace(/\r\n[ \t]/g, '').replaceAll('\u00a0', ' ');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  for (const part of [
    'DTSTART;VALUE=DATE:20261228',
    'BEGIN:VALARM',
    'preguntar por el expediente',
    '36 46',
    '09 74 75 36 46',
  ])
    expect(file).toContain(part);
  const [, code = ''] = /(1[0-9A-Z]{4}(?:-[0-9A-Z]{1,5})+)/.exec(file) ?? [];
  expect(file).toContain(`${served.origin}/#r=${code.replaceAll('-', '')}`);
  expect(JSON.stringify(served.logger.lines)).not.toContain(code.replaceAll('-', ''));
  await open();
  await says({ text: code });
  expect(await log()).toContain('expediente');
});

test.each(['', '?about=chase', '?about=nothing&on=2026-12-01', '?about=chase&on=tomorrow'])(
  'an address that ends in "%s" leads nowhere, in words',
  async (query) => {
    const path = await served.pathOf('worker', 'fr');
    const response = await fetch(`${served.origin}${path}/reminder.ics${query}`);
    expect([response.status, (await response.text()).includes('<html')]).toEqual([404, true]);
  },
);
