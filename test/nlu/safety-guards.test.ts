import { Lexicon } from '../../src/library/lexicon';
import { tokenise } from '../../src/nlu/normalise';
import { createCrisisFinder } from '../../src/nlu/safety';

const lexicon = (language: string, emergency: string[], crisisGuards: string[]) =>
  Lexicon.parse({ language, crisis: { suicide: [], emergency, violence: [] }, crisisGuards });
const find = createCrisisFinder({
  en: lexicon('en', ['cannot breathe', 'overdose'], ['insurance .. cannot', 'overdose of paperwork']),
  it: lexicon('it', [], ['cannot breathe well', 'father cannot', 'overdose of paperwork']),
  es: lexicon('es', ['overdose'], []),
});

test.each<[string, 'emergency' | null]>([
  ['my father cannot breathe', 'emergency'],
  // The same clause, the same language: the guard says that it is none.
  ['my insurance says it cannot breathe', null],
  // What comes after a comma is said anew.
  ['no insurance, he cannot breathe', 'emergency'],
  // Another language's guard counts only when it holds the whole expression.
  ['he cannot breathe well', null],
  ['an overdose of paperwork', null],
  ['an overdose', 'emergency'],
])('%s → %s', (text, danger) => {
  expect(find(tokenise(text))).toBe(danger);
});
