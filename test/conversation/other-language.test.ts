import { openConversation } from '../../src/conversation/open';
import { openLibrary } from '../../src/library/compile';
import { createMemoryStore } from '../../src/storage/memory';
import { withLive } from '../nlu/support';
import { fakeClock, keepingLogger, nowhere, says } from '../support/edges';

test('a language that is not offered yet is answered in that language, with the ones that are', async () => {
  const edges = { store: createMemoryStore(), clock: fakeClock(), logger: keepingLogger() };
  const { takeTurn } = await openConversation(
    { ...edges, metrics: { turn() {}, useful() {} } },
    withLive(openLibrary(), ['fr', 'en']),
  );
  const { bubbles } = await takeTurn(
    says('buenas tardes, quisiera saber cómo va todo esto', { locale: undefined }),
    nowhere,
  );
  expect(bubbles.map(({ text }) => text).join('\n')).toMatch(/Por ahora hablo.*Français, English/s);
});
