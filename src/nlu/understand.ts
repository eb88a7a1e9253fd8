import type { Profile, Slot } from '../domain/profile';
import type { Lexicon } from '../library/lexicon';
import type { Library } from '../library/library';
import { buildIndex } from './build-index';
import { readCommand, withoutPleasantries } from './command';
import { createDetector, type Detection, withHysteresis } from './detect-language';
import { extractSlots } from './extract-slots';
import { type ArticleIndex, openIndex } from './find-articles';
import { personTurnedTo, putFirst, sideOf, topicOfWish } from './follow-up';
import { type Token, tokenise, wordCount } from './normalise';
import { askingParts } from './parts';
import { maskPersonalData } from './personal-data';
import { answersOnly, isMarked, isQuestion, isReply, joined, nothing, policyOf } from './question-policy';
import type { SerialisedIndex, TopicText } from './ranking-index';
import { remindOn, withoutTimes } from './remind-on';
import { createCrisisFinder } from './safety';
import { isSupposition } from './stated';
import type { Understanding, UnderstandingContext } from './understanding';
import { openWords, type Words } from './words';

/** The parts of the library that understanding needs. */
export type UnderstandingData = Pick<
  Library,
  'languages' | 'articles' | 'redirects' | 'lexicons' | 'contacts' | 'locales'
>;

/** Questions whose answers may be words that name a language as well. */
const askOrigin: ReadonlySet<Slot> = new Set<Slot>(['country', 'nationality', 'workCountry']);

/** Scores that lie so near to each other say nothing about which language it is. */
const tooClose = 0.3;
/** Hits that only somebody gives who writes that language about our subjects. */
const telling = /^(slot|people|country|concept|month|unit|duration):/;

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

/** Builds the index of every live language: ahead of time, `language → serialised index`. */
export function buildIndexes(data: UnderstandingData): Record<string, SerialisedIndex> {
  const indexes: Record<string, SerialisedIndex> = {};
  for (const { code, live } of data.languages) {
    if (live) indexes[code] = buildIndex(topicTexts(data, code), openWords(lexiconOf(data.lexicons, code)));
  }
  return indexes;
}

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
    const language = readable(chooseLanguage(masked, tokens, context), tokens);
    // A message in a language that is not live is read with that language's words, few as they are: nothing is guessed.
    const foreign =
      !language.explicit && language.detected !== null && !live.has(language.detected) ? language.detected : null;
    const lexicon = wordsOf(foreign !== null && data.lexicons[foreign] ? foreign : language.code);
    const hits = lexicon.find(tokens);
    const labels = labelsOf(data, language.code, context);
    const turnedTo = personTurnedTo(masked, tokens, hits, context);
    const command = crisis === null ? readCommand(tokens, hits) : null;
    const reading = { text: masked, tokens, hits, words: lexicon };
    const told: Profile =
      turnedTo !== null && turnedTo !== context.profile.subject
        ? { subject: turnedTo }
        : extractSlots(reading, context, labels);
    const reminds = command === 'remind';
    const answers = reminds ? withoutTimes(told, context.today) : told;
    const index = indexOf(language.code);
    const cut = foreign === null ? withoutPleasantries(tokens, hits) : undefined;
    const answered = answersOnly(masked, wordCount(tokens), hits, answers, context);
    const ranks = index !== null && tokens.length > 0 && !answered;
    const ranking = ranks ? (context.ranked ? index.adopt(context.ranked) : index.rank(masked, cut)) : null;
    const best = index && ranking ? index.best(ranking, 3) : [];
    const side = sideOf(tokens, hits, context.topic);
    const wishOnly = language.explicit && wordCount(tokens) <= 6;
    const about = side ?? topicOfWish(command, wishOnly);
    const ranked = about !== null && data.articles[about] ? putFirst(about, best) : best;
    const corrects = hits.some((hit) => hit.tag === 'correction');
    const supposes = hits.some(isSupposition);
    const asks =
      crisis === null &&
      (command === null || command === 'human') &&
      !wishOnly &&
      isQuestion(masked, tokens, hits, answers, context, ranking, index);
    const questionOf = (): Understanding['question'] => {
      if (side !== null && data.articles[side]) return { policy: 'answer', topics: [side] };
      const facts = Object.keys(answers).length > 0;
      // A supposition that asks nothing is no other subject, as little as a fact.
      const tells = facts || (supposes && !isMarked(masked, hits));
      const whole = index && ranking ? policyOf(index, ranking, wordCount(tokens), context, tells) : nothing;
      const read = index ? withParts(whole, index, facts) : whole;
      // "In fact I have no contract": what is taken back is no other subject.
      const question = corrects && /^refuse/.test(read.policy) && !isMarked(masked, hits) ? nothing : read;
      // Who turns to a person is asked about that person, unless the question is clear.
      return turnedTo !== null && question.policy !== 'answer' ? nothing : question;
    };
    /** Two questions of one message are answered in turn; one that stands beside facts, said or supposed, is read without them. */
    const withParts = (
      whole: Understanding['question'],
      index: ArticleIndex,
      facts: boolean,
    ): Understanding['question'] => {
      const parts = askingParts(masked, tokens, hits, (facts || supposes) && whole.policy !== 'answer');
      if (parts.length === 0) return whole;
      const read = parts.slice(0, 4).map((part): Understanding['question'] => {
        const partTokens = tokenise(part);
        const partHits = lexicon.find(partTokens);
        const aside = sideOf(partTokens, partHits, context.topic);
        if (aside !== null && data.articles[aside]) return { policy: 'answer', topics: [aside] };
        const ranked = index.rank(part, withoutPleasantries(partTokens, partHits));
        return policyOf(index, ranked, wordCount(partTokens), context, facts);
      });
      return joined(whole, read);
    };
    return {
      language,
      crisis,
      personalData: kinds,
      maskedText: masked,
      answers: wishOnly ? {} : answers,
      correction: corrects && Object.keys(answers).length > 0,
      command,
      ...(reminds ? { remindOn: remindOn(reading, context.today) } : {}),
      question: asks && command === null ? questionOf() : nothing,
      ranked,
    };
  };

  /** Bad spelling looks like another language; two facts, or a yes or no, in the language to answer in say that it is none. */
  function readable(language: Understanding['language'], tokens: readonly Token[]): Understanding['language'] {
    if (language.explicit || language.detected === null || live.has(language.detected)) return language;
    const hits = wordsOf(language.code).find(tokens);
    const slots = new Set(hits.flatMap(({ tag }) => /^slot:\w+/.exec(tag) ?? []));
    const replies = tokens.length > 0 && tokens.every((_, at) => hits.some((hit) => isReply(hit) && hit.start === at));
    return slots.size >= 2 || replies ? { ...language, detected: language.code } : language;
  }

  function chooseLanguage(
    text: string,
    tokens: readonly Token[],
    context: UnderstandingContext,
  ): Understanding['language'] {
    const seed = context.language ?? liveLocale(context.locale);
    // "Portugais" answers where somebody is from; it is no wish for the language of the same name.
    const answers = context.asked !== null && askOrigin.has(context.asked) && tokens.length === 1;
    const wished = answers ? null : detector.wishedLanguage(tokens);
    const current = context.language;
    if (wished !== null && live.has(wished)) {
      return { code: wished, explicit: true, changed: wished !== current, detected: wished };
    }
    const detection = readsBest(detector.detect(text, tokens, seed), tokens);
    const heard = withHysteresis(detection, seed, tokens.length <= 2 && current !== null ? 1.6 : undefined);
    const fallback = seed ?? (detection.code === null ? 'fr' : 'en');
    // A word or two that the conversation's language knows is no other language ("hier", said in French).
    const kept = current !== null && live.has(current) && tokens.length <= 2 && heard !== null && heard !== current;
    const known = kept ? wordsOf(current).find(tokens) : [];
    const told = tokens.every((_, index) =>
      known.some(({ tag, start, end }) => !tag.startsWith('concept:') && start <= index && index < end),
    );
    const chosen = kept && told ? current : heard;
    const code = chosen !== null && live.has(chosen) ? chosen : live.has(fallback) ? fallback : ([...live][0] ?? 'fr');
    return { code, explicit: false, changed: current !== null && code !== current, detected: wished ?? chosen };
  }

  /** Between languages that are nearly as likely, the one whose words say more about our subjects. */
  function readsBest(detection: Detection, tokens: readonly Token[]): Detection {
    const { code, scores } = detection;
    if (code === null) return detection;
    const close = Object.keys(scores).filter(
      (other) => live.has(other) && (scores[code] ?? 0) - (scores[other] ?? 0) <= tooClose,
    );
    if (close.length < 2) return detection;
    const read = (language: string): number => {
      const covered = new Set<number>();
      for (const { tag, start, end } of wordsOf(language).find(tokens))
        if (telling.test(tag)) for (let at = start; at < end; at += 1) covered.add(at);
      return covered.size;
    };
    const best = close.reduce((a, b) => (read(b) > read(a) ? b : a), code);
    return best === code ? detection : { code: best, scores: { ...scores, [best]: (scores[code] ?? 0) + tooClose } };
  }

  function liveLocale(locale: string | undefined): string | null {
    const code = locale?.slice(0, 2).toLowerCase();
    return code !== undefined && live.has(code) ? code : null;
  }
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
