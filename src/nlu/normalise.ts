/** One word of a message, folded, with its place in the original text. */
export type Token = {
  word: string;
  start: number;
  end: number;
  /** What stands before it: 0 nothing, 1 a comma, colon, dash or bracket, 2 the end of a sentence. */
  gap: 0 | 1 | 2;
};

const marks = /\p{Mn}/gu;
const letters: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ı: 'i', ł: 'l', ø: 'o', đ: 'd', ـ: '' };
const rare = /[œæßıłøđـ]/g;

/** Lower case, without accents, ligatures opened. Length may differ from the input's. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // Plain ASCII is most of the traffic.
  if (/^[\s!-~]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(marks, '')
    .replace(rare, (letter) => letters[letter] ?? letter);
}

const word = /\p{N}+|\p{Script=Han}|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*/gu;
const sentenceEnd = /[.!?;…\n。！？؟；]/;
const comma = /[,:()[\]"«»“”–—/،、，：（）]|\s-+\s|=/;

/** Cuts a text into folded words. Apostrophes and hyphens separate; every Chinese character is a word; `3mois` is two. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(word)) {
    const start = match.index;
    const between = text.slice(last, start);
    const end = start + match[0].length;
    const decimal = /^[.,]$/.test(between) && /\d/.test(text[last - 1] ?? '') && /\d/.test(match[0]);
    const gap = tokens.length === 0 || decimal ? 0 : sentenceEnd.test(between) ? 2 : comma.test(between) ? 1 : 0;
    for (const part of splitHan(match[0])) tokens.push({ word: fold(part), start, end, gap });
    last = end;
  }
  return tokens;
}

/** A word that mixes Latin and Chinese letters is cut, since Chinese has no spaces. */
function splitHan(text: string): string[] {
  return /\p{Script=Han}/u.test(text) && text.length > 1
    ? (text.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? [])
    : [text];
}
