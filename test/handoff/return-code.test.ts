import { createHash } from 'node:crypto';
import { makeReturnCode } from '../../src/conversation/return-code';
import { createMemoryStore } from '../../src/storage/memory';
import { type Guichet, openAdviser, openGuichet } from './support';

/** Coming back by code, on the wire: somebody who waits closes the tab, and finds the reply later. */
const store = createMemoryStore();
let guichet: Guichet;

beforeEach(async () => {
  guichet = await openGuichet({ store });
});
afterEach(() => guichet.stop());

const codeShape = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/;
const comeBack = (code: string) => guichet.call('POST', '/api/directline/token', { locale: 'fr', code });

test('who waits gets a code once, and it leads back to the conversation, however it is typed', async () => {
  const anna = await openAdviser(guichet, store, 'anna');
  const person = await guichet.person();
  await person.says('je suis brésilienne');
  await person.says('je veux parler à un conseiller');
  const said = (await person.sees()).join();
  const code = codeShape.exec(said)?.[0] ?? '';
  expect(said).toContain(`7 jours au plus. Gardez-le : **\u2066${code}\u2069**`);
  await person.says('je veux parler à un conseiller');
  expect((await person.sees()).join()).not.toMatch(codeShape);

  const { id } = await anna.only();
  await anna.post(`handoffs/${id}/claim`);
  await anna.says(id, 'Voici ma réponse.');
  for (const typed of [
    code,
    `  ${code.toLowerCase().replace('-', ' ')} `,
    code.replace('-', '').replaceAll('0', 'o'),
  ]) {
    const { status, body } = await comeBack(typed);
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: person.id, language: 'fr' });
    const path = `/v3/directline/conversations/${person.id}/activities`;
    const seen = await guichet.call('GET', path, undefined, { authorization: `Bearer ${body.token}` });
    expect(JSON.stringify(seen.body)).toContain('Voici ma réponse.');
  }

  const { body: file } = await anna.get(`handoffs/${id}`);
  expect(JSON.stringify(file)).not.toContain(code);
  expect(file.conversation.map(({ text }: { text: string }) => text).join()).toContain(
    'Gardez-le : **\u2066•••\u2069**',
  );
  expect(JSON.stringify(guichet.logger.lines)).not.toContain(code);
});

test('a wrong code and one whose conversation was erased say so; neither makes a conversation', async () => {
  const refused = { status: 404, body: { error: { code: 'CodeNotFound' } } };
  for (const wrong of [makeReturnCode(), '', 'abc', "' OR 1=1 --"])
    expect(await comeBack(wrong)).toMatchObject(refused);
  expect((await comeBack('x'.repeat(200))).status).toBe(400);
  const person = await guichet.person();
  await person.says('je veux parler à un conseiller');
  const code = codeShape.exec((await person.sees()).join())?.[0] ?? '';
  expect((await comeBack(code)).status).toBe(200);
  await store.erase(person.id);
  expect(await comeBack(code)).toMatchObject(refused);
});

test('wrong codes count like new conversations: guessing is slow', async () => {
  const statuses = [];
  for (let index = 0; index < 31; index += 1) statuses.push((await comeBack(makeReturnCode())).status);
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404));
  expect(statuses[30]).toBe(429);
});

test('codes are ten signs that nobody mixes up, all different', () => {
  const codes = Array.from({ length: 2000 }, makeReturnCode);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
});

test('what is kept of a code is its hash', async () => {
  const person = await guichet.person();
  await person.says('je veux parler à un conseiller');
  const code = codeShape.exec((await person.sees()).join())?.[0] ?? '';
  const hash = createHash('sha256').update(code.replace('-', '')).digest('base64url');
  expect((await store.desk.handoffByReturn(hash))?.conversationId).toBe(person.id);
});
