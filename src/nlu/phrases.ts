import type { Token } from './normalise';
import { fold, tokenise } from './normalise';

/** A phrase found in a message: words `start` to `end` (exclusive) mean `tag`. */
export type Hit = { tag: string; start: number; end: number };

/** One word of a phrase: the word itself, words that begin so, a number, or up to three words of any kind. */
type Part = { kind: 'word' | 'prefix' | 'number' | 'gap'; text: string };
/** Alternatives at one place of a phrase; an empty one makes the place optional. */
type Group = Part[][];
/** `second`: the words of which one must stand in second place; null when that cannot be said. */
type Phrase = { tag: string; groups: Group[]; second: ReadonlySet<string> | null };

const longestGap = 3;
const prefixKey = 2;

/** Many phrases at once, found in one pass over the words of a message. Syntax of phrases: `library/lexicon.ts`. */
export class PhraseBook {
  private readonly byWord = new Map<string, Phrase[]>();
  private readonly byPrefix = new Map<string, Phrase[]>();
  private readonly byNumber: Phrase[] = [];
  private readonly isNumber: (word: string) => boolean;

  constructor(isNumber: (word: string) => boolean = (word) => /^\d+$/.test(word)) {
    this.isNumber = isNumber;
  }

  /** Adds a phrase under a tag. */
  add(tag: string, phrase: string): void {
    const groups = parse(phrase);
    const entry = { tag, groups, second: secondWords(groups) };
    for (const { kind, text } of firstParts(groups)) {
      if (kind === 'number') put(this.byNumber, entry);
      else if (kind === 'word') put(listOf(this.byWord, text), entry);
      else if (kind === 'prefix') put(listOf(this.byPrefix, text.slice(0, prefixKey)), entry);
    }
  }

  /** Adds several phrases under one tag. */
  addAll(tag: string, phrases: readonly string[] | undefined): void {
    for (const phrase of phrases ?? []) this.add(tag, phrase);
  }

  /** Every phrase that occurs, in order of its first word; for each tag and first word only the longest. */
  find(tokens: readonly Token[]): Hit[] {
    const hits: Hit[] = [];
    for (let start = 0; start < tokens.length; start += 1) {
      const word = (tokens[start] as Token).word;
      const following = tokens[start + 1]?.word ?? '';
      const longest = new Map<string, number>();
      const tryAll = (phrases: readonly Phrase[] | undefined) => {
        if (!phrases) return;
        for (const phrase of phrases) {
          if (phrase.second !== null && !phrase.second.has(following)) continue;
          const end = this.match(phrase.groups, tokens, start);
          if (end > (longest.get(phrase.tag) ?? start)) longest.set(phrase.tag, end);
        }
      };
      tryAll(this.byWord.get(word));
      tryAll(this.byPrefix.get(word.slice(0, prefixKey)));
      if (this.isNumber(word)) tryAll(this.byNumber);
      for (const [tag, end] of longest) hits.push({ tag, start, end });
    }
    return hits;
  }

  /** The furthest end of a phrase that begins at `start`, or -1. Keeps the set of places reached: no backtracking. */
  private match(groups: readonly Group[], tokens: readonly Token[], start: number): number {
    let reached = [start];
    for (const group of groups) {
      const next: number[] = [];
      for (const at of reached) {
        for (const option of group) this.follow(option, tokens, start, at, next);
      }
      if (next.length === 0) return -1;
      reached = next;
    }
    return Math.max(...reached);
  }

  private follow(option: readonly Part[], tokens: readonly Token[], start: number, from: number, into: number[]): void {
    let places = [from];
    for (const part of option) {
      const next: number[] = [];
      for (const at of places) {
        if (part.kind === 'gap') {
          for (let skip = 0; skip <= longestGap && at + skip <= tokens.length; skip += 1) {
            if (skip > 0 && at + skip - 1 > start && tokens[at + skip - 1]?.gap === 2) break;
            if (!next.includes(at + skip)) next.push(at + skip);
          }
          continue;
        }
        const token = tokens[at];
        // A phrase never runs over the end of a sentence.
        if (token === undefined || (at > start && token.gap === 2)) continue;
        const fits =
          part.kind === 'word'
            ? token.word === part.text
            : part.kind === 'prefix'
              ? token.word.startsWith(part.text)
              : this.isNumber(token.word);
        if (fits && !next.includes(at + 1)) next.push(at + 1);
      }
      if (next.length === 0) return;
      places = next;
    }
    for (const place of places) if (!into.includes(place)) into.push(place);
  }
}

function listOf(map: Map<string, Phrase[]>, key: string): Phrase[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

function put(list: Phrase[], entry: Phrase): void {
  if (list.at(-1) !== entry) list.push(entry);
}

/** Every part that can come first: those of the first group, and of later ones while groups may be empty. */
function firstParts(groups: readonly Group[]): Part[] {
  const parts: Part[] = [];
  for (const group of groups) {
    for (const option of group) if (option[0]) parts.push(option[0]);
    if (!group.some((option) => option.length === 0)) break;
  }
  return parts;
}

/** The words that can stand second, when every way through the phrase has one there and it is a plain word. */
function secondWords(groups: readonly Group[]): ReadonlySet<string> | null {
  const words = new Set<string>();
  const collect = (parts: readonly Part[]): boolean =>
    parts.length > 0 && parts.every((part) => part.kind === 'word' && words.add(part.text) !== undefined);
  for (const [index, group] of groups.entries()) {
    const rest = groups.slice(index + 1);
    const restMayBeEmpty = rest.every((later) => later.some((option) => option.length === 0));
    for (const option of group) {
      if (option[0] && option[0].kind === 'gap') return null;
      if (
        option.length > 1
          ? !collect(option.slice(1, 2))
          : option.length === 1 && (restMayBeEmpty || !collect(firstParts(rest)))
      )
        return null;
    }
    if (!group.some((option) => option.length === 0)) break;
  }
  return words;
}

/** `(a|b c|) d*` → groups of alternatives; a group within a group is multiplied out. Brackets that do not pair end the phrase. */
function parse(phrase: string): Group[] {
  const groups: Group[] = [];
  let at = 0;
  while (at < phrase.length) {
    if (phrase[at] === '(') {
      const { options, end } = readOptions(phrase, at + 1);
      groups.push(options);
      at = end;
    } else {
      const open = phrase.indexOf('(', at);
      const end = open < 0 ? phrase.length : open;
      groups.push([readParts(phrase.slice(at, end))]);
      at = end;
    }
  }
  return groups.filter((group) => group.some((option) => option.length > 0));
}

/** Reads alternatives up to the closing bracket. */
function readOptions(phrase: string, from: number): { options: Part[][]; end: number } {
  const options: Part[][] = [];
  let current: Part[][] = [[]];
  let at = from;
  while (at < phrase.length) {
    const next = phrase.slice(at).search(/[()|]/);
    const stop = next < 0 ? phrase.length : at + next;
    const plain = readParts(phrase.slice(at, stop));
    current = current.map((parts) => [...parts, ...plain]);
    const mark = phrase[stop];
    at = stop + 1;
    if (mark === '(') {
      const inner = readOptions(phrase, at);
      current = current.flatMap((parts) => inner.options.map((option) => [...parts, ...option]));
      at = inner.end;
    } else {
      options.push(...current);
      current = [[]];
      if (mark === ')') break;
    }
  }
  return { options, end: at };
}

function readParts(text: string): Part[] {
  const parts: Part[] = [];
  for (const piece of fold(text).split(' ')) {
    if (piece === '') continue;
    if (piece === '..') parts.push({ kind: 'gap', text: '' });
    else if (piece === '#') parts.push({ kind: 'number', text: '' });
    else {
      const words = /^[a-z\d]*[a-z]\*?$/.test(piece)
        ? [piece.replace('*', '')]
        : tokenise(piece).map(({ word }) => word);
      words.forEach((word, index) => {
        parts.push({ kind: piece.endsWith('*') && index === words.length - 1 ? 'prefix' : 'word', text: word });
      });
    }
  }
  return parts;
}
