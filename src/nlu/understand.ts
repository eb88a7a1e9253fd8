import type { Lexicon } from '../library/lexicon';
import type { Library } from '../library/library';
import { buildIndex } from './build-index';
import { readCommand, withoutPleasantries } from './command';
import { createDetector, withHysteresis } from './detect-language';
import { extractSlots } from './extract-slots';
import { type ArticleIndex, openIndex, type Ranking } from './find-articles';
import { tokenise } from './normalise';
import { covers } from './pending-answer';
import { maskPersonalData } from './personal-data';
import type { Hit } from './phrases';
import type { SerialisedIndex, TopicText } from './ranking-index';
import { createCrisisFinder } from './safety';
import type { Understanding, UnderstandingContext } from './understanding';
import { openWords, type Words } from './words';

/** The parts of the library that understanding needs. */
export type UnderstandingData = Pick<
  Library,
  'languages' | 'articles' | 'redirects' | 'lexicons' | 'contacts' | 'locales'
>;

/** The texts of one language that go into its index. */
export function topicTexts(data: UnderstandingData, language: string): TopicText[] {
  const topics: TopicText[] = [];
  for (const [id, article] of Object.entries(data.articles)) {
    const text = article.texts[language];
    if (!text) continue;
    const answer = [text.title, text.short, ...text.do, ...text.except].join(' ');
    topics.push({ id, phrasings: [text.title, ...text.phrasings], answer });
  }
  for (const [id, redirect] of Object.entries(data.redirects)) {
    const text = redirect.texts[language];
    if (text) topics.push({ id, phrasings: text.phrasings, answer: '' });
  }
  return topics;
}

/** Builds the index of every language that has articles: ahead of time, `language → serialised index`. */
export function buildIndexes(data: UnderstandingData): Record<string, SerialisedIndex> {
  const indexes: Record<string, SerialisedIndex> = {};
  for (const [language, lexicon] of Object.entries(data.lexicons)) {
    const topics = topicTexts(data, language);
    if (topics.length > 0) indexes[language] = buildIndex(topics, openWords(lexicon));
  }
  return indexes;
}

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

/**
 * Makes the function that tells what a message means: pure and synchronous. Needs `loadDetector()` before.
 * Indexes of `buildIndexes` are opened on first use of their language.
 */
export function createUnderstand(
  data: UnderstandingData,
  indexes: Record<string, SerialisedIndex>,
): (text: string, context: UnderstandingContext) => Understanding {
  const live = new Set(data.languages.filter((language) => language.live).map(({ code }) => code));
  const detector = createDetector(data.lexicons);
  const crisisOf = createCrisisFinder(data.lexicons);
  const publicPhones = phonesOf(data.contacts);
  const words = new Map<string, Words>();
  const open = new Map<string, ArticleIndex>();
  const wordsOf = (language: string): Words =>
    cached(words, language, () => openWords(lexiconOf(data.lexicons, language)));
  const indexOf = (language: string): ArticleIndex | null => {
    const known = open.get(language);
    if (known) return known;
    const built = indexes[language];
    return built ? cached(open, language, () => openIndex(built, wordsOf(language))) : null;
  };

  return (text, context) => {
    const { kinds, masked } = maskPersonalData(text, publicPhones);
    const tokens = tokenise(masked);
    const crisis = crisisOf(tokens);
    const language = chooseLanguage(masked, context);
    // A message in a language that is not live is read with that language's words, few as they are: nothing is guessed.
    const foreign =
      !language.explicit && language.detected !== null && !live.has(language.detected) ? language.detected : null;
    const lexicon = wordsOf(foreign !== null && data.lexicons[foreign] ? foreign : language.code);
    const hits = lexicon.find(tokens);
    const labels = labelsOf(data, language.code, context);
    const answers = extractSlots({ text: masked, tokens, hits, words: lexicon }, context, labels);
    const command = crisis === null ? readCommand(tokens, hits) : null;
    const index = indexOf(language.code);
    const cut = foreign === null ? withoutPleasantries(tokens, hits) : undefined;
    const ranking = index && tokens.length > 0 ? index.rank(masked, cut) : null;
    const ranked = index && ranking ? index.best(ranking, 3) : [];
    const wishOnly = language.explicit && tokens.length <= 6;
    const asks =
      crisis === null &&
      (command === null || command === 'human') &&
      !wishOnly &&
      isQuestion(masked, tokens.length, hits, answers, context, ranking, index);
    return {
      language,
      crisis,
      personalData: kinds,
      maskedText: masked,
      answers: wishOnly ? {} : answers,
      correction: hits.some((hit) => hit.tag === 'correction') && Object.keys(answers).length > 0,
      command,
      question:
        asks && command === null && index && ranking ? policyOf(index, ranking) : { policy: 'none', topics: [] },
      ranked,
    };
  };

  function chooseLanguage(text: string, context: UnderstandingContext): Understanding['language'] {
    const tokens = tokenise(text);
    const seed = context.language ?? liveLocale(context.locale);
    const wished = detector.wishedLanguage(tokens);
    const detection = detector.detect(text);
    const current = context.language;
    if (wished !== null && live.has(wished)) {
      return { code: wished, explicit: true, changed: wished !== current, detected: wished };
    }
    const chosen = withHysteresis(detection, seed, tokens.length <= 2 && current !== null ? 1.6 : undefined);
    const fallback = seed ?? (detection.code === null ? 'fr' : 'en');
    const code = chosen !== null && live.has(chosen) ? chosen : live.has(fallback) ? fallback : ([...live][0] ?? 'fr');
    return { code, explicit: false, changed: current !== null && code !== current, detected: wished ?? chosen };
  }

  function liveLocale(locale: string | undefined): string | null {
    const code = locale?.slice(0, 2).toLowerCase();
    return code !== undefined && live.has(code) ? code : null;
  }
}

const pleasantries = new Set(['out-greeting', 'out-thanks']);

/** What to do with a question: answer, offer, or refuse with a pointer. */
function policyOf(index: ArticleIndex, ranking: Ranking): Understanding['question'] {
  // A greeting or thanks beside something else is not the subject.
  const subject = ranking.scored.find(({ topic }) => !pleasantries.has(index.topics[topic] as string));
  const first = ranking.probability >= thresholds.suggest ? subject : ranking.scored[0];
  if (!first) return { policy: 'refuse-out', topics: [] };
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
  if (ranking.probability >= thresholds.suggest) return { policy: 'suggest', topics: ids };
  return { policy: 'refuse-out', topics: ['out-off-topic'] };
}

/** True when a message wants an answer, and does not only state facts or answer what was asked. */
function isQuestion(
  text: string,
  count: number,
  hits: readonly Hit[],
  answers: Understanding['answers'],
  context: UnderstandingContext,
  ranking: Ranking | null,
  index: ArticleIndex | null,
): boolean {
  if (count === 0) return false;
  const marked = /[?？؟]/.test(text) || hits.some((hit) => hit.tag === 'question');
  const facts = Object.keys(answers).length;
  if (context.asked !== null && answers[context.asked] !== undefined && !/[?？؟]/.test(text)) {
    return marked && count > 6 && (ranking?.probability ?? 0) >= thresholds.answer;
  }
  if (context.asked !== null && facts === 0 && count <= 2 && covers(hits, 'no', count)) return false;
  if (facts === 0 || marked) return true;
  if (ranking === null || index === null) return false;
  const first = index.topics[ranking.scored[0]?.topic ?? -1] ?? '';
  if (first.startsWith('near-')) return true;
  return ranking.probability >= (first.startsWith('route-') ? thresholds.statementOfRoute : thresholds.statement);
}

function labelsOf(data: UnderstandingData, language: string, context: UnderstandingContext): Record<string, string> {
  if (context.asked === null) return {};
  const questions = data.locales[language]?.questions as
    | Record<string, { choices?: Record<string, string>; dontKnow?: string }>
    | undefined;
  const question = questions?.[context.asked];
  return { ...question?.choices, ...(question?.dontKnow ? { unknown: question.dontKnow } : {}) };
}

/** Digits of every phone number of the contacts, in national and international form: never masked. */
export function phonesOf(contacts: UnderstandingData['contacts']): Set<string> {
  const phones = new Set<string>();
  for (const { phone, tel } of Object.values(contacts)) {
    for (const written of [phone, tel]) {
      const digits = written?.replace(/\D/g, '') ?? '';
      if (digits === '') continue;
      phones.add(digits);
      phones.add(digits.replace(/^(?:00)?33/, '0'));
      phones.add(digits.replace(/^0/, '33'));
    }
  }
  return phones;
}

function lexiconOf(lexicons: Record<string, Lexicon>, language: string): Lexicon {
  const lexicon = lexicons[language];
  if (!lexicon) throw new Error(`no lexicon for language "${language}"`);
  return lexicon;
}

function cached<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
