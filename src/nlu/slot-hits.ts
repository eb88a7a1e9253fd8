import { isSlot, parseSlotText, type Slot, type SlotValue } from '../domain/profile';
import type { Token } from './normalise';
import { isOver } from './over';
import type { Owner } from './people';
import { type Hit, longestPhrase } from './phrases';
import type { Words } from './words';

/** A slot value read from one place of a message. */
export type SlotHit = { slot: Slot; value: SlotValue; start: number; end: number; owner: Owner };

/** Values that say "not", which a negation before them does not turn round. */
const negativeValues = new Set<SlotValue>(['none', false, 'notYet']);
/** Papers that people ask about without having them ("is a carte de séjour compulsory?"). */
const askedAbout: Partial<Record<Slot, readonly SlotValue[]>> = { permit: ['residencePermit', 'receipt'] };
/** Slots whose values may be over ("ancien salarié"). */
const passing = new Set<Slot>(['activity', 'cover', 'protection', 'permit', 'joining', 'frenchBenefit']);

/** What a life that is over leaves as it is: "I worked 30 years, retired now". */
const lasting = new Set<string>(['retired', 'jobseeker', 'none', 'expired']);

/** Among several values of one slot, the one that says most, first. Work wins over study, study over the rest. */
const precedence: Partial<Record<Slot, readonly SlotValue[]>> = {
  activity: [
    'remoteForeignEmployer',
    'posted',
    'frontier',
    'farm',
    'languageAssistant',
    'auPair',
    'intern',
    'selfEmployed',
    'employee',
    'student',
    'jobseeker',
    'retired',
    'none',
  ],
  permit: [
    'workingHoliday',
    'talent',
    'visitorVisa',
    'receipt',
    'expired',
    'longStayVisa',
    'residencePermit',
    'shortStay',
    'none',
  ],
  protection: ['temporaryProtection', 'protected', 'asylumSeeker'],
  cover: ['a1', 's1', 'u2', 'treaty', 'cfe', 'ehic', 'homeScheme', 'none'],
  number: ['permanent', 'provisional', 'ntt', 'none'],
  stage: ['cardReceived', 'cardOrdered', 'permanent', 'provisional', 'sent'],
};

/** Slot expressions of a message, without those that are negated, past, or part of another expression. */
export function readSlotHits(
  text: string,
  tokens: readonly Token[],
  hits: readonly Hit[],
  owners: readonly Owner[],
  reach: Words['reach'],
): SlotHit[] {
  const read: SlotHit[] = [];
  const said: { hit: Hit; slot: Slot; value: SlotValue }[] = [];
  for (const hit of hits) {
    if (!hit.tag.startsWith('slot:')) continue;
    const [, name = '', written = ''] = hit.tag.split(':');
    const value = isSlot(name) ? parseSlotText(name, written) : undefined;
    if (!isSlot(name) || value === undefined) continue;
    const beside = around(hits, hit);
    if (beside.some((other) => other.tag === `not:${name}` && overlaps(other, hit) && length(other) >= length(hit)))
      continue;
    if (!negativeValues.has(value) && isNegated(tokens, beside, hit, reach)) continue;
    if (passing.has(name) && value !== 'expired' && near(tokens, beside, hit, 'bygone', 4)) continue;
    if (isPast(tokens, hits, hit)) continue;
    if (askedAbout[name]?.includes(value) && isOnlyAsked(text, tokens, hits, hit)) continue;
    said.push({ hit, slot: name, value });
  }
  for (const { hit, slot, value } of said) {
    if (said.some((other) => other.hit !== hit && other.slot === slot && beats(other.hit, hit))) continue;
    read.push({ slot, value, start: hit.start, end: hit.end, owner: owners[hit.end - 1] ?? 'none' });
  }
  return read;
}

/** The hit is a value that passes, of a time that is over ("I worked as a nurse"). */
export function isPast(tokens: readonly Token[], hits: readonly Hit[], hit: Hit): boolean {
  const [, slot = '', written = ''] = hit.tag.split(':');
  return isSlot(slot) && passing.has(slot) && !lasting.has(written) && isOver(tokens, hits, hit);
}

/** The value that wins among several hits of one slot. */
export function strongest(slot: Slot, values: readonly SlotValue[]): SlotValue | undefined {
  const order = precedence[slot];
  if (!order) return values.at(-1);
  return [...values].sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
}

const length = (hit: Hit): number => hit.end - hit.start;
const overlaps = (a: Hit, b: Hit): boolean => a.start < b.end && b.start < a.end;

function beats(other: Hit, hit: Hit): boolean {
  if (other.tag === hit.tag || !overlaps(other, hit)) return false;
  return length(other) > length(hit) || (length(other) === length(hit) && other.end > hit.end);
}

/** Hits are in order of their first word: those that begin near enough to touch this one or its neighbours. */
function around(hits: readonly Hit[], { start, end }: Hit): readonly Hit[] {
  if (hits.length < 50) return hits;
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle] as Hit).start < start - longestPhrase) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < hits.length && (hits[last] as Hit).start <= end + widestReach) last += 1;
  return hits.slice(low, last);
}
const widestReach = 5;

/** The hit stands in a question in which nobody speaks of themselves before it. */
function isOnlyAsked(text: string, tokens: readonly Token[], hits: readonly Hit[], hit: Hit): boolean {
  let { start, end } = hit;
  while (start > 0 && (tokens[start]?.gap ?? 0) === 0) start -= 1;
  while (end < tokens.length && (tokens[end]?.gap ?? 0) === 0) end += 1;
  const asks = /^\s*[?？؟]/.test(text.slice(tokens[end - 1]?.end));
  return asks && !hits.some(({ tag, start: at }) => tag === 'self' && at >= start && at < hit.end);
}

/** A negation that follows its word stands just behind the hit, in the same clause. */
function isNegatedAfter(tokens: readonly Token[], hits: readonly Hit[], hit: Hit, reach: number): boolean {
  for (let index = hit.end; index < Math.min(tokens.length, hit.end + reach); index += 1) {
    if ((tokens[index]?.gap ?? 0) > 0 || hits.some(({ tag, start }) => tag === 'join' && start === index)) return false;
    if (hits.some(({ tag, start }) => tag === 'negationAfter' && start === index)) return true;
  }
  return false;
}

/** A negation stands before the hit or behind it, as near as the language has it. */
export const isNegated = (tokens: readonly Token[], hits: readonly Hit[], hit: Hit, reach: Words['reach']): boolean =>
  near(tokens, hits, hit, 'negation', reach.negations) || isNegatedAfter(tokens, hits, hit, reach.negationsAfter);

/** A word of the kind stands just before the hit, with no comma and no other value of the same slot between. */
function near(tokens: readonly Token[], hits: readonly Hit[], hit: Hit, kind: string, reach: number): boolean {
  const slot = hit.tag.slice(0, hit.tag.lastIndexOf(':') + 1);
  const isOther = ({ tag, start, end }: Hit, index: number) =>
    tag !== hit.tag &&
    slot.startsWith('slot:') &&
    tag.startsWith(slot) &&
    start <= index &&
    end > index &&
    end <= hit.start;
  for (let index = hit.start - 1; index >= 0 && index >= hit.start - reach; index -= 1) {
    if ((tokens[index + 1]?.gap ?? 0) > 0) return false;
    if (hits.some((other) => isOther(other, index))) return false;
    // "I finished my studies and work": what is over ends at "and".
    if (kind === 'bygone' && hits.some(({ tag, start }) => tag === 'join' && start === index)) return false;
    if (hits.some((other) => other.tag === kind && other.start <= index && other.end > index)) return true;
  }
  return false;
}
