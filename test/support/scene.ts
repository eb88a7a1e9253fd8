import { createConversationMachine } from '../../dialogs/conversation.machine';
import { begin, move } from '../../dialogs/move';
import { render } from '../../src/conversation/render';
import type { Reply } from '../../src/conversation/reply';
import { openLibrary } from '../../src/library/compile';
import { createWords } from '../../src/library/i18n';
import type { Library } from '../../src/library/library';
import { type Happening, stamp } from './machine';

/** The compiled library, read once per test file. */
export const library = openLibrary();

/** The compiled library with another rule book. */
export const withRulebook = (change: Partial<Library['rulebook']>): Library => ({
  ...library,
  rulebook: { ...library.rulebook, ...change },
});

/** What is said after these events, in a language, by a conversation over a library. */
export function reply(events: Happening[], from: Library = library, language = 'en'): Reply {
  const machine = createConversationMachine(from.rulebook);
  const words = createWords(from);
  let snapshot = begin(machine);
  let effects: Parameters<typeof render>[1] = [];
  for (const event of events)
    ({ snapshot, effects } = move(machine, snapshot, [{ ...event, ...stamp } as Parameters<typeof move>[2][number]]));
  const { people, current } = snapshot.context;
  const forOther = people.find(({ id }) => id === current)?.relation !== 'self';
  const scene = { snapshot, library: from, words, language, t: words.in(language), today: stamp.today, forOther };
  return render(scene, effects);
}

/** The lines of one section of the card shown; empty when it has no such section. */
export function sectionOf(said: Reply, heading: string, from: Library = library, language = 'en'): string[] {
  const wanted = createWords(from).in(language)(heading);
  const sections = said.bubbles.flatMap(({ card }) => card?.sections ?? []);
  const found = sections.find((section) => section.heading === wanted);
  return (found?.lines ?? []).flatMap(({ text, note }) => (note ? [text, note] : [text]));
}

/** Everything that a reply says, one text. */
export const textOf = (said: Reply): string => said.bubbles.map(({ text }) => text).join('\n');
