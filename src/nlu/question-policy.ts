import { type ArticleIndex, isRedirectId, type Ranking } from './find-articles';
import { type Token, wordCount } from './normalise';
import { covers } from './pending-answer';
import type { Hit } from './phrases';
import type { Understanding, UnderstandingContext } from './understanding';

/** Probabilities from which a topic is answered at once, or offered as a button. */
export const thresholds = {
  answer: 0.66,
  suggest: 0.25,
  /** Share of known words from which an unsure question is still taken for one of ours. */
  ourWords: 0.7,
  /** From here on nothing else is offered beside the answer. */
  sure: 0.85,
  offerBesideRedirect: 0.4,
  /** A neighbouring subject that comes so near the best topic leaves the choice to the person. */
  contested: 0.87,
  /** A message that states facts and asks nothing in words: about a thing, or about a route (which the interview is for). */
  statement: 0.55,
  statementOfRoute: 0.97,
  /** Beside stated facts, a redirect needs our best subject to fall this far behind. */
  behindRedirect: 0.8,
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
  statesFacts = false,
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
    // Who tells of their own case asks about it: the nationality or the visa in it is not the subject.
    const ours = inScope[0];
    if (statesFacts && ours && ours.score >= first.score * thresholds.behindRedirect)
      return unsure ? nothing : { policy: 'suggest', topics: ids };
    return { policy: id.startsWith('near-') ? 'refuse-near' : 'refuse-out', topics: [id] };
  }
  const beside = ranking.scored.find(({ topic }) => (index.topics[topic] as string).startsWith('near-'));
  const contested = beside !== undefined && beside.score >= first.score * thresholds.contested;
  if (ranking.probability >= thresholds.answer && !contested)
    return { policy: 'answer', topics: ranking.probability >= thresholds.sure ? ids.slice(0, 1) : ids };
  if (!unsure) return { policy: 'suggest', topics: ids };
  // A word or two of ours ("numéro") are too little to know, not another subject.
  if (count <= 2)
    return context.asked === null && ranking.knownShare === 1 ? { policy: 'suggest', topics: ids } : nothing;
  if (statesFacts) return nothing;
  // In our words for the most part, and nearest to a subject of ours: rather offer it than call it foreign.
  if (ranking.knownShare >= thresholds.ourWords) return { policy: 'suggest', topics: ids };
  return { policy: 'refuse-out', topics: ['out-off-topic'] };
}

/** The question of a message, given what its asking parts are when read alone. */
export function joined(
  whole: Understanding['question'],
  parts: readonly Understanding['question'][],
): Understanding['question'] {
  const sure = parts.filter(({ policy }) => policy === 'answer');
  const answers = [...new Set(sure.map(({ topics }) => topics[0] as string))].slice(0, 2);
  const [only] = sure;
  if (answers.length === 2)
    return { policy: 'answer', topics: /^(answer|suggest)$/.test(whole.policy) ? whole.topics : answers, answers };
  if (parts.length !== 1 || whole.policy === 'answer') return whole;
  const [part] = parts;
  return only ?? (whole.policy !== 'suggest' && part?.policy === 'suggest' ? part : whole);
}

/** Yes, no and "I don't know". */
export const isReply = ({ tag }: Hit): boolean => tag === 'yes' || tag === 'no' || tag === 'unknown';
/** Hits that ask nothing by themselves: replies, small words, politeness. */
const isBare = (hit: Hit): boolean => isReply(hit) || hit.tag === 'filler' || hit.tag.startsWith('command:');
/** Hits that are part of a date. */
const isTime = ({ tag }: Hit): boolean => timeTags.has(tag) || tag.startsWith('month:') || tag.startsWith('duration:');
const timeTags = new Set([
  'unit:year',
  ...['arrived', 'since', 'ago', 'half', 'lastMonth', 'recent', 'monthCues', 'dateJoins'].map((cue) => `time:${cue}`),
]);
const polite = new Set(['concept:greeting', 'concept:thanks']);

/** True for a message that holds nothing but yes, no, politeness, numbers or a date: never a question. */
export function asksNothing(text: string, tokens: readonly Token[], hits: readonly Hit[]): boolean {
  if (!/\p{L}/u.test(text)) return true;
  if (questionMark.test(text)) return false;
  const covered = (kind: (hit: Hit) => boolean): boolean => {
    const inside = new Uint8Array(tokens.length);
    for (const hit of hits) if (kind(hit)) inside.fill(1, hit.start, hit.end);
    return tokens.every(({ word }, index) => inside[index] === 1 || /^\d+$/.test(word));
  };
  if (hits.some(isTime) && covered((hit) => isTime(hit) || isBare(hit) || hit.tag === 'self')) return true;
  if (covered(isReply)) return true;
  return covered(isBare) && !hits.some((hit) => hit.tag.startsWith('concept:') && !polite.has(hit.tag));
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
  tokens: readonly Token[],
  hits: readonly Hit[],
  answers: Understanding['answers'],
  context: UnderstandingContext,
  ranking: Ranking | null,
  index: ArticleIndex | null,
): boolean {
  const count = wordCount(tokens);
  if (count === 0 || asksNothing(text, tokens, hits)) return false;
  const marked = isMarked(text, hits);
  const facts = Object.keys(answers).length;
  if (context.asked !== null && answers[context.asked] !== undefined && !questionMark.test(text)) {
    return marked && count > 6 && (ranking?.probability ?? 0) >= thresholds.answer;
  }
  if (context.asked !== null && facts === 0 && count <= 2 && covers(hits, 'no', tokens.length)) return false;
  if (facts === 0 && !questionMark.test(text) && covers(hits, 'unknown', tokens.length)) return false;
  // "My mother wants to live with me" says who it is about, and nothing for the interview to go on.
  const onlyWho = facts === 1 && answers.subject !== undefined && hits.some(({ tag }) => tag === 'joinsMe');
  if (facts === 0 || onlyWho || marked) return true;
  // Facts about the file tell of a problem with it; facts about the person are for the interview.
  const { stage, sentOn, number } = answers;
  if (stage === undefined && sentOn === undefined && number === undefined) return false;
  if (ranking === null || index === null) return false;
  const first = index.topics[ranking.scored[0]?.topic ?? -1] ?? '';
  return (
    !isRedirectId(first) &&
    ranking.probability >= (first.startsWith('route-') ? thresholds.statementOfRoute : thresholds.statement)
  );
}

/** True when a message asks in so many words. */
export const isMarked = (text: string, hits: readonly Hit[]): boolean =>
  questionMark.test(text) || hits.some((hit) => hit.tag === 'question');
