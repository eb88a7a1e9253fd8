import { readConfig } from '../../../src/config';
import { type Running, serve } from '../../../src/main';
import { createMemoryStore } from '../../../src/storage/memory';
import activities from '../../fixtures/teams/activities.json';
import { cardFaults } from '../../support/card-rules';
import { keepingLogger } from '../../support/edges';
import { type FakeChannel, startFakeChannel } from '../../support/fake-channel';
import { waitFor } from '../../support/wait-for';

type Name = keyof typeof activities;
type Body = { text?: string; locale?: string; attachments?: { content: Record<string, unknown> }[] };

let teams: FakeChannel;
let running: Running;
const logger = keepingLogger();
const store = createMemoryStore();
let serial = 0;

beforeAll(async () => {
  teams = await startFakeChannel();
  running = await serve(readConfig({ PORT: '0' }), { store, logger });
});
afterAll(async () => {
  await running.stop();
  await teams.close();
});

/** Sends an activity as Teams does; gives what the bot posted because of it: what is stored, and so many messages that are not. */
async function send(
  name: Name,
  fields: Record<string, unknown> = {},
  unstored = 0,
): Promise<{ method: string; path: string; body: Body }[]> {
  const before = teams.calls.length;
  const answer = await fetch(`http://127.0.0.1:${running.address.port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...activities[name], serviceUrl: teams.url, ...fields }),
  });
  expect(answer.status).toBe(200);
  await waitFor(async () => (await store.waitingOutbox('9999', 10)).length === 0);
  await waitFor(async () => teams.calls.length >= before + unstored);
  return teams.calls.slice(before) as never;
}
const personal = () => ({
  id: `x${++serial}`,
  conversation: { ...activities['personal-message'].conversation, id: `a:${serial}` },
});
const text = (calls: { body: Body }[]) => calls.map(({ body }) => body.text ?? '').join('\n');
const cards = (calls: { body: Body }[]) =>
  calls.flatMap(({ body }) => body.attachments ?? []).map(({ content }) => content);
const submits = (calls: { body: Body }[]) =>
  [...JSON.stringify(cards(calls)).matchAll(/\{"type":"Action.Submit","title":"[^"]*","data":(\{.*?\})\}/g)].map(
    ([, data]) => JSON.parse(data as string) as { choose: string; title?: string; asked?: string },
  );

test('who installs the app and then writes is greeted once', async () => {
  const { conversation } = personal();
  await send('installed', { conversation });
  const greeted = await send('installed-conversation', { conversation });
  const wrote = await send('personal-message', { conversation });
  expect(text(greeted)).toContain('je suis Guichet');
  expect(text(wrote)).not.toContain('je suis Guichet');
});

test('the card of a question is replaced by question and answer when it was answered', async () => {
  const { conversation } = personal();
  const asked = await send('personal-message', { conversation, text: 'je suis salarié' });
  for (const card of cards(asked)) expect(cardFaults(card)).toEqual([]);
  const answer = submits(asked).find(({ choose }) => choose === 'nationality=other');
  expect(answer).toMatchObject({ asked: expect.stringContaining('nationalité') });
  const next = await send('submit', { conversation, value: answer });
  const replaced = next.find(({ method }) => method === 'PUT');
  expect(replaced?.path).toMatch(/\/activities\/1770710400002$/);
  expect(replaced?.body.text).toContain('nationalité');
  expect(replaced?.body.text).toContain(`✓ ${answer?.title}`);
  expect(replaced?.body.attachments ?? []).toEqual([]);
  expect(text(next.filter(({ method }) => method !== 'PUT'))).toContain('document de séjour');
});

test('a press that asks or does something leaves the card; hostile words in a press stay words', async () => {
  const { conversation } = personal();
  const greeting = await send('personal-message', { conversation });
  const deeds = submits(greeting).filter(({ choose }) => /^(do|ask)=/.test(choose));
  expect(deeds.length).toBeGreaterThan(0);
  expect(deeds.every(({ asked }) => asked === undefined)).toBe(true);
  const value = {
    choose: 'nationality=other',
    title: '![x](https://evil.example/p.png)',
    asked: '<img src=x> [a](https://evil.example)',
  };
  const replaced = (await send('submit', { conversation, value })).find(({ method }) => method === 'PUT');
  expect(replaced?.body.text).not.toMatch(/!\[|\]\(|<img/);
});

test('what a press brings back is masked, and its locale is one', async () => {
  const { conversation } = personal();
  const value = { choose: 'nationality=other', title: 'moi : 1 84 12 76 451 089 46', asked: 'a.b@example.org ?' };
  const fields = { conversation, value, locale: 'fr-FR-x-184127645108946' };
  const replaced = (await send('submit', fields)).find(({ method }) => method === 'PUT');
  expect([replaced?.body.text, replaced?.body.locale]).toEqual(['••• ?\n\n**✓ moi : •••**', 'fr-FR']);
});

test.each(['channel-message', 'group-message'] as const)('%s: no interview where others read along', async (name) => {
  const said = await send(
    name,
    {
      text: '<at>Guichet</at> je suis salarié tunisien, je gagne 1500 euros',
      id: `g${++serial}`,
    },
    1,
  );
  expect(said).toHaveLength(1);
  expect(text(said)).toContain('conversation privée');
  expect(text(said)).not.toMatch(/permis|titre de séjour|salarié/);
  expect(cards(said)).toEqual([
    expect.objectContaining({
      body: [
        expect.objectContaining({
          actions: [
            expect.objectContaining({
              type: 'Action.OpenUrl',
              url: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/l\/chat\//),
            }),
          ],
        }),
      ],
    }),
  ]);
});

test('in a channel a general question is answered, in the language it was asked in, and nothing is kept', async () => {
  const said = await send(
    'channel-message',
    {
      text: '<at>Guichet</at> how do I order my carte Vitale?',
      id: `g${++serial}`,
    },
    1,
  );
  expect(said[0]?.body.locale).toBe('en');
  expect(text(said)).toContain('private chat');
  expect(JSON.stringify(said)).toMatch(/ameli/);
  expect(await store.expire('9999')).toBeLessThan(serial);
});

test.each(['constructor', 'toString', 'valueOf'])(
  'a group of a channel that calls itself %s is answered too',
  async (channelId) => {
    const said = await send('group-message', { channelId, id: `g${++serial}` }, 1);
    expect(text(said)).toContain('conversation privée');
  },
);

test('danger is answered anywhere, at once', async () => {
  const said = await send('group-message', { text: '<at>Guichet</at> je veux mourir', id: `g${++serial}` }, 1);
  expect(text(said)).toContain('3114');
  expect(text(said)).not.toContain('conversation privée');
});

test('a team that gets the bot reads once what it is for; a new member of the team is not written to', async () => {
  const said = await send('channel-installed', { id: `g${++serial}` }, 1);
  expect(text(said)).toContain('questions générales');
  expect(await send('member-added', { id: `g${++serial}` })).toEqual([]);
});

test('the language is that of the person, not of the client, also for buttons', async () => {
  const { conversation } = personal();
  const first = await send('personal-message', {
    conversation,
    text: 'مرحبا، وصلت للتو إلى فرنسا وأريد رقم الضمان الاجتماعي',
  });
  expect(first.at(-1)?.body.locale).toBe('ar');
  const answer = submits(first).find(({ choose }) => choose === 'nationality=other');
  const next = await send('submit', { conversation, value: answer });
  expect(next.every(({ body }) => body.locale === 'ar' || body.locale === 'fr-FR')).toBe(true);
  expect(next.find(({ method }) => method === 'POST')?.body.locale).toBe('ar');
});

test.each(['reaction', 'edited', 'typing', 'card-invoke'] as const)('%s gets its 200 and no message', async (name) => {
  expect(await send(name)).toEqual([]);
});

test('nothing went wrong on the way', () => {
  expect(logger.lines).toEqual([]);
});
