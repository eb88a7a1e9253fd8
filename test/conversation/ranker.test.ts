import { openConversation } from '../../src/conversation/open';
import type { Ranker } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';
import { fakeClock, keepingLogger, nowhere, says } from '../support/edges';

const question = 'how do I order the carte vitale, my number is 1 85 05 78 006 048 22?';

async function ask(rank?: Ranker) {
  const logger = keepingLogger();
  const { takeTurn } = await openConversation({
    store: createMemoryStore(),
    clock: fakeClock(),
    logger,
    metrics: { turn() {}, useful() {} },
    rank,
  });
  const started = performance.now();
  const reply = await takeTurn(says(question), nowhere);
  return {
    articles: reply.articles,
    milliseconds: performance.now() - started,
    codes: logger.lines.map((line) => line.fields.code),
  };
}

test('a plugged-in ranker decides which article answers, and sees the masked text only', async () => {
  const seen: string[] = [];
  const { articles } = await ask(async (text, language) => {
    seen.push(`${language} ${text}`);
    return [
      { topic: 'mutuelle', probability: 0.95 },
      { topic: 'no-such-topic', probability: 0.99 },
    ];
  });
  expect(articles).toEqual(['mutuelle']);
  expect(seen).toEqual(['en how do I order the carte vitale, my number is •••?']);
});

test.each<[string, Ranker, string | undefined]>([
  ['fails', () => Promise.reject(new Error('no model')), 'RANKER_FAILED'],
  ['never answers', () => new Promise(() => {}), 'RANKER_LATE'],
  ['finds nothing', async () => [], undefined],
])('the built-in ranking answers when the ranker %s', async (_, rank, code) => {
  const { articles, codes } = await ask(rank);
  expect(articles).toEqual((await ask()).articles);
  expect(articles).toEqual(['carte-vitale-order']);
  expect(codes).toEqual(code === undefined ? [] : [code]);
});
