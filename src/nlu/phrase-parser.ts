import { fold, tokenise, withoutArticle } from './normalise';

/** One word of a phrase: the word itself, words that begin so, a number, or up to three words of any kind. */
export type Part = { kind: 'word' | 'prefix' | 'number' | 'gap'; text: string };
/**
 * Alternatives at one place of a phrase; an empty one makes the place optional. `starts`: the words that they begin with, where they
 * are many and all begin with a plain word, to pass over them at once.
 */
export type Group = { options: readonly (readonly Part[])[]; isOptional: boolean; starts: ReadonlySet<string> | null };

/** From so many alternatives on their first words are kept as a set. */
const many = 4;

function groupOf(options: readonly (readonly Part[])[]): Group {
  const first = options.flatMap((option) => option.slice(0, 1));
  const plain = options.length >= many && first.every(({ kind }) => kind === 'word');
  return {
    options,
    isOptional: options.some((option) => option.length === 0),
    starts: plain ? new Set(first.map(({ text }) => text)) : null,
  };
}

/** Reads phrases (syntax: `library/lexicon.ts`). Equal words and equal brackets are the same objects: lexicons repeat themselves. */
export class PhraseParser {
  private readonly parts = new Map<string, Part>();
  private readonly groups = new Map<string, Group>();

  /** `(a|b c|) d*` → groups of alternatives; a group within a group is multiplied out. Brackets that do not pair end the phrase. */
  parse(phrase: string): Group[] {
    const groups: Group[] = [];
    let at = 0;
    while (at < phrase.length) {
      const end = phrase[at] === '(' ? closing(phrase, at) : nextOpening(phrase, at);
      groups.push(this.group(phrase.slice(at, end)));
      at = end;
    }
    return groups.filter(({ options }) => options.some((option) => option.length > 0));
  }

  private group(text: string): Group {
    const known = this.groups.get(text);
    if (known) return known;
    const made = groupOf(text.startsWith('(') ? this.readOptions(text, 1).options : [this.readParts(text)]);
    this.groups.set(text, made);
    return made;
  }

  /** Reads alternatives up to the closing bracket. */
  private readOptions(phrase: string, from: number): { options: Part[][]; end: number } {
    const options: Part[][] = [];
    let current: Part[][] = [[]];
    let at = from;
    while (at < phrase.length) {
      const next = phrase.slice(at).search(/[()|]/);
      const stop = next < 0 ? phrase.length : at + next;
      const plain = this.readParts(phrase.slice(at, stop));
      current = current.map((parts) => [...parts, ...plain]);
      const mark = phrase[stop];
      at = stop + 1;
      if (mark === '(') {
        const inner = this.readOptions(phrase, at);
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

  private readParts(text: string): Part[] {
    const parts: Part[] = [];
    for (const piece of fold(text).split(' ')) {
      if (piece === '') continue;
      if (piece === '..') parts.push(this.part('gap', ''));
      else if (piece === '#') parts.push(this.part('number', ''));
      else {
        const words = wordsOf(piece.endsWith('*') ? piece.slice(0, -1) : piece);
        words.forEach((word, index) => {
          const isPrefix = piece.endsWith('*') && index === words.length - 1;
          parts.push(this.part(isPrefix ? 'prefix' : 'word', word));
        });
      }
    }
    return parts;
  }

  private part(kind: Part['kind'], text: string): Part {
    const key = kind === 'word' ? text : `${kind} ${text}`;
    const known = this.parts.get(key);
    if (known) return known;
    const made = { kind, text };
    this.parts.set(key, made);
    return made;
  }
}

/** The words of a folded piece without spaces; as the tokeniser cuts it, and faster where there is nothing to cut. */
function wordsOf(piece: string): string[] {
  if (/^[a-z]+$/.test(piece)) return [piece];
  if (/^\p{Script=Han}+$/u.test(piece)) return [...piece];
  if (/^[\p{L}\p{M}]+$/u.test(piece) && !/\p{Script=Han}/u.test(piece)) return [withoutArticle(piece)];
  return tokenise(piece).map(({ word }) => withoutArticle(word));
}

/** Where the next bracket opens, or the end. */
function nextOpening(phrase: string, from: number): number {
  const open = phrase.indexOf('(', from);
  return open < 0 ? phrase.length : open;
}

/** Just behind the bracket that closes the one at `from`, or the end. */
function closing(phrase: string, from: number): number {
  let depth = 0;
  for (let at = from; at < phrase.length; at += 1) {
    if (phrase[at] === '(') depth += 1;
    else if (phrase[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return phrase.length;
}
