import type { Token } from './normalise';
import { fold, tokenise, withoutArticle } from './normalise';

/** A phrase found in a message: words `start` to `end` (exclusive) mean `tag`. */
export type Hit = { tag: string; start: number; end: number };

/** One word of a phrase: the word itself, words that begin so, a number, or up to three words of any kind. */
type Part = { kind: 'word' | 'prefix' | 'number' | 'gap'; text: string };
/** Alternatives at one place of a phrase; an empty one makes the place optional. */
type Group = Part[][];
type Phrase = { tag: string; groups: Group[] };
/** Phrases with the same beginning: those that are over after it, those with a known second word, and the others. */
type Beginning = { alone: string[]; bySecond: Map<string, Phrase[]>; others: Phrase[] };

const longestGap = 3;
/** No phrase is longer, its gaps included: places in it are bits of one number. */
export const longestPhrase = 30;
const prefixKeys = [2, 3, 4] as const;

/** Many phrases at once, found in one pass over the words of a message. Syntax of phrases: `library/lexicon.ts`. */
export class PhraseBook {
  private readonly byWord = new Map<string, Beginning>();
  private readonly byPrefix = new Map<string, Beginning>();
  private readonly byNumber: Beginning = { alone: [], bySecond: new Map(), others: [] };
  private readonly isNumber: (word: string) => boolean;

  constructor(isNumber: (word: string) => boolean = (word) => /^\d+$/.test(word)) {
    this.isNumber = isNumber;
  }

  /** Adds a phrase under a tag. */
  add(tag: string, phrase: string): void {
    for (const groups of beginnings(parse(phrase))) {
      const first = groups[0]?.[0]?.[0];
      if (first?.kind === 'number') put(this.byNumber, { tag, groups }, true);
      else if (first?.kind === 'word') put(beginningOf(this.byWord, first.text), { tag, groups }, true);
      // Words that share the key need not begin so: nothing is certain before the phrase is followed.
      else if (first?.kind === 'prefix')
        put(beginningOf(this.byPrefix, first.text.slice(0, 4)), { tag, groups }, false);
    }
  }

  /** Adds several phrases under one tag. */
  addAll(tag: string, phrases: readonly string[] | undefined): void {
    for (const phrase of phrases ?? []) this.add(tag, phrase);
  }

  /** Every phrase that occurs, in order of its first word; for each tag and first word only the longest. */
  find(tokens: readonly Token[]): Hit[] {
    const hits: Hit[] = [];
    let sentenceEnd = 0;
    for (let start = 0; start < tokens.length; start += 1) {
      if (start >= sentenceEnd) {
        sentenceEnd = start + 1;
        while (sentenceEnd < tokens.length && tokens[sentenceEnd]?.gap !== 2) sentenceEnd += 1;
      }
      const { word, bare } = tokens[start] as Token;
      const from = hits.length;
      const length = Math.min(sentenceEnd - start, longestPhrase);
      this.tryBeginning(word, tokens, start, length, hits, from);
      if (bare) for (const form of bare) this.tryBeginning(form, tokens, start, length, hits, from);
    }
    return hits;
  }

  /** Adds the phrases that may begin with one form of the word at `start`. */
  private tryBeginning(
    form: string,
    tokens: readonly Token[],
    start: number,
    length: number,
    hits: Hit[],
    from: number,
  ): void {
    const plain = this.byWord.get(form);
    if (plain) this.tryAll(plain, tokens, start, length, hits, from);
    for (const size of prefixKeys) {
      if (form.length < size) break;
      const prefixed = this.byPrefix.get(form.length === size ? form : form.slice(0, size));
      if (prefixed) this.tryAll(prefixed, tokens, start, length, hits, from);
    }
    if (this.isNumber(form)) this.tryAll(this.byNumber, tokens, start, length, hits, from);
  }

  /** Adds the phrases of one beginning that go on as the message does, `length` words at most. */
  private tryAll(
    { alone, bySecond, others }: Beginning,
    tokens: readonly Token[],
    start: number,
    length: number,
    hits: Hit[],
    from: number,
  ): void {
    for (const tag of alone) keepLongest(hits, from, tag, start, start + 1);
    if (length > 1 && bySecond.size > 0) {
      const { word, bare } = tokens[start + 1] as Token;
      for (const form of bare ? [word, ...bare] : [word]) {
        for (const phrase of bySecond.get(form) ?? []) {
          keepLongest(hits, from, phrase.tag, start, start + this.match(phrase.groups, tokens, start, length));
        }
      }
    }
    for (const phrase of others) {
      keepLongest(hits, from, phrase.tag, start, start + this.match(phrase.groups, tokens, start, length));
    }
  }

  /** How many words the phrase takes from `start` at most; 0 when it does not fit. Bit n = n words taken: no backtracking. */
  private match(groups: readonly Group[], tokens: readonly Token[], start: number, length: number): number {
    let reached = 1;
    for (const group of groups) {
      let next = 0;
      for (const option of group) next |= this.follow(option, tokens, start, length, reached);
      if (next === 0) return 0;
      reached = next;
    }
    return 31 - Math.clz32(reached);
  }

  private follow(
    option: readonly Part[],
    tokens: readonly Token[],
    start: number,
    length: number,
    from: number,
  ): number {
    const inside = 2 ** length - 1;
    let places = from;
    for (const part of option) {
      let next = 0;
      if (part.kind === 'gap') {
        next = places;
        for (let skip = 0; skip < longestGap; skip += 1) next |= (next & inside) << 1;
      } else {
        for (let left = places & inside; left !== 0; left &= left - 1) {
          const at = 31 - Math.clz32(left & -left);
          if (this.fits(part, tokens[start + at] as Token)) next |= 2 << at;
        }
      }
      if (next === 0) return 0;
      places = next;
    }
    return places;
  }

  private fits(part: Part, { word, bare }: Token): boolean {
    return this.fitsForm(part, word) || (bare?.some((form) => this.fitsForm(part, form)) ?? false);
  }

  private fitsForm({ kind, text }: Part, form: string): boolean {
    return kind === 'word' ? form === text : kind === 'prefix' ? form.startsWith(text) : this.isNumber(form);
  }
}

/** Adds a hit, unless the tag was found at the same place already: then the longer one stays. */
function keepLongest(hits: Hit[], from: number, tag: string, start: number, end: number): void {
  if (end === start) return;
  for (let i = from; i < hits.length; i += 1) {
    const known = hits[i] as Hit;
    if (known.tag !== tag) continue;
    if (end > known.end) known.end = end;
    return;
  }
  hits.push({ tag, start, end });
}

function beginningOf(map: Map<string, Beginning>, key: string): Beginning {
  const known = map.get(key);
  if (known) return known;
  const made: Beginning = { alone: [], bySecond: new Map(), others: [] };
  map.set(key, made);
  return made;
}

/** Files a phrase by its second word, where only plain words can stand there. `certain`: its first word is known to fit. */
function put(beginning: Beginning, phrase: Phrase, certain: boolean): void {
  const [first, ...rest] = phrase.groups as [Group, ...Group[]];
  const more = (first[0] as Part[]).slice(1);
  if (certain && more.length === 0 && rest.every(isOptional)) {
    if (!beginning.alone.includes(phrase.tag)) beginning.alone.push(phrase.tag);
    if (rest.length === 0) return;
  } else if (more.length === 0 && rest.every(isOptional)) {
    beginning.others.push(phrase);
    return;
  }
  const second = more.length > 0 ? more.slice(0, 1) : firstParts(rest);
  if (second.some(({ kind }) => kind !== 'word')) {
    beginning.others.push(phrase);
    return;
  }
  for (const word of new Set(second.map(({ text }) => text))) {
    const list = beginning.bySecond.get(word);
    if (list) list.push(phrase);
    else beginning.bySecond.set(word, [phrase]);
  }
}

const isOptional = (group: Group): boolean => group.some((option) => option.length === 0);

/** The phrase once for each part that can come first, with that part's option alone in its first group. */
function beginnings(groups: readonly Group[]): Group[][] {
  const found: Group[][] = [];
  for (const [index, group] of groups.entries()) {
    for (const option of group) if (option.length > 0) found.push([[option], ...groups.slice(index + 1)]);
    if (!isOptional(group)) break;
  }
  return found;
}

/** Every part that can come first: those of the first group, and of later ones while groups may be empty. */
function firstParts(groups: readonly Group[]): Part[] {
  const parts: Part[] = [];
  for (const group of groups) {
    for (const option of group) if (option[0]) parts.push(option[0]);
    if (!isOptional(group)) break;
  }
  return parts;
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
        : tokenise(piece).map(({ word }) => withoutArticle(word));
      words.forEach((word, index) => {
        parts.push({ kind: piece.endsWith('*') && index === words.length - 1 ? 'prefix' : 'word', text: word });
      });
    }
  }
  return parts;
}
