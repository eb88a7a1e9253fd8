import { currentPerson } from '../../dialogs/context';
import { subjectProfile } from '../../dialogs/verdict';
import { holds } from '../domain/evaluate';
import type { Outcome } from '../domain/outcome';
import type { Article } from '../library/library';
import type { Section } from './reply';
import type { Scene } from './scene';

/** The notes of these rows of content/conflicts.yaml, in its order; a row that is gone says nothing. */
function section({ t, words, language, library }: Scene, wanted: (row: ConflictRow) => boolean): Section {
  const lines = library.rulebook.conflicts
    .filter((row) => wanted(row) && words.has(language, `conflicts:${row.id}`))
    .map(({ id }) => ({ text: t(`conflicts:${id}`) }));
  return { heading: t('common:card.conflicts'), open: false, lines };
}
type ConflictRow = Scene['library']['rulebook']['conflicts'][number];

/** What sources disagree about in an article. */
export const articleConflicts = (scene: Scene, article: Article): Section =>
  section(scene, ({ id, articles }) => article.conflicts.includes(id) || articles.includes(article.id));

/** What sources disagree about in the papers and articles of an outcome, where it matters to this person. */
export function outcomeConflicts(scene: Scene, outcome: Outcome): Section {
  const { library, snapshot, today } = scene;
  const profile = subjectProfile(currentPerson(snapshot.context));
  const papers = new Set<string>(outcome.documents.map(({ id }) => id));
  const fromPapers = new Set(outcome.documents.flatMap(({ conflict }) => conflict ?? []));
  const fromArticles = new Set(outcome.articles.flatMap((topic) => library.articles[topic]?.conflicts ?? []));
  return section(scene, ({ id, when, articles, documents }) => {
    const concerned =
      fromPapers.has(id) ||
      fromArticles.has(id) ||
      documents.some((document) => papers.has(document)) ||
      articles.some((topic) => outcome.articles.includes(topic));
    return concerned && (when === undefined || holds(when, profile, library.rulebook, today));
  });
}
