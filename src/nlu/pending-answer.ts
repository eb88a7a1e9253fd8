import { nationalityGroup } from '../domain/countries';
import { isSlot, type Profile, parseSlotText, parseSlotValue, type Slot, type SlotValue } from '../domain/profile';
import { ageGroup, isOver28 } from './ages';
import type { Reading } from './extract-slots';
import { fold, wordCount } from './normalise';
import type { Hit } from './phrases';
import { isPast } from './slot-hits';
import type { UnderstandingContext } from './understanding';

const booleans = new Set<Slot>([
  'ukWithdrawal',
  'visaValidated',
  'fiveYears',
  'over28',
  'children',
  'frenchBenefit',
  'volunteerReturn',
]);
/** Longer messages than this tell something of their own; they answer only by their facts. */
const longestAnswer = 12;
/** So short a message holds nothing but its answer. */
const shortAnswer = 4;

/** Questions whose answer speaks of others than the person to be registered. */
const ofOthers = new Set<Slot>(['subject', 'joining', 'relation', 'children']);
/** Questions of where somebody is from, which any word of a country answers. */
const ofOrigin = new Set<Slot>(['country', 'nationality', 'workCountry']);

/**
 * The hits of a message without those that would answer the question on screen for somebody else ("my wife is French") or for a
 * time that is over ("I was a student").
 */
export function answeringHits(
  { tokens, hits }: Reading,
  { asked }: UnderstandingContext,
  isMine: (index: number) => boolean,
): readonly Hit[] {
  if (asked === null || ofOthers.has(asked)) return hits;
  const answers = ({ tag }: Hit): boolean =>
    tag.startsWith(`slot:${asked}:`) ||
    tag.startsWith(`answer:${asked}:`) ||
    (ofOrigin.has(asked) && /^(country:|people:|origin:french|answer:nationality:)/.test(tag));
  const holds = (hit: Hit): boolean => (isMine(hit.start) || isMine(hit.end - 1)) && !isPast(tokens, hits, hit);
  return hits.filter((hit) => !answers(hit) || holds(hit));
}

/** What a message means as an answer to the question on screen: by number, letter, label, word, yes or no, "I don't know". */
export function answerPending(
  reading: Reading,
  context: UnderstandingContext,
  labels: Record<string, string>,
): Profile {
  const { asked } = context;
  const { tokens, text } = reading;
  const hits = wordCount(tokens) <= shortAnswer ? reading.hits : withoutThings(reading.hits);
  const helper = byHelper(reading, context);
  if (asked === null || helper) return helper ?? {};
  if (wordCount(tokens) > longestAnswer || /[?？؟]\s*\S/.test(text)) return {};
  const answer = (value: SlotValue | undefined): Profile =>
    value === undefined ? {} : ({ [asked]: value } as Profile);

  const choice = byPosition(text, context.offered) ?? byLabel(text, labels);
  if (choice !== undefined) return chosen(asked, choice);
  const counted = byNumber(reading, asked);
  if (counted !== undefined) return answer(counted);
  if (asked === 'country' || asked === 'nationality' || asked === 'workCountry') {
    const named = byCountry(hits, asked);
    if (named) return named;
  }
  const synonym = bySynonym(hits, asked);
  const unknown = covers(hits, 'unknown', tokens.length);
  // "No idea" holds the word "no" and is none; "I don't know whether a récépissé counts" says what there is.
  if (unknown && (synonym === undefined || isWithinUnknown(hits, asked))) return answer('unknown');
  if (synonym !== undefined) return answer(synonym);
  if (booleans.has(asked)) {
    const no = firstOf(hits, 'no') ?? firstOf(hits, 'negation');
    const yes = firstOf(hits, 'yes');
    if (no !== undefined && (yes === undefined || no < yes)) return answer(false);
    if (yes !== undefined) return answer(true);
  }
  return {};
}

/** "Yes, he's an engineer", once a relative was spoken of: whoever is joined works. */
function byHelper({ tokens, hits, text }: Reading, { asked, profile }: UnderstandingContext): Profile | null {
  const { relation, subject } = profile;
  if (relation === undefined || relation === 'unknown' || (subject !== undefined && subject !== 'self')) return null;
  if (asked === 'joining' || wordCount(tokens) > longestAnswer || /[?？؟]/.test(text) || firstOf(hits, 'yes') !== 0)
    return null;
  if (!hits.some((hit) => hit.tag === 'pronoun') || firstOf(hits, 'negation') !== undefined) return null;
  return bySynonym(hits, 'joining') === 'insuredWorker' ? { joining: 'insuredWorker' } : null;
}

/** The fact behind a button: a value of the asked slot, or `slot=value` of another one. */
function chosen(asked: Slot, choice: string): Profile {
  const cut = choice.indexOf('=');
  const slot = cut < 0 ? asked : choice.slice(0, cut);
  const value = isSlot(slot) ? parseSlotText(slot, choice.slice(cut + 1)) : undefined;
  return value === undefined ? {} : { [slot]: value };
}

/** "2", "2.", "(b)": the button at that place. */
function byPosition(text: string, offered: readonly string[]): string | undefined {
  const match = /^\W*(?:\p{L}{1,8}\W{1,3}){0,2}?(\d{1,2}|(?<!\p{L})[a-h])\W*$/iu.exec(text.trim());
  const mark = match?.[1]?.toLowerCase();
  if (mark === undefined) return undefined;
  return offered[/\d/.test(mark) ? Number(mark) - 1 : mark.charCodeAt(0) - 97];
}

function byLabel(text: string, labels: Record<string, string>): string | undefined {
  const said = plain(text);
  if (said === '') return undefined;
  return Object.entries(labels).find(([, label]) => plainLabel(label) === said)?.[0];
}

/** Labels are few and always the same ones. */
const plainLabels = new Map<string, string>();
function plainLabel(label: string): string {
  const made = plainLabels.get(label) ?? plain(label);
  plainLabels.set(label, made);
  return made;
}
const plain = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A bare number where a number was asked: months, or an age. */
function byNumber({ tokens, hits, words }: Reading, asked: Slot): SlotValue | undefined {
  const numbers = tokens.map(({ word }) => words.numberOf(word)).filter((n) => !Number.isNaN(n));
  const number = numbers[0];
  if (number === undefined || numbers.length > 1) return undefined;
  if (asked === 'months' && tokens.length === 1) return parseSlotValue('months', number);
  const at = tokens.findIndex(({ word }) => words.numberOf(word) === number);
  const hasUnit = hits.some((hit) => hit.tag.startsWith('unit:') && hit.tag !== 'unit:year' && hit.start > at);
  if (hasUnit) return asked === 'age' ? 'under16' : undefined;
  if (asked === 'age') return ageGroup(number);
  if (asked === 'over28' && number >= 14) return isOver28(number);
  if (asked === 'fiveYears') return number >= 5;
  return undefined;
}

/** In a sentence, "a French company" is nobody's nationality: the hits without those that qualify a thing. */
function withoutThings(hits: readonly Hit[]): readonly Hit[] {
  const qualifies = ({ start, end }: Hit): boolean =>
    hits.some(
      (hit) =>
        (hit.tag === 'origin:notAfter' && hit.end === start) || (hit.tag === 'origin:notBefore' && hit.start === end),
    );
  return hits.filter((hit) => !/^(country|people|answer:nationality):/.test(hit.tag) || !qualifies(hit));
}

function byCountry(hits: readonly Hit[], asked: 'country' | 'nationality' | 'workCountry'): Profile | null {
  const named = hits.filter((hit) => /^(country|people):/.test(hit.tag));
  const longest = named.filter(
    (hit) =>
      !named.some(
        (other) =>
          other !== hit &&
          other.start <= hit.start &&
          other.end >= hit.end &&
          other.end - other.start > hit.end - hit.start,
      ),
  );
  const codes = [...new Set(longest.map((hit) => hit.tag.slice(hit.tag.indexOf(':') + 1)))].slice(0, 3);
  if (hits.some((hit) => hit.tag === 'answer:nationality:french' || hit.tag === 'origin:french')) codes.push('FR');
  if (codes.length === 0) return null;
  if (asked === 'workCountry') return { workCountry: codes[0] as string };
  return { country: codes, nationality: nationalityGroup(codes) };
}

/** The value whose words were used; nothing when words of two values were. */
function bySynonym(hits: readonly Hit[], asked: Slot): SlotValue | undefined {
  const found = hits.filter((hit) => hit.tag.startsWith(`answer:${asked}:`) || hit.tag.startsWith(`slot:${asked}:`));
  const best = found.filter(
    (hit) =>
      !found.some(
        (other) =>
          other.tag !== hit.tag &&
          other.start <= hit.start &&
          other.end >= hit.end &&
          other.end - other.start > hit.end - hit.start,
      ),
  );
  const values = [...new Set(best.map((hit) => hit.tag.split(':')[2] ?? ''))];
  const stated = values.length > 1 ? values.filter((value) => value !== 'none') : values;
  return stated.length === 1 ? parseSlotText(asked, stated[0] as string) : undefined;
}

/** Every word that would answer the slot is part of an "I don't know". */
const isWithinUnknown = (hits: readonly Hit[], asked: Slot): boolean =>
  hits
    .filter(({ tag }) => tag.startsWith(`answer:${asked}:`) || tag.startsWith(`slot:${asked}:`))
    .every((hit) => hits.some(({ tag, start, end }) => tag === 'unknown' && start <= hit.start && hit.end <= end));

const firstOf = (hits: readonly Hit[], tag: string): number | undefined => hits.find((hit) => hit.tag === tag)?.start;

/** True when hits of the tag and small words make up the message, or nearly. */
export function covers(hits: readonly Hit[], tag: string, count: number): boolean {
  const main = hits.filter((hit) => hit.tag === tag);
  if (main.length === 0) return false;
  const covered = new Set<number>();
  for (const hit of hits) {
    if (hit.tag !== tag && hit.tag !== 'filler' && hit.tag !== 'self' && hit.tag !== 'yes' && hit.tag !== 'no')
      continue;
    for (let index = hit.start; index < hit.end; index += 1) covered.add(index);
  }
  return count - covered.size <= Math.max(2, Math.floor(count / 3));
}
