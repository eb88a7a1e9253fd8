import type { Words } from '../library/i18n';
import { findTerms } from './find-terms';
import type { Part } from './part';
import { articleChoices } from './render-article';
import type { Bubble, Card, Choice } from './reply';
import type { Scene } from './scene';

/** At most so many terms are offered under one reply. */
const mostOffered = 3;

const textsOf = (card: Card): string[] => [
  card.title,
  ...card.sections
    .filter(({ open }) => open)
    .flatMap(({ heading, lines }) => [heading, ...lines.flatMap(({ text, note }) => [text, note ?? ''])]),
];

const buttonOf = ({ t }: Scene, term: string): Choice => ({
  title: t('common:glossary.button', { term: t(`glossary:${term}.term`) }),
  value: `term=${term}`,
});

/** Buttons for the terms that stand in sight: those that were not opened yet first, among them the longest names first. */
export function termChoices(scene: Scene, bubbles: Bubble[]): Choice[] {
  const { library, snapshot } = scene;
  const lengths = new Map<string, number>();
  for (const { text, card } of bubbles) {
    const found = findTerms(library, [text, ...(card ? textsOf(card) : [])].join('\n'));
    for (const [term, length] of found) lengths.set(term, Math.max(length, lengths.get(term) ?? 0));
  }
  const { opened } = snapshot.context;
  return [...lengths]
    .sort(
      ([a, lengthOfA], [b, lengthOfB]) =>
        Number(opened.includes(a)) - Number(opened.includes(b)) || lengthOfB - lengthOfA,
    )
    .slice(0, mostOffered)
    .map(([term]) => buttonOf(scene, term));
}

const values = new WeakMap<Words, Map<string, Map<string, string>>>();

/** The values of all terms' buttons in the person's language, by title. */
function valuesByTitle(scene: Scene): Map<string, string> {
  const known = values.get(scene.words) ?? new Map<string, Map<string, string>>();
  values.set(scene.words, known);
  const made =
    known.get(scene.language) ??
    new Map(
      Object.keys(scene.library.glossary)
        .map((term) => buttonOf(scene, term))
        .map(({ title, value }) => [title, value]),
    );
  known.set(scene.language, made);
  return made;
}

/** The value of a term's button, where a channel sends its title as if it had been typed; undefined for any other text. */
export const typedTerm = (scene: Scene, text: string): string | undefined => valuesByTitle(scene).get(text);

/** The card of a term: what it means, and the article to read on. */
export function termPart(scene: Scene, term: string): Part {
  const { t, library } = scene;
  const article = library.glossary[term]?.article;
  const more = article ? articleChoices(scene, [article]) : [];
  const sections = [
    { heading: '', open: true, lines: [{ text: t(`glossary:${term}.meaning`) }] },
    ...(more.length > 0 ? [{ heading: t('common:article.related'), open: true, lines: [], choices: more }] : []),
  ];
  return {
    bubbles: [{ text: '', card: { kind: 'glossary', title: t(`glossary:${term}.term`), sections } }],
    statuses: ['answered'],
  };
}
