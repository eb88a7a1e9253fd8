import type { ConversationStore } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openAdviser, openGuichet, signIn, type TestAdviser } from './support';

let store: ConversationStore;
let guichet: Guichet;
let anna: TestAdviser;

beforeEach(async () => {
  store = createMemoryStore();
  guichet = await openGuichet({ store });
  anna = await openAdviser(guichet, store, 'anna');
});
afterEach(() => guichet.stop());

test('from the wish to the return: both see every word, a piece and a corrected fact arrive, the bot is silent in between', async () => {
  const { name, password } = guichet.running.firstAccount ?? { name: '', password: '' };
  const adviser = await signIn(guichet, name, password);
  const person = await guichet.person();
  await person.says('je suis cuisinier, je viens du Cameroun');
  await person.sees();
  await person.says('je veux parler à un conseiller');
  expect((await person.sees()).join()).toMatch(/C'est noté.*connecté et voit votre demande/);

  const waiting = await adviser.only();
  expect(waiting).toMatchObject({ language: 'fr', reason: 'asked', state: 'waiting', channel: 'directline' });
  expect(waiting).toMatchObject({ claimedByMe: false, readsMyLanguage: true, stage: 'preparing' });
  const { id } = waiting;
  expect((await adviser.post(`handoffs/${id}/claim`)).status).toBe(200);
  expect((await person.sees()).join()).toContain('Un conseiller est avec vous');

  const { body: file } = await adviser.get(`handoffs/${id}`);
  expect(file.handoff).toMatchObject({ id, claimedByMe: true, claimedBy: 'conseiller' });
  const activity = file.dossier.facts.find(({ slot }: { slot: string }) => slot === 'activity');
  expect(activity).toMatchObject({ value: 'employee', words: 'je suis cuisinier, je viens du Cameroun' });
  expect(file.dossier).toMatchObject({
    outcome: null,
    asked: { slot: 'permit' },
    language: 'fr',
    channel: 'directline',
  });
  const heardFirst = file.conversation.find(({ from }: { from: string }) => from === 'person');
  expect(heardFirst.gist.facts).toContainEqual({ slot: 'country', label: 'Pays de nationalité', shown: 'Cameroun' });

  expect((await adviser.says(id, 'Bonjour, je regarde.', 'once')).status).toBe(200);
  expect((await adviser.says(id, 'Bonjour, je regarde.', 'once')).status).toBe(200);
  const heard = await person.sees();
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatch(/Conseiller.*Bonjour, je regarde\./);

  await person.says("j'ai une carte de séjour, et c'est quoi un RIB ?");
  expect(await person.sees()).toEqual([]);
  const { body: after } = await adviser.get(`handoffs/${id}`);
  const last = after.conversation.at(-1);
  expect(last).toMatchObject({ from: 'person', text: "j'ai une carte de séjour, et c'est quoi un RIB ?" });
  expect(JSON.stringify(last.gist)).toMatch(/RIB/);
  expect(after.dossier.facts.map(({ slot }: { slot: string }) => slot)).not.toContain('permit');

  await adviser.sends(id, 'article', 'rib-bank-account');
  expect((await person.sees()).join()).toMatch(/Conseiller.*RIB/);
  await adviser.sends(id, 'canned', 'noNumbers');
  await adviser.sends(id, 'document', 's1106');
  await adviser.sends(id, 'question', 'permit');
  const sent = await person.sees();
  expect(sent[0]).toContain("N'écrivez pas ici");
  expect(sent[1]).toContain('S1106');
  expect(sent[2]).toMatch(/Quel document de séjour.*suggestedActions|suggestedActions.*permit/s);

  expect((await adviser.post(`handoffs/${id}/verdict`)).status).toBe(409);
  expect((await adviser.post(`handoffs/${id}/facts`, { slot: 'permit', value: 'residencePermit' })).status).toBe(200);
  expect(await person.sees()).toEqual([]);
  expect((await adviser.post(`handoffs/${id}/verdict`)).status).toBe(200);
  const verdict = (await person.sees()).join();
  for (const part of ['Voici le résultat', '36 46', '09 74 75 36 46', 'S1106']) expect(verdict).toContain(part);

  expect((await adviser.post(`handoffs/${id}/return`, { note: 'carte vue' })).status).toBe(200);
  const back = (await person.sees()).join();
  expect(back).toMatch(/Je reprends avec vous.*Le conseiller a noté : [^"]*séjour/);
  await person.says("c'est quoi un RIB ?");
  expect((await person.sees()).join()).toContain('IBAN');
  expect((await adviser.says(id, 'trop tard')).status).toBe(409);
  const { body: closed } = await adviser.get(`handoffs/${id}`);
  expect(closed.notes).toMatchObject([{ adviser: 'conseiller', text: 'carte vue' }]);
  expect(closed.handoff).toMatchObject({ state: 'closed', outcome: 'returned' });
});

test('after closing the person says with one tap whether it helped, and with another what was missing', async () => {
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await anna.says(id, 'Hello');
  await person.sees();
  await anna.post(`handoffs/${id}/close`);
  expect((await person.sees()).join()).toMatch(/has ended.*Did this help you\?.*Yes, it helped/);
  await person.presses('helped=no');
  expect((await person.sees()).join()).toMatch(/What was missing\?.*It took too long/);
  await person.presses('helped=no:tooSlow');
  expect((await person.sees()).join()).toContain('Thank you for telling me');
  expect(await store.desk.handoff(id)).toMatchObject({ outcome: 'closed', helped: false, helpReason: 'tooSlow' });
  const { body } = await anna.get('numbers');
  expect(body).toMatchObject({ requested: 1, outcomes: { closed: 1 }, helped: { no: 1 }, helpReasons: { tooSlow: 1 } });
  expect(JSON.stringify(body)).not.toMatch(/anna|Hello|human/);
});

test('while somebody waits the bot answers; going on keeps the request, taking it back ends it', async () => {
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  await person.sees();
  await person.presses('ask=rib-bank-account');
  expect((await person.sees()).join()).toMatch(/IBAN.*still open/s);
  await person.presses('do=continue');
  await person.presses('nationality=eu');
  expect((await person.sees()).join()).toContain('activity=employee');
  const { id } = await anna.only();
  expect((await anna.post(`handoffs/${id}/claim`)).status).toBe(200);
  await person.sees();
  await anna.post(`handoffs/${id}/transfer`, { to: null });
  expect((await person.sees()).join()).toMatch(/another adviser/);
  await person.presses('do=withdraw');
  expect((await person.sees()).join()).toMatch(/cancelled/);
  expect((await anna.get('queue')).body).toEqual([]);
  expect((await anna.post(`handoffs/${id}/claim`)).status).toBe(404);
});

test('danger is answered although an adviser holds the conversation, and nothing else is but erasing', async () => {
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.sees();
  for (const text of ['restart', 'what is a RIB?', '2', 'xqzt', '']) await person.says(text);
  await person.presses('do=restart');
  await person.presses('ask=rib-bank-account');
  expect(await person.sees()).toEqual([]);
  await person.says('I want to kill myself');
  const said = await person.sees();
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('3114');
  expect(said[0]).not.toContain('do=continue');
  expect((await store.desk.handoff(id))?.state).toBe('talking');
});

test('numbers that identify a person reach nobody: not the adviser, not the person, no note', async () => {
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.says('my number is 2 55 08 14 168 025 38');
  await anna.says(id, 'so it is 2 55 08 14 168 025 38 ?');
  await anna.post(`handoffs/${id}/notes`, { text: 'has 2 55 08 14 168 025 38' });
  const { body } = await anna.get(`handoffs/${id}`);
  const everything = JSON.stringify([body, await person.sees(), guichet.logger.lines]);
  expect(everything).not.toMatch(/2 ?55 ?08|168 ?025/);
  expect(JSON.stringify(body)).toContain('•••');
});

test('a person silent for half an hour, an adviser for five minutes, nobody for twenty: each is told once', async () => {
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  await person.sees();
  guichet.pass(19);
  await guichet.running.tick();
  expect(await person.sees()).toEqual([]);
  guichet.pass(1);
  await guichet.running.tick();
  await guichet.running.tick();
  const told = await person.sees();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/Nobody has come yet.*09 74 75 36 46/s);
  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await person.sees();
  guichet.pass(5);
  await guichet.running.tick();
  expect((await person.sees()).join()).toMatch(/not answering/);
  expect(await anna.only()).toMatchObject({ state: 'waiting', claimedBy: null });
  await anna.post(`handoffs/${id}/claim`);
  await anna.says(id, 'Sorry, here I am');
  await person.sees();
  guichet.pass(29);
  await guichet.running.tick();
  expect(await person.sees()).toEqual([]);
  guichet.pass(1);
  await guichet.running.tick();
  expect((await person.sees()).join()).toMatch(/not heard from you/);
  expect(await store.desk.handoff(id)).toMatchObject({ state: 'closed', outcome: 'personSilent' });
});
