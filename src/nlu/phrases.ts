import type { Token } from './normalise';
import { fold, tokenise } from './normalise';

/** A phrase found in a message: words `start` to `end` (exclusive) mean `tag`. */
export type Hit = { tag: string; start: number; end: number };

type Node = {
  next: Map<string, Node>;
  prefixes: [string, Node][];
  gap: Node | null;
  number: Node | null;
  tags: string[];
};

const node = (): Node => ({ next: new Map(), prefixes: [], gap: null, number: null, tags: [] });
const longestGap = 3;

/** Many phrases at once, found in one pass over the words of a message. Syntax of phrases: `library/lexicon.ts`. */
export class PhraseBook {
  private readonly root = node();
  private readonly isNumber: (word: string) => boolean;

  constructor(isNumber: (word: string) => boolean = (word) => /^\d+$/.test(word)) {
    this.isNumber = isNumber;
  }

  /** Adds a phrase under a tag. */
  add(tag: string, phrase: string): void {
    for (const plain of expand(phrase)) {
      let at = this.root;
      for (const part of parts(plain)) at = step(at, part);
      if (at !== this.root && !at.tags.includes(tag)) at.tags.push(tag);
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
      const longest = new Map<string, number>();
      this.walk(this.root, tokens, start, start, longest);
      for (const [tag, end] of longest) hits.push({ tag, start, end });
    }
    return hits;
  }

  private walk(at: Node, tokens: readonly Token[], start: number, index: number, longest: Map<string, number>): void {
    for (const tag of at.tags) if (index > (longest.get(tag) ?? 0)) longest.set(tag, index);
    const token = tokens[index];
    // A phrase never runs over the end of a sentence.
    if (token === undefined || (index > start && token.gap === 2)) return;
    const exact = at.next.get(token.word);
    if (exact) this.walk(exact, tokens, start, index + 1, longest);
    for (const [prefix, next] of at.prefixes) {
      if (token.word.startsWith(prefix)) this.walk(next, tokens, start, index + 1, longest);
    }
    if (at.number && this.isNumber(token.word)) this.walk(at.number, tokens, start, index + 1, longest);
    if (at.gap) {
      for (let skipped = 0; skipped <= longestGap && index + skipped < tokens.length; skipped += 1) {
        if (skipped > 0 && tokens[index + skipped]?.gap === 2) break;
        this.walk(at.gap, tokens, start, index + skipped, longest);
      }
    }
  }
}

function step(at: Node, part: string): Node {
  if (part === '..') {
    at.gap ??= node();
    return at.gap;
  }
  if (part === '#') {
    at.number ??= node();
    return at.number;
  }
  if (part.endsWith('*')) {
    const prefix = part.slice(0, -1);
    const known = at.prefixes.find(([text]) => text === prefix);
    if (known) return known[1];
    const next = node();
    at.prefixes.push([prefix, next]);
    return next;
  }
  const known = at.next.get(part);
  if (known) return known;
  const next = node();
  at.next.set(part, next);
  return next;
}

/** `(a|b) c` → `a c`, `b c`. */
function expand(phrase: string): string[] {
  const close = phrase.indexOf(')');
  const open = close < 0 ? -1 : phrase.lastIndexOf('(', close);
  if (open < 0) return [phrase];
  const before = phrase.slice(0, open);
  const after = phrase.slice(close + 1);
  return phrase
    .slice(open + 1, close)
    .split('|')
    .flatMap((choice) => expand(`${before} ${choice} ${after}`));
}

function parts(phrase: string): string[] {
  return fold(phrase)
    .split(/\s+/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      if (part === '..' || part === '#') return [part];
      const words = tokenise(part).map((token) => token.word);
      if (part.endsWith('*') && words.length > 0) words[words.length - 1] += '*';
      return words;
    });
}
