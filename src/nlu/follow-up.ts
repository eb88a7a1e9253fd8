import { type Token, wordCount } from './normalise';
import type { Hit } from './phrases';
import type { Command, RankedTopic, UnderstandingContext } from './understanding';

/** Longer messages say themselves what they are about. */
const longest = 6;

/** One side of any subject ("docs?", "how long?"), by the concept that names it, and its topic. */
const sides: Record<string, string> = {
  documents: 'documents-list',
  'how-long': 'processing-time',
  cost: 'cost-of-coverage',
  send: 'where-to-send',
};
/** Where the last article has a topic of its own for that side. */
const closer: { concept: string; after: RegExp; topic: string }[] = [
  { concept: 'how-long', after: /^carte-vitale-(order|delay|lost|photo|what)/, topic: 'carte-vitale-delay' },
  { concept: 'how-long', after: /^(three-month-rule|care-before-registration)$/, topic: 'three-month-rule' },
  { concept: 'cost', after: /^mutuelle$/, topic: 'mutuelle' },
  { concept: 'cost', after: /^css$/, topic: 'css' },
];
/** Concepts of asking, which say nothing about the subject. */
const asking = new Set(['concept:which', 'concept:where', 'concept:what-is', 'concept:how-much', 'concept:issue']);

const isSmall = ({ tag }: Hit): boolean => tag === 'filler' || tag === 'question' || asking.has(tag);

/** The topic of a message that names one side and nothing else, seen from the last article; null for any other message. */
export function sideOf(tokens: readonly Token[], hits: readonly Hit[], lastTopic: string | null): string | null {
  if (tokens.length === 0 || wordCount(tokens) > longest) return null;
  const named = hits.filter((hit) => hit.tag.startsWith('concept:') && !asking.has(hit.tag));
  const concepts = new Set(named.map((hit) => hit.tag.slice(8)));
  const [concept] = concepts;
  if (concept === undefined || concepts.size > 1 || !Object.hasOwn(sides, concept)) return null;
  const small = hits.filter(isSmall);
  if (!covered(tokens, [...named, ...small])) return null;
  const near =
    lastTopic === null ? undefined : closer.find((row) => row.concept === concept && row.after.test(lastTopic));
  return near?.topic ?? (sides[concept] as string);
}

/** Wishes about the bot itself, and the topic that stands for them in a ranking. */
const wishTopics: Partial<Record<Command, string>> = {
  human: 'human-handoff',
  restart: 'bot-meta',
  back: 'bot-meta',
  forget: 'bot-meta',
  edit: 'bot-meta',
  help: 'bot-meta',
};

/** The topic of a message that is a wish, to the bot or for another language; null for any other message. */
export const topicOfWish = (command: Command | null, wantsLanguage: boolean): string | null =>
  wantsLanguage ? 'bot-meta' : command === null ? null : (wishTopics[command] ?? null);

/** The ranking with that topic in front, as sure as can be. */
export function putFirst(topic: string, ranked: readonly RankedTopic[]): RankedTopic[] {
  return [{ topic, probability: 0.99 }, ...ranked.filter((entry) => entry.topic !== topic)].slice(0, 3);
}

/** The person a message turns to and says nothing more about ("et pour ma femme ?", "and for my kids?"); null for any other. */
export function personTurnedTo(
  text: string,
  tokens: readonly Token[],
  hits: readonly Hit[],
  context: UnderstandingContext,
): 'spouse' | 'child' | 'parent' | 'other' | null {
  if (wordCount(tokens) > longest + 1 || context.asked === 'subject' || context.asked === 'relation') return null;
  const named = hits.filter((hit) => hit.tag.startsWith('subject:'));
  const [person] = named;
  if (!person || named.some((hit) => hit.tag !== person.tag)) return null;
  // "Ma femme" alone may answer something; it turns to her with "et", "pour" or a question mark.
  if (person.start === 0 && !/[?？؟]/.test(text)) return null;
  const inside = (hit: Hit) => hit.start >= person.start && hit.end <= person.end;
  const says = hits.some(
    (hit) => /^(concept|people|country|time|unit):/.test(hit.tag) && !asking.has(hit.tag) && !inside(hit),
  );
  const within = hits.some(
    (hit) =>
      /^slot:(?!subject|relation|joining|children:true)/.test(hit.tag) &&
      hit.start < person.end &&
      person.start < hit.end,
  );
  if (says || within) return null;
  const small = hits.filter(isSmall);
  return covered(tokens, [person, ...small]) ? (person.tag.slice(8) as 'spouse') : null;
}

/** True when the hits cover every word but single letters ("c'est", "d'accord"). */
function covered(tokens: readonly Token[], hits: readonly Hit[]): boolean {
  return tokens.every(
    ({ word }, index) => word.length === 1 || hits.some((hit) => hit.start <= index && index < hit.end),
  );
}
