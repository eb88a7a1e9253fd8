import type { ConversationStore } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { waitFor } from '../support/wait-for';
import { type Guichet, openAdviser, openGuichet, type TestAdviser } from './support';

let store: ConversationStore;
let guichet: Guichet;
let anna: TestAdviser;
beforeEach(async () => {
  store = createMemoryStore();
  guichet = await openGuichet({ store });
  anna = await openAdviser(guichet, store, 'anna', ['fr', 'ar']);
});
afterEach(() => guichet.stop());

/** Listens to the events of an adviser. */
async function listen(adviser: TestAdviser) {
  const heard: { type: string; id: string }[] = [];
  const stop = new AbortController();
  const response = await fetch(`${guichet.origin}/adviser/api/events`, {
    headers: { cookie: adviser.cookie },
    signal: stop.signal,
  });
  let ended = false;
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, type] = /^event: (\w+)$/m.exec(block) ?? [];
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        if (!type || !data) continue;
        const news = JSON.parse(data);
        expect(news.type).toBe(type);
        heard.push(news);
      }
    }
  })().catch(() => undefined);
  void reading.finally(() => {
    ended = true;
  });
  return { response, heard, stop: () => stop.abort(), ended: () => ended };
}

test('an adviser hears of new requests and of every word in them, and counts as being there', async () => {
  const stream = await listen(anna);
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const person = await guichet.person('fr-FR');
  await person.says('je veux parler à un conseiller');
  await waitFor(() => stream.heard.length > 0);
  expect((await person.sees()).join()).toMatch(/est connecté.*français et arabe/s);
  const { id } = await anna.only();
  expect(stream.heard[0]).toEqual({ type: 'queue', id });
  await anna.post(`handoffs/${id}/claim`);
  await waitFor(() => stream.heard.filter(({ type }) => type === 'queue').length === 2);
  const before = stream.heard.length;
  await person.says('bonjour');
  await waitFor(() => stream.heard.length > before);
  expect(stream.heard.at(-1)).toEqual({ type: 'handoff', id });
  await anna.post(`handoffs/${id}/close`);
  await waitFor(() => stream.heard.filter(({ type }) => type === 'queue').length === 3);
  expect(JSON.stringify(stream.heard)).not.toContain('bonjour');
  stream.stop();
});

test('the server closes although streams are open', async () => {
  const stream = await listen(anna);
  const other = await openGuichet({ store: createMemoryStore() });
  await other.stop();
  const began = performance.now();
  await guichet.running.stop();
  expect(performance.now() - began).toBeLessThan(5000);
  await waitFor(stream.ended);
  guichet = await openGuichet();
});

test('on a Sunday the person hears when the desk opens; who has come all the same is there', async () => {
  guichet.clock.set('2026-05-10T10:00:00Z');
  await store.desk.removeAccount('anna');
  await guichet.running.tick();
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const said = (await person.sees()).join();
  expect(said).toMatch(/back on Monday,? 11 May at 09:00/);
  expect(said).toMatch(
    /36 46 \(in French\), Monday to Friday.*09 74 75 36 46|09 74 75 36 46.*36 46 \(in French\), Monday/s,
  );
  const clara = await openAdviser(guichet, store, 'clara', ['en']);
  const stream = await listen(clara);
  await guichet.running.tick();
  const second = await guichet.person('en-GB');
  await second.says('I want to talk to a human being');
  expect((await second.sees()).join()).toMatch(/An adviser is online.*advisers read: English/s);
  stream.stop();
});

test('operators see numbers, and nobody in them', async () => {
  const person = await guichet.person('en-GB');
  await person.says('I want to talk to a human being');
  const { id } = await anna.only();
  guichet.pass(1);
  await guichet.running.tick();
  const read = async () => (await guichet.call('GET', '/metrics')).body.text as string;
  expect(await read()).toMatch(/guichet_handoffs_waiting 1\n[\s\S]*guichet_handoffs_longest_wait_seconds 60/);
  await anna.post(`handoffs/${id}/claim`);
  const text = await read();
  expect(text).toContain('guichet_handoffs_requested_total 1');
  expect(text).toContain('guichet_handoffs_claimed_total 1');
  expect(text).not.toMatch(new RegExp(`${id}|anna|${person.id}`));
});
