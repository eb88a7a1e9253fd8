import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { type Running, serve } from '../../src/main';
import { keepingLogger } from '../support/edges';
import { type FakeChannel, startFakeChannel } from '../support/fake-channel';
import { waitFor } from '../support/wait-for';

/** The whole product with its real store; a fake connector takes the answers of `/api/messages`. */
let channel: FakeChannel;
let running: Running;
let data = '';
let serial = 0;

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${running.address.port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

function activity(fields: Record<string, unknown>, id?: string) {
  serial += 1;
  return {
    type: 'message',
    id: id ?? `m${serial}`,
    channelId: 'msteams',
    serviceUrl: channel.url,
    from: { id: 'person' },
    recipient: { id: 'bot' },
    conversation: { id: 'teams-1' },
    locale: 'fr-FR',
    ...fields,
  };
}

const start = async () => serve(readConfig({ PORT: '0', DATA_DIR: data }), { logger: keepingLogger() });

beforeAll(async () => {
  channel = await startFakeChannel();
  data = mkdtempSync(join(tmpdir(), 'guichet-'));
  running = await start();
});
afterAll(async () => {
  await running.stop();
  await channel.close();
  rmSync(data, { recursive: true, force: true });
});

/** Everything that the connector got since the last call, as text. */
async function received(until: RegExp): Promise<string> {
  const text = () => JSON.stringify(channel.calls.map(({ body }) => body)).replaceAll('\u00a0', ' ');
  await waitFor(() => until.test(text()));
  const all = text();
  channel.calls.length = 0;
  return all;
}

test('the conversation of the web chat, through a connector: greeting, question, FAQ, correction, outcome, both lines', async () => {
  expect(
    (await post(activity({ type: 'conversationUpdate', membersAdded: [{ id: 'bot' }, { id: 'person' }] }))).status,
  ).toBe(200);
  expect(await received(/Où en êtes-vous/)).toContain('Je ne suis pas un service officiel');
  await post(activity({ text: 'je suis cuisinier, je viens du Cameroun' }));
  expect(await received(/document de séjour/)).not.toContain('nationalité avez-vous');
  await post(activity({ text: "c'est quoi un RIB ?" }));
  await received(/IBAN[\s\S]*document de séjour/);
  await post(activity({ value: { choose: 'permit=residencePermit' } }));
  const verdict = await received(/Vos documents/);
  for (const part of ['36 46', '09 74 75 36 46', 'S1106', 'AdaptiveCard']) expect(verdict).toContain(part);
  await post(activity({ text: 'pardon, je voulais dire que je suis étudiant' }));
  expect(await received(/C.est changé/)).toMatch(/Travail salarié en France → Études/);
});

test('a restart between two messages loses nothing, and a redelivery is answered once', async () => {
  const conversation = { id: 'teams-2' };
  await post(activity({ conversation, value: { choose: 'nationality=eu' } }));
  await received(/faites-vous en France/);
  await running.stop();
  running = await start();
  const message = activity({ conversation, value: { choose: 'activity=employee' } }, 'twice');
  await post(message);
  await received(/Vos documents/);
  expect((await post(message)).status).toBe(200);
  await post(activity({ conversation, text: 'merci' }));
  const after = await received(/avec plaisir|Avec plaisir|je vous en prie|Je vous en prie|besoin/);
  expect(after).not.toContain('Vos documents');
});

test.each([
  ['without type', {}, 400],
  ['an array', [], 400],
  ['not JSON', '{"type":', 400],
  ['nothing', '', 400],
])('a body that is %s is refused clearly, and the process lives', async (_name, body, status) => {
  const response = await post(body);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toMatch(/node_modules|Error:|at /);
  expect((await fetch(`http://127.0.0.1:${running.address.port}/health/ready`)).status).toBe(200);
});

test('a gzip body and one of ten megabytes are refused clearly, and the process lives', async () => {
  expect((await post('{}', { 'content-encoding': 'gzip' })).status).toBe(415);
  const big = await post(JSON.stringify({ type: 'message', text: 'x'.repeat(10_000_000) })).catch(() => ({
    status: 413,
  }));
  expect(big.status).toBe(413);
  expect((await fetch(`http://127.0.0.1:${running.address.port}/health/live`)).status).toBe(200);
});

test('the page says once that no professional has checked the answers, and a tap on "useful" is counted', async () => {
  const at = (path: string) => fetch(`http://127.0.0.1:${running.address.port}${path}`).then((answer) => answer.text());
  const shown = (await at('/')).replace(/<meta name="languages"[^>]*>/, '');
  expect(shown.match(/aucun professionnel/g)).toHaveLength(1);
  await post(activity({ value: { choose: 'useful=no:css' } }));
  await received(/Merci/);
  expect(await at('/metrics')).toContain('guichet_article_useful_total{article="css",language="fr",useful="false"} 1');
});
