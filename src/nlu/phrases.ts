import type { Token } from './normalise';
import { type Group, type Part, PhraseParser } from './phrase-parser';

/** A phrase found in a message: words `start` to `end` (exclusive) mean `tag`. */
export type Hit = { tag: string; start: number; end: number };

/** A phrase seen from one of the ways it can begin. */
type Phrase = { tag: string; first: readonly Part[]; rest: readonly Group[] };
/**
 * Phrases with the same beginning: tags of those that are over after it, whether some have a known second word (they stand in
 * `bySecond`, under both words), and the others.
 */
type Beginning = { alone: string[] | null; hasSeconds: boolean; others: Phrase[] | null };

/** Where phrases are looked for: from word `start` on, `length` words at most; hits of that word stand in `hits` behind `from`. */
type Place = { tokens: readonly Token[]; start: number; length: number; hits: Hit[]; from: number };

const { clz32 } = Math;
const longestGap = 3;
/** No phrase is longer, its gaps included: places in it are bits of one number. */
export const longestPhrase = 30;
const prefixKeys = [2, 3, 4] as const;
/** A phrase with more second words stands among the others of its first word: filing it under each would cost much memory. */
const mostSeconds = 6;

/** Many phrases at once, found in one pass over the words of a message. Syntax of phrases: `library/lexicon.ts`. */
export class PhraseBook {
  private readonly byWord = new Map<string, Beginning>();
  private readonly byPrefix = new Map<string, Beginning>();
  private readonly byNumber: Beginning = { alone: null, hasSeconds: false, others: null };
  private readonly bySecond = new Map<string, Phrase[]>();
  /** What was read so far, so that equal parts are kept once; given up at the first search. */
  private parser: PhraseParser | null = new PhraseParser();
  private readonly isNumber: (word: string) => boolean;

  constructor(isNumber: (word: string) => boolean = (word) => /^\d+$/.test(word)) {
    this.isNumber = isNumber;
  }

  /** Adds a phrase under a tag. */
  add(tag: string, phrase: string): void {
    this.parser ??= new PhraseParser();
    for (const { first, rest } of beginnings(this.parser.parse(phrase))) {
      const start = first[0] as Part;
      const made = { tag, first, rest };
      if (start.kind === 'number') this.put('#', this.byNumber, made, true);
      else if (start.kind === 'word') this.put(start.text, beginningOf(this.byWord, start.text), made, true);
      // Words that share the key need not begin so: nothing is certain before the phrase is followed.
      else if (start.kind === 'prefix') {
        const key = start.text.slice(0, 4);
        this.put(`${key}*`, beginningOf(this.byPrefix, key), made, false);
      }
    }
  }

  /** Adds several phrases under one tag. */
  addAll(tag: string, phrases: readonly string[] | undefined): void {
    for (const phrase of phrases ?? []) this.add(tag, phrase);
  }

  /** Every phrase that occurs, in order of its first word; for each tag and first word only the longest. */
  find(tokens: readonly Token[]): Hit[] {
    this.parser = null;
    const hits: Hit[] = [];
    let sentenceEnd = 0;
    for (let start = 0; start < tokens.length; start += 1) {
      if (start >= sentenceEnd) {
        sentenceEnd = start + 1;
        while (sentenceEnd < tokens.length && tokens[sentenceEnd]?.gap !== 2) sentenceEnd += 1;
      }
      const { word, bare } = tokens[start] as Token;
      const length = Math.min(sentenceEnd - start, longestPhrase);
      const at: Place = { tokens, start, length, hits, from: hits.length };
      this.tryBeginning(word, at);
      if (bare) for (const form of bare) this.tryBeginning(form, at);
    }
    return hits;
  }

  /** Adds the phrases that may begin with one form of the word at `start`. */
  private tryBeginning(form: string, at: Place): void {
    const plain = this.byWord.get(form);
    if (plain) this.tryAll(form, plain, at);
    for (const size of prefixKeys) {
      if (form.length < size) break;
      const key = form.length === size ? form : form.slice(0, size);
      const prefixed = this.byPrefix.get(key);
      if (prefixed) this.tryAll(`${key}*`, prefixed, at);
    }
    if (this.isNumber(form)) this.tryAll('#', this.byNumber, at);
  }

  /** Adds the phrases of one beginning that go on as the message does, `length` words at most. */
  private tryAll(key: string, { alone, hasSeconds, others }: Beginning, at: Place): void {
    const { tokens, start, length } = at;
    if (alone) for (const tag of alone) keepLongest(at, tag, start + 1);
    if (length > 1 && hasSeconds) {
      const { word, bare } = tokens[start + 1] as Token;
      this.tryPhrases(this.bySecond.get(`${key} ${word}`), at);
      if (bare) for (const form of bare) this.tryPhrases(this.bySecond.get(`${key} ${form}`), at);
    }
    if (others) this.tryPhrases(others, at);
  }

  private tryPhrases(phrases: readonly Phrase[] | undefined, at: Place): void {
    if (phrases === undefined) return;
    for (const phrase of phrases)
      keepLongest(at, phrase.tag, at.start + this.match(phrase, at.tokens, at.start, at.length));
  }

  /** How many words the phrase takes from `start` at most; 0 when it does not fit. Bit n = n words taken: no backtracking. */
  private match({ first, rest }: Phrase, tokens: readonly Token[], start: number, length: number): number {
    let reached = this.follow(first, tokens, start, length, 1);
    for (const group of rest) {
      if (reached === 0) return 0;
      let next = group.isOptional ? reached : 0;
      if (group.starts === null || this.canStart(group.starts, tokens, start, length, reached))
        for (const option of group.options) next |= this.follow(option, tokens, start, length, reached);
      reached = next;
    }
    return reached === 0 ? 0 : 31 - clz32(reached);
  }

  /** True when one of the words stands at a place that was reached. */
  private canStart(
    starts: ReadonlySet<string>,
    tokens: readonly Token[],
    start: number,
    length: number,
    reached: number,
  ): boolean {
    for (let left = reached & ((1 << length) - 1); left !== 0; left &= left - 1) {
      const { word, bare } = tokens[start + 31 - clz32(left & -left)] as Token;
      if (starts.has(word) || bare?.some((form) => starts.has(form))) return true;
    }
    return false;
  }

  /** Files a phrase by its second word, where only plain words can stand there. `certain`: its first word is known to fit. */
  private put(key: string, beginning: Beginning, phrase: Phrase, certain: boolean): void {
    const { first, rest, tag } = phrase;
    const mayEnd = first.length === 1 && rest.every((group) => group.isOptional);
    if (mayEnd && certain) {
      beginning.alone ??= [];
      if (!beginning.alone.includes(tag)) beginning.alone.push(tag);
      if (rest.length === 0) return;
    }
    const second = first.length > 1 ? first.slice(1, 2) : firstParts(rest);
    const isKnown = second.every(({ kind }) => kind === 'word');
    if ((mayEnd && !certain) || !isKnown || second.length > mostSeconds) {
      beginning.others ??= [];
      beginning.others.push(phrase);
      return;
    }
    beginning.hasSeconds = true;
    for (const word of new Set(second.map(({ text }) => text))) {
      const both = `${key} ${word}`;
      const list = this.bySecond.get(both);
      if (list) list.push(phrase);
      else this.bySecond.set(both, [phrase]);
    }
  }

  private follow(
    option: readonly Part[],
    tokens: readonly Token[],
    start: number,
    length: number,
    from: number,
  ): number {
    const inside = (1 << length) - 1;
    let places = from;
    for (const part of option) {
      let next = 0;
      if (part.kind === 'gap') {
        next = places;
        for (let skip = 0; skip < longestGap; skip += 1) next |= (next & inside) << 1;
      } else {
        for (let left = places & inside; left !== 0; left &= left - 1) {
          const at = 31 - clz32(left & -left);
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
function keepLongest({ hits, from, start }: Place, tag: string, end: number): void {
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
  const made: Beginning = { alone: null, hasSeconds: false, others: null };
  map.set(key, made);
  return made;
}

/** The phrase once for each option that can come first, with what follows it. */
function beginnings(groups: readonly Group[]): { first: readonly Part[]; rest: readonly Group[] }[] {
  const found: { first: readonly Part[]; rest: readonly Group[] }[] = [];
  for (const [index, group] of groups.entries()) {
    const rest = groups.slice(index + 1);
    for (const option of group.options) if (option.length > 0) found.push({ first: option, rest });
    if (!group.isOptional) break;
  }
  return found;
}

/** Every part that can come first: those of the first group, and of later ones while groups may be empty. */
function firstParts(groups: readonly Group[]): Part[] {
  const parts: Part[] = [];
  for (const group of groups) {
    for (const option of group.options) if (option[0]) parts.push(option[0]);
    if (!group.isOptional) break;
  }
  return parts;
}
