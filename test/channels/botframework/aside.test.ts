import type { Reply } from '../../../src/conversation/reply';
import { doorsOfEachTest, message } from '../../support/bot-framework-door';

/** Answers that are given beside the conversation. */
const at = doorsOfEachTest();
const { open, texts } = at;
const slowly = (): Reply => ({
  language: 'fr',
  direction: 'ltr',
  status: 'asked',
  bubbles: [{ text: 'un peu moins vite' }],
  choices: [],
  articles: [],
});
const press = (fields: object = {}) => ({
  channelId: 'msteams',
  replyToId: 'the-card',
  value: { choose: 'children=true', title: 'Oui', asked: 'Des enfants ?' },
  ...fields,
});

test('who writes too fast in a group gets nothing; an answer that was not taken leaves its card', async () => {
  const door = await open({ mode: 'open-loopback' }, undefined, [], { slowDown: slowly });
  const group = { id: 'g', conversation: { id: 'group', isGroup: true } };
  expect((await door.post(message(at.channel.url, group))).status).toBe(200);
  await door.post(message(at.channel.url, press()));
  await door.door?.deliverer.idle();
  expect([texts(), door.turns]).toEqual([['un peu moins vite'], []]);
});

test('while the store is gone Teams is answered too, cards stay, and nothing is taken for a person’s that an adviser may have said', async () => {
  const staff = {
    hear: async () => {
      throw new Error('no database');
    },
    sent: async () => {},
  };
  const gone = await open({ mode: 'open-loopback' }, undefined, [], { staff, standIn: async () => slowly() });
  expect((await gone.post(message(at.channel.url, press()))).status).toBe(200);
  await gone.door?.deliverer.idle();
  expect([texts(), gone.turns]).toEqual([['un peu moins vite'], []]);
  const back = await open({ mode: 'open-loopback' }, undefined, [], { staff, standIn: async () => null });
  expect((await back.post(message(at.channel.url, press()))).status).toBe(500);
  expect(back.turns).toEqual([]);
});
