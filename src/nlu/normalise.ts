/** One word of a message, folded, with its place in the original text. */
export type Token = {
  word: string;
  start: number;
  end: number;
  /** What stands before it: 0 nothing, 1 a comma, colon, dash or bracket, 2 the end of a sentence. */
  gap: 0 | 1 | 2;
  /** Arabic: the word without what is written onto its front ("and", "with", "for", the article), in every way to read it. */
  bare?: string[];
};

const marks = /\p{Mn}/gu;
const letters: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ـ: '',
  ى: 'ي',
  ة: 'ه',
};
const rare = /[œæßıłøđـىة]/g;
const easternDigit = /[٠-٩۰-۹]/g;
/** An apostrophe within a word of Cyrillic letters ("п'ять"), however it was typed; many leave it out. */
const cyrillicApostrophe = /(?<=\p{Script=Cyrillic})['’ʼ`](?=\p{Script=Cyrillic})/gu;

/** Lower case, without accents and Cyrillic apostrophes, ligatures opened, digits 0–9. Length may differ from the input's. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // Plain ASCII is most of the traffic.
  if (/^[\s!-~]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(marks, '')
    .replace(cyrillicApostrophe, '')
    .replace(rare, (letter) => letters[letter] ?? letter)
    .replace(easternDigit, asciiDigit);
}

const asciiDigit = (digit: string): string => String((digit.codePointAt(0) as number) & 15);

/** The text with Arabic and Persian digits as 0–9; as long as before. */
export const plainDigits = (text: string): string => text.replace(easternDigit, asciiDigit);

const word =
  /\p{N}+|\p{Script=Han}|[\p{L}\p{M}](?:[\p{L}\p{M}\p{N}]|(?<=\p{Script=Cyrillic})['’`](?=\p{Script=Cyrillic}))*/gu;
const sentenceEnd = /[.!?;…\n。！？؟；]/;
const comma = /[,:()[\]"«»“”–—/،、，：（）]|\s-+\s|=/;

/** Cuts a text into folded words. Apostrophes (but Cyrillic ones) and hyphens separate; every Chinese character is a word; `3mois` is two. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(word)) {
    const start = match.index;
    const between = text.slice(last, start);
    const end = start + match[0].length;
    const decimal = /^[.,]$/.test(between) && /\d/.test(text[last - 1] ?? '') && /\d/.test(match[0]);
    const gap = tokens.length === 0 || decimal ? 0 : sentenceEnd.test(between) ? 2 : comma.test(between) ? 1 : 0;
    for (const part of splitHan(match[0])) {
      const word = fold(part);
      const bare = bareForms(word);
      tokens.push(bare === null ? { word, start, end, gap } : { word, start, end, gap, bare });
    }
    last = end;
  }
  return tokens;
}

const arabic = /^\p{Script=Arabic}{3,}$/u;

/** The Arabic word without its attached "and", preposition, article or object ending; null when it has none, or is no Arabic word. */
function bareForms(word: string): string[] | null {
  if (!arabic.test(word)) return null;
  let forms = [word];
  for (const front of [/^[وف](?=..)/, /^[بلك](?=...)/, /^(?:ال|لل|ل)(?=...)/]) {
    forms = [...new Set(forms.flatMap((form) => (front.test(form) ? [form, form.replace(front, '')] : [form])))];
  }
  // The ending of an indefinite object ("a job").
  forms = [...new Set(forms.flatMap((form) => (/...ا$/.test(form) ? [form, form.slice(0, -1)] : [form])))];
  return forms.length > 1 ? forms.slice(1) : null;
}

/** The word of a phrase as it is looked for: Arabic without its article. */
export const withoutArticle = (word: string): string => (arabic.test(word) ? word.replace(/^ال(?=...)/, '') : word);

const han = /^\p{Script=Han}$/u;

/** Words of a message, for limits on its length: two Chinese characters make about one. */
export function wordCount(tokens: readonly Token[]): number {
  const characters = tokens.filter(({ word }) => han.test(word)).length;
  return characters * 2 >= tokens.length ? Math.ceil(tokens.length / 2) : tokens.length;
}

/** A word that mixes Latin and Chinese letters is cut, since Chinese has no spaces. */
function splitHan(text: string): string[] {
  return /\p{Script=Han}/u.test(text) && text.length > 1
    ? (text.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? [])
    : [text];
}
