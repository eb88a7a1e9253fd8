import type { ArticleIndex, Ranking } from './find-articles';
import { covers } from './pending-answer';
import type { Hit } from './phrases';
import type { Understanding, UnderstandingContext } from './understanding';

/** Probabilities from which a topic is answered at once, or offered as a button. */
export const thresholds = {
  answer: 0.6,
  suggest: 0.25,
  offerBesideRedirect: 0.4,
  /** A neighbouring subject that comes so near the best topic leaves the choice to the person. */
  contested: 0.87,
  /** A message that states facts and asks nothing in words: about a thing, or about a route (which the interview is for). */
  statement: 0.55,
  statementOfRoute: 0.97,
};

const questionMark = /[?？؟]/;
/** Nothing was asked, or nothing that means anything. */
export const nothing: Understanding['question'] = { policy: 'none', topics: [] };
const pleasantries = new Set(['out-greeting', 'out-thanks']);

/** What to do with a question: answer, offer, or refuse with a pointer. */
export function policyOf(
  index: ArticleIndex,
  ranking: Ranking,
  count: number,
  context: UnderstandingContext,
): Understanding['question'] {
  // A greeting or thanks beside something else is not the subject.
  const subject = ranking.scored.find(({ topic }) => !pleasantries.has(index.topics[topic] as string));
  const first = ranking.probability >= thresholds.suggest ? subject : ranking.scored[0];
  const unsure = ranking.probability < thresholds.suggest;
  // Nothing but unknown words: not another subject, but not understood.
  if (!first || (unsure && ranking.knownShare === 0)) return nothing;
  const inScope = ranking.scored.filter(({ topic }) => !index.isRedirect(topic)).slice(0, 3);
  const ids = inScope.map(({ topic }) => index.topics[topic] as string);
  const id = index.topics[first.topic] as string;
  if (index.isRedirect(first.topic)) {
    // A neighbouring subject leads, but the question may well be ours: let the person choose.
    if (ranking.probability >= thresholds.offerBesideRedirect && id.startsWith('near-'))
      return { policy: 'suggest', topics: ids };
    return { policy: id.startsWith('near-') ? 'refuse-near' : 'refuse-out', topics: [id] };
  }
  const beside = ranking.scored.find(({ topic }) => (index.topics[topic] as string).startsWith('near-'));
  const contested = beside !== undefined && beside.score >= first.score * thresholds.contested;
  if (ranking.probability >= thresholds.answer && !contested) return { policy: 'answer', topics: ids };
  if (!unsure) return { policy: 'suggest', topics: ids };
  // A word or two of ours ("numéro") are too little to know, not another subject.
  if (count <= 2)
    return context.asked === null && ranking.knownShare === 1 ? { policy: 'suggest', topics: ids } : nothing;
  return { policy: 'refuse-out', topics: ['out-off-topic'] };
}

/** True when a message answers the pending question and asks nothing: there is nothing to look for. */
export function answersOnly(
  text: string,
  count: number,
  hits: readonly Hit[],
  answers: Understanding['answers'],
  context: UnderstandingContext,
): boolean {
  if (context.asked === null || answers[context.asked] === undefined || questionMark.test(text)) return false;
  return count <= 6 || !hits.some((hit) => hit.tag === 'question');
}

/** True when a message wants an answer, and does not only state facts or answer what was asked. */
export function isQuestion(
  text: string,
  count: number,
  hits: readonly Hit[],
  answers: Understanding['answers'],
  context: UnderstandingContext,
  ranking: Ranking | null,
  index: ArticleIndex | null,
): boolean {
  if (count === 0) return false;
  const marked = questionMark.test(text) || hits.some((hit) => hit.tag === 'question');
  const facts = Object.keys(answers).length;
  if (context.asked !== null && answers[context.asked] !== undefined && !questionMark.test(text)) {
    return marked && count > 6 && (ranking?.probability ?? 0) >= thresholds.answer;
  }
  if (context.asked !== null && facts === 0 && (!/\p{L}/u.test(text) || (count <= 2 && covers(hits, 'no', count)))) {
    return false;
  }
  if (facts === 0 && !questionMark.test(text) && covers(hits, 'unknown', count)) return false;
  if (facts === 0 || marked) return true;
  if (ranking === null || index === null) return false;
  const first = index.topics[ranking.scored[0]?.topic ?? -1] ?? '';
  if (first.startsWith('near-')) return true;
  return ranking.probability >= (first.startsWith('route-') ? thresholds.statementOfRoute : thresholds.statement);
}
