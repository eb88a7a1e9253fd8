import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config';
import { type Running, serve } from '../../src/main';
import { createMemoryStore } from '../../src/storage/memory';
import { keepingLogger } from '../support/edges';

let running: Running;
beforeAll(async () => {
  running = await serve(readConfig({ PORT: '0' }), { store: createMemoryStore(), logger: keepingLogger() });
});
afterAll(() => running.stop());

/** A person on a channel whose buttons are text: says something, reads everything that comes back. */
function person(channelId: string) {
  const conversation = { id: randomUUID() };
  return async (text: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${running.address.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        id: randomUUID(),
        text,
        channelId,
        conversation,
        locale: 'fr-FR',
        deliveryMode: 'expectReplies',
        serviceUrl: 'http://127.0.0.1:9/',
        from: { id: 'somebody' },
        recipient: { id: 'bot' },
      }),
    });
    const { activities } = (await answer.json()) as { activities: { text: string }[] };
    return activities.map(({ text }) => text).join('\n');
  };
}

const numberOf = (said: string, title: RegExp): string =>
  said
    .split('\n')
    .find((line) => title.test(line))
    ?.match(/^(\d+)\. /)?.[1] ?? 'none';

test.each(['sms', 'email', 'slack', 'whatsapp'])('on %s the number of any line is an answer', async (channel) => {
  const say = person(channel);
  const greeting = await say('bonjour');
  const question = await say(numberOf(greeting, /commence/));
  expect(question).toContain('Quelle est votre nationalité');
  expect(await say(`(${numberOf(question, /Autre nationalité/)})`)).toContain('Que faites-vous');
});

test('numbers are those of the last message, also when it offers something else first', async () => {
  const say = person('sms');
  const suggested = await say('carte');
  expect(suggested).toMatch(/1\. .*carte Vitale/);
  expect(await say(numberOf(suggested, /perdue ou volée/))).toMatch(/perdue|vol/);
});

test('the words of a line are an answer too, as a Messenger button sends them', async () => {
  const say = person('facebook');
  await say('bonjour');
  expect(await say('Je ne suis pas encore en France')).toMatch(/nationalité|Que ferez-vous|prépar/i);
});

test('a number in Arabic digits is the same number', async () => {
  const say = person('telegram');
  const question = await say('je viens de Tunisie, je commence');
  expect(question).toContain('Que faites-vous');
  expect(await say('٢')).not.toContain('pas compris');
});

test('the buttons inside a long checklist have numbers of their own, and every piece is short enough', async () => {
  const say = person('sms');
  await say('je suis salarié tunisien avec un titre de séjour');
  const all = await say('résultat');
  const numbers = [...all.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  expect(numbers.length).toBeGreaterThan(8);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});
