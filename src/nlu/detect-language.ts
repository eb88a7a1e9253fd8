type Eld = typeof import('eld/extrasmall', { with: { 'resolution-mode': 'import' }})['eld'];

import type { Lexicon } from '../library/lexicon';
import { fold, type Token, tokenise, wordCount } from './normalise';
import { PhraseBook } from './phrases';

/** Scores of languages, and the one that leads; `code` is null when the text shows no language at all ("42", "RIB"). */
export type Detection = { code: string | null; scores: Record<string, number> };
export type Detector = {
  /**
   * The language of a text. `current`, the language so far, only saves work: the model is not asked where it could not
   * change the choice of `withHysteresis`.
   */
  detect: (text: string, tokens?: readonly Token[], current?: string | null) => Detection;
  /** A wish for a language by name ("in English please"): its code. */
  wishedLanguage: (tokens: readonly Token[]) => string | null;
};

let eld: Eld | null = null;

/** Loads the language model; once, before the first `createDetector`. */
export async function loadDetector(): Promise<void> {
  eld ??= (await import('eld/extrasmall')).eld;
}

const scripts: [RegExp, string[]][] = [
  [/\p{Script=Arabic}/gu, ['ar']],
  [/\p{Script=Han}/gu, ['zh']],
  [/\p{Script=Cyrillic}/gu, ['ru', 'uk']],
];
/** Letters that only one of the languages has. */
const telling: [RegExp, string, number][] = [
  [/[іїєґ]/giu, 'uk', 0.8],
  [/[ыэъё]/giu, 'ru', 0.8],
  [/[ñ¿¡]/giu, 'es', 0.6],
  [/[ãõ]/giu, 'pt', 0.6],
  [/[șțşţăî]/giu, 'ro', 0.35],
  [/[ğı]/giu, 'tr', 0.6],
  [/[ş]/giu, 'tr', 0.25],
  [/[ß]/giu, 'de', 0.8],
  [/[äöü]/giu, 'de', 0.2],
  [/[œèêàù]/giu, 'fr', 0.15],
  [/[ìò]/giu, 'it', 0.35],
];
const votePerWord = 1;
const mostByModel = 1;
/** How far another language must lead before a conversation changes to it. */
const usualLead = 0.5;

/**
 * Detector of the given languages: script rules, local terms hidden, model scores limited to these languages, and votes
 * of function words. Throws when `loadDetector()` has not finished.
 */
export function createDetector(lexicons: Record<string, Lexicon>): Detector {
  if (eld === null) throw new Error('loadDetector() must finish before createDetector()');
  const model = eld;
  const codes = Object.keys(lexicons);
  const votes = new Map<string, string[]>();
  const loans = new PhraseBook();
  const wishes = new PhraseBook();
  const names = new PhraseBook();
  for (const [code, lexicon] of Object.entries(lexicons)) {
    for (const word of lexicon.functionWords) {
      const key = fold(word);
      const list = votes.get(key) ?? [];
      if (!list.includes(code)) votes.set(key, [...list, code]);
    }
    loans.addAll('loan', lexicon.loanTerms);
    for (const [target, forms] of Object.entries(lexicon.languageNames)) {
      names.addAll(`name:${target}`, forms);
      for (const wish of lexicon.languageWishes) {
        for (const form of forms) wishes.add(`wish:${target}`, wish.replace('@', form));
      }
      for (const other of lexicon.notLanguageWishes) {
        for (const form of forms) wishes.add('none', other.replace('@', form));
      }
    }
    names.addAll('polite', lexicon.politeWords);
  }

  const scoreWords = (tokens: readonly Token[], allowed: readonly string[], scores: Record<string, number>): number => {
    let count = 0;
    for (const token of tokens) {
      // Drawn-out words ("holaaa") count as the plain one.
      const list = votes.get(token.word) ?? (drawnOut(token.word) && votes.get(token.word.replace(/(.)\1+$/u, '$1')));
      if (!list) continue;
      const weight = (votePerWord / list.length) * (token.word.length === 1 ? 0.5 : 1);
      for (const code of list) {
        if (allowed.includes(code)) scores[code] = (scores[code] ?? 0) + weight;
      }
      count += 1;
    }
    return count;
  };

  const detect: Detector['detect'] = (text, tokens = tokenise(text), current = null) => {
    const masked = mask(text, tokens, loans);
    const rest = masked.tokens.length > 0 ? masked : { text, tokens };
    const allowed = allowedByScript(rest.text, codes) ?? allowedByScript(text, codes) ?? codes;
    if (allowed.length === 1) return { code: allowed[0] ?? null, scores: { [allowed[0] as string]: 3 } };
    const scores: Record<string, number> = {};
    const votesCast = scoreWords(rest.tokens, allowed, scores);
    const words = rest.tokens.length || 1;
    for (const code of Object.keys(scores)) scores[code] = ((scores[code] ?? 0) * 3) / Math.max(words, 2);
    scoreLetters(rest.text, allowed, scores);
    if (!isSettled(scores, current, tokens.length)) scoreModel(model, rest.text, allowed, scores);
    const ranked = Object.entries(scores).sort((a, b) => b[1] - a[1]);
    const shown =
      votesCast > 0 ||
      (rest === masked && rest.tokens.some((token) => token.word.length > 2 && !/\d/.test(token.word)));
    const lead = (ranked[0]?.[1] ?? 0) - (ranked[1]?.[1] ?? 0);
    // One or two words that several languages could claim, or that stand beside local terms only, are no evidence.
    const guess = votesCast === 0 && words <= 2 && (lead < 0.2 || rest.tokens.length < tokens.length);
    return { code: shown && !guess ? (ranked[0]?.[0] ?? null) : null, scores };
  };

  const wishedLanguage = (tokens: readonly Token[]): string | null => {
    if (tokens.length === 0 || wordCount(tokens) > 14) return null;
    const found = wishes.find(tokens);
    const wish = found
      .filter(
        ({ tag, start, end }) =>
          tag !== 'none' && !found.some((hit) => hit.tag === 'none' && hit.start <= start && hit.end >= end),
      )
      .sort((a, b) => b.end - b.start - (a.end - a.start))[0];
    if (wish) return wish.tag.slice(5);
    if (wordCount(tokens) > 5) return null;
    const words = names.find(tokens);
    const named = words.filter((hit) => hit.tag.startsWith('name:'));
    const covered = new Set(
      words.flatMap((hit) => Array.from({ length: hit.end - hit.start }, (_, i) => hit.start + i)),
    );
    return named.length > 0 && covered.size === tokens.length ? (named[0]?.tag.slice(5) ?? null) : null;
  };

  return { detect, wishedLanguage };
}

/** Letters that only one of the languages has. */
function scoreLetters(text: string, allowed: readonly string[], scores: Record<string, number>): void {
  if (/^[\s!-~]*$/.test(text)) return;
  for (const [pattern, code, weight] of telling) {
    if (!allowed.includes(code)) continue;
    const found = text.match(pattern);
    if (found) scores[code] = (scores[code] ?? 0) + weight * Math.min(found.length, 3);
  }
  // Ukrainian can hardly be written without these letters; Russian never has them.
  if (allowed.includes('ru') && text.length >= 15 && !/[іїєґ]/iu.test(text)) scores.ru = (scores.ru ?? 0) + 0.6;
}

/** What the model says of the languages, 0 to `mostByModel` each. */
function scoreModel(model: Eld, text: string, allowed: readonly string[], scores: Record<string, number>): void {
  const modelScores = model.detect(text).getScores();
  let best = 0;
  for (const code of allowed) best = Math.max(best, modelScores[code] ?? 0);
  if (best === 0) return;
  for (const code of allowed) {
    const score = modelScores[code];
    if (score !== undefined)
      scores[code] = (scores[code] ?? 0) + Math.max(0, mostByModel - (best - score) / (best * 0.35 + 0.02));
  }
}

/** True when no verdict of the model could change which language the conversation goes on in. */
function isSettled(scores: Record<string, number>, current: string | null, words: number): boolean {
  let leader: string | null = null;
  let first = 0;
  let second = 0;
  for (const [code, score] of Object.entries(scores)) {
    if (score > first) {
      second = first;
      [leader, first] = [code, score];
    } else if (score > second) second = score;
  }
  if (leader !== null && leader === current) return first - second >= mostByModel - usualLead;
  return words > 2 && first - second > mostByModel + usualLead;
}

const drawnOut = (word: string): boolean => word.length > 1 && word.at(-1) === word.at(-2);

/** The languages of the script that most letters belong to; null when there is no letter. */
function allowedByScript(text: string, codes: readonly string[]): string[] | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  let rest = letters;
  for (const [pattern, list] of scripts) {
    // A Chinese character says as much as several letters of an alphabet.
    const found = text.match(pattern)?.length ?? 0;
    rest -= found;
    if (found * (list[0] === 'zh' ? 3 : 1.5) >= letters - found && found > 0)
      return list.filter((code) => codes.includes(code));
  }
  return rest > 0 ? [...codes] : null;
}

function mask(text: string, tokens: readonly Token[], loans: PhraseBook): { text: string; tokens: Token[] } {
  const hidden = new Set<number>();
  for (const hit of loans.find(tokens)) for (let i = hit.start; i < hit.end; i += 1) hidden.add(i);
  if (hidden.size === 0) return { text, tokens: [...tokens] };
  const kept = tokens.filter((_, index) => !hidden.has(index));
  return { text: kept.map((token) => text.slice(token.start, token.end)).join(' '), tokens: kept };
}

/**
 * The language to continue in: a new one only when it leads the current one clearly.
 * `lead` is in units of the scores; the usual one keeps one ambiguous word from switching a conversation.
 */
export function withHysteresis(detection: Detection, current: string | null, lead = usualLead): string | null {
  if (detection.code === null || current === null || detection.code === current) return detection.code ?? current;
  const ahead = (detection.scores[detection.code] ?? 0) - (detection.scores[current] ?? 0);
  return ahead > lead ? detection.code : current;
}
