import type { Lexicon } from '../library/lexicon';
import type { Token } from './normalise';
import { type Hit, PhraseBook } from './phrases';
import type { Crisis } from './understanding';

const kinds: Crisis[] = ['suicide', 'emergency', 'violence'];

/**
 * Finds messages of somebody in danger, in every language at once (detection of the language may be wrong).
 * A phrase that a guard covers ("mort de rire", "my husband died") does not count.
 */
export function createCrisisFinder(lexicons: Record<string, Lexicon>): (tokens: readonly Token[]) => Crisis | null {
  const book = new PhraseBook();
  for (const { language, crisis, crisisGuards } of Object.values(lexicons)) {
    for (const kind of kinds) book.addAll(`${kind} ${language}`, crisis[kind]);
    book.addAll(`guard ${language}`, crisisGuards);
  }
  return (tokens) => {
    const hits = book.find(tokens).map(({ tag, ...span }) => {
      const [kind = '', language = ''] = tag.split(' ');
      return { tag: kind, language, ...span };
    });
    // What stands behind a comma is said anew: "no insurance, my father cannot breathe".
    const guards = hits.filter(
      ({ tag, start, end }) => tag === 'guard' && tokens.slice(start + 1, end).every(({ gap }) => gap === 0),
    );
    // A guard speaks for its own language; over another one's words it counts only when it holds all of them.
    const isGuarded = (hit: LanguageHit): boolean =>
      guards.some((guard) =>
        guard.language === hit.language
          ? guard.start < hit.end && hit.start < guard.end
          : guard.start <= hit.start && hit.end <= guard.end,
      );
    const real = hits.filter((hit) => hit.tag !== 'guard' && !isGuarded(hit));
    // "He threatened to kill me" contains words of suicide: the longer expression says what it is.
    const outer = real.filter((hit) => !real.some((other) => contains(other, hit)));
    return kinds.find((kind) => outer.some((hit) => hit.tag === kind)) ?? null;
  };
}

type LanguageHit = Hit & { language: string };

const contains = (outer: Hit, inner: Hit): boolean =>
  outer.tag !== inner.tag &&
  outer.start <= inner.start &&
  outer.end >= inner.end &&
  outer.end - outer.start > inner.end - inner.start;
