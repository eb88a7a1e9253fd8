import type { Person } from '../../dialogs/context';
import { decideForAll } from '../../dialogs/verdict';
import type { Section } from './reply';
import type { Scene } from './scene';

/** One checklist for everybody with a verdict, each paper with the people who need it; null for one person alone. */
export function familySection(scene: Scene): Section | null {
  const { t, words, language, library, snapshot, today } = scene;
  if (snapshot.context.people.length < 2) return null;
  const verdicts = decideForAll(snapshot.context, library.rulebook, today);
  if (verdicts.length < 2) return null;
  const needs = new Map<string, Person['relation'][]>();
  for (const { person, outcome } of verdicts) {
    for (const { id } of outcome.documents) needs.set(id, [...(needs.get(id) ?? []), person.relation]);
  }
  const order: string[] = library.rulebook.documents.map(({ id }) => id);
  const who = (relations: Person['relation'][]) =>
    words.list(
      language,
      relations.map((relation) => t(`common:family.${relation}`)),
    );
  const titleFor = ({ relation }: Person, id: string) => {
    const other = `outcomes:${id}.titleOther`;
    return t(relation !== 'self' && words.has(language, other) ? other : `outcomes:${id}.title`);
  };
  const routes = verdicts.map(({ person, outcome }) => ({
    text: t('common:card.familyRoute', {
      who: t(`common:family.${person.relation}`),
      outcome: titleFor(person, outcome.id),
    }),
  }));
  const papers = [...needs]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([id, relations]) => ({
      text: t(`documents:${id}.name`),
      note: t('common:card.neededBy', { who: who(relations) }),
      mark: true,
    }));
  return { heading: t('common:card.family'), open: false, lines: [...routes, ...papers] };
}
