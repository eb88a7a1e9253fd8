import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Context, Person } from '../../dialogs/context';
import { parseSlotValue, type SlotValue } from '../domain/profile';
import { RecentMap } from '../recent-map';
import { base32Signs, readSigns } from './base32';
import { type BitReader, type BitWriter, readBits, writeBits } from './bits';
import { type ResumeColumn, resumeRelations, resumeTable } from './resume-table';

/** What a resume code holds: the answers about everybody, who the questions were about, and the language. No words of anybody. */
export const Resumed = z.object({
  language: z.string().nullable(),
  people: z.array(Person).min(1).max(8),
  current: z.string(),
});
export type Resumed = z.infer<typeof Resumed>;

export type ReadResumeCode =
  /** `made`: ISO day on which the code was made. */
  | { state: 'good'; resumed: Resumed; made: string }
  /** Ours, but too old: what it holds may not be right any more. */
  | { state: 'expired' }
  /** Mistyped, made elsewhere, or no code at all. */
  | { state: 'bad' };

/** First sign of a code: how the rest is to be read. Table and widths of a version never change but at their end. */
const version = '1';
/** Signs in a group, as they are shown. */
const groupLength = 5;
/** Bytes of the seal in front, which is also where the cipher starts. */
const sealBytes = 8;
/** The day 0, and the widths of numbers, in bits. */
const epoch = Date.UTC(1900, 0, 1);
const widths = { day: 16, letter: 5, people: 3, relation: 3, columns: 6 } as const;
const dayMilliseconds = 86_400_000;

const toDayNumber = (day: string): number => Math.round((Date.parse(`${day}T00:00:00Z`) - epoch) / dayMilliseconds);
const fromDayNumber = (number: number): string => new Date(epoch + number * dayMilliseconds).toISOString().slice(0, 10);

function putLetters(bits: BitWriter, text: string): void {
  for (const letter of text) bits.put(letter.toLowerCase().charCodeAt(0) - 96, widths.letter);
}
function takeLetters(bits: BitReader): string {
  const letters = [bits.take(widths.letter), bits.take(widths.letter)];
  return letters.map((letter) => String.fromCharCode((letter ?? 0) + 96)).join('');
}

/** 0 stands for "I don't know" everywhere. A month is a day with the highest bit set. */
function putValue(bits: BitWriter, { kind, bits: width }: ResumeColumn, value: SlotValue): void {
  if (value === 'unknown') bits.put(0, width);
  else if (kind === 'countries') {
    const countries = value as string[];
    bits.put(countries.length, width);
    for (const country of countries) putLetters(bits, country);
  } else if (kind === 'country') putLetters(bits, value as string);
  else if (kind === 'count') bits.put((value as number) + 1, width);
  else if (kind === 'day') {
    const text = value as string;
    const isMonth = text.length === 7;
    bits.put((isMonth ? 1 << widths.day : 0) + toDayNumber(isMonth ? `${text}-01` : text), width);
  } else bits.put(kind.indexOf(value as string | boolean) + 1, width);
}

function takeValue(bits: BitReader, { kind, bits: width }: ResumeColumn): unknown {
  if (kind === 'country') {
    const letters = takeLetters(bits);
    return letters === '``' ? 'unknown' : letters.toUpperCase();
  }
  const number = bits.take(width) ?? 0;
  if (number === 0) return 'unknown';
  if (kind === 'countries') return Array.from({ length: number }, () => takeLetters(bits).toUpperCase());
  if (kind === 'count') return number - 1;
  if (kind !== 'day') return kind[number - 1];
  const day = fromDayNumber(number % (1 << widths.day));
  return number >= 1 << widths.day ? day.slice(0, 7) : day;
}

/** Says everything once: day of making, language, and for each person which answers there are, then the answers. */
function pack({ people, current, language }: Context, today: string): Buffer {
  const bits = writeBits();
  bits.put(toDayNumber(today), widths.day);
  putLetters(bits, language ?? '``');
  bits.put(people.length - 1, widths.people);
  bits.put(
    Math.max(
      0,
      people.findIndex(({ id }) => id === current),
    ),
    widths.people,
  );
  bits.put(resumeTable.length, widths.columns);
  for (const { relation, profile } of people) {
    bits.put(resumeRelations.indexOf(relation), widths.relation);
    for (const { slot } of resumeTable) bits.put(profile[slot] === undefined ? 0 : 1, 1);
    for (const column of resumeTable) {
      const value = profile[column.slot];
      if (value !== undefined) putValue(bits, column, value);
    }
  }
  return bits.bytes();
}

type Unpacked = { made: string; resumed: Resumed };

/** The opposite; null when it makes no sense. A value that no longer exists is dropped and asked again. */
function unpack(bytes: Buffer, today: string): Unpacked | null {
  const bits = readBits(bytes);
  const made = fromDayNumber(bits.take(widths.day) ?? 0);
  const language = takeLetters(bits);
  const people = (bits.take(widths.people) ?? 0) + 1;
  const current = bits.take(widths.people) ?? 0;
  const columns = bits.take(widths.columns) ?? 0;
  if (columns > resumeTable.length) return null;
  const known = resumeTable.slice(0, columns);
  const read = Array.from({ length: people }, (_, index) => {
    const relation = resumeRelations[bits.take(widths.relation) ?? 0];
    const held = known.filter(() => bits.take(1) === 1);
    const answers = held.map((column) => {
      const value = parseSlotValue(column.slot, takeValue(bits, column));
      // Months are counted up to the day on which they were told.
      return column.kind === 'count' && made !== today ? [] : [column.slot, value];
    });
    const profile = Object.fromEntries(answers.filter(([slot, value]) => slot !== undefined && value !== undefined));
    return { id: `p${index + 1}`, relation, profile };
  });
  const resumed = Resumed.safeParse({
    language: language === '``' ? null : language,
    people: read,
    current: `p${current + 1}`,
  });
  return resumed.success ? { made, resumed: resumed.data } : null;
}

/** Keys of the secrets used last: a program has one. */
const derived = new RecentMap<string, { seal: Buffer; cipher: Buffer }>(4);

/**
 * Seals by a keyed hash of what is inside (the same answers give the same code), and takes the seal as the place where the cipher starts:
 * nothing but the seal is added, and no two contents share a stream.
 */
function keysOf(secret: string) {
  const known = derived.get(secret);
  if (known) return known;
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `resume-code ${version} ${use}`, 32));
  const made = { seal: derive('seal'), cipher: derive('cipher') };
  derived.set(secret, made);
  return made;
}
const sealOf = (key: Buffer, plain: Buffer): Buffer =>
  createHmac('sha256', key).update(plain).digest().subarray(0, sealBytes);
const startOf = (seal: Buffer): Buffer => Buffer.concat([seal, Buffer.alloc(16 - sealBytes)]);

function toSigns(bytes: Buffer): string {
  const bits = readBits(bytes);
  const signs: string[] = [];
  for (let left = bytes.length * 8; left > 0; left -= 5) {
    const width = Math.min(5, left);
    signs.push(base32Signs[(bits.take(width) as number) << (5 - width)] as string);
  }
  return signs.join('');
}
function fromSigns(signs: string): Buffer {
  const bits = writeBits();
  for (const sign of signs) bits.put(base32Signs.indexOf(sign), 5);
  return bits.bytes().subarray(0, Math.floor((signs.length * 5) / 8));
}

/**
 * The code with which somebody goes on later or on another device: it holds the answers itself, sealed and encrypted with a key from
 * `secret` (`store.secret('resume-codes')`); nothing is kept for it. `today`: day in Paris. In groups of five signs, some 35 in all for one
 * person; on an address (`/#r=…`) the dashes may be left out.
 */
export function makeResumeCode(secret: string, context: Context, today: string): string {
  const plain = pack(context, today);
  const keys = keysOf(secret);
  const seal = sealOf(keys.seal, plain);
  const cipher = createCipheriv('aes-256-ctr', keys.cipher, startOf(seal));
  const signs = version + toSigns(Buffer.concat([seal, cipher.update(plain), cipher.final()]));
  return showResumeCode(signs);
}

/** A code in groups, as it is read and typed. */
export const showResumeCode = (signs: string): string =>
  (signs.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []).join('-');

/** Fewest signs that any code has. */
const fewestSigns = 20;

/**
 * Opens a code however it was typed, or an address that ends in one. `today`: day in Paris; `days`: how long a code is good. A count of
 * months is only taken on the day it was told.
 */
export function readResumeCode(secret: string, typed: string, today: string, days: number): ReadResumeCode {
  const signs = readSigns(typed.slice(typed.indexOf('#r=') < 0 ? 0 : typed.indexOf('#r=') + 3).trim());
  if (!signs || signs.length < fewestSigns || signs[0] !== version) return { state: 'bad' };
  const bytes = fromSigns(signs.slice(1));
  const [seal, sealed] = [bytes.subarray(0, sealBytes), bytes.subarray(sealBytes)];
  const keys = keysOf(secret);
  const decipher = createDecipheriv('aes-256-ctr', keys.cipher, startOf(seal));
  const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
  if (!timingSafeEqual(sealOf(keys.seal, plain), seal)) return { state: 'bad' };
  const read = unpack(plain, today);
  if (!read) return { state: 'bad' };
  return toDayNumber(today) - toDayNumber(read.made) > days
    ? { state: 'expired' }
    : { state: 'good', resumed: read.resumed, made: read.made };
}

/** Groups of five signs with dashes between, or without any when it begins as codes do. */
const shapes = [/^[0-9A-Za-z]{5}(-[0-9A-Za-z]{5})+(-[0-9A-Za-z]{1,4})?$/, /^[1IiLl][0-9A-Za-z]{4}(\s*[0-9A-Za-z])+$/];

/** True for what was meant as a resume code, right or mistyped, or for an address that holds one. */
export function isMeantAsResumeCode(text: string): boolean {
  const typed = text.trim();
  if (/#r=[\w-]+$/.test(typed)) return true;
  const signs = shapes.some((shape) => shape.test(typed)) ? readSigns(typed) : null;
  return signs !== null && signs.length >= fewestSigns && (typed.match(/\d/g) ?? []).length >= 3;
}
