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
  for (const lexicon of Object.values(lexicons)) {
    for (const kind of kinds) book.addAll(kind, lexicon.crisis[kind]);
    book.addAll('guard', lexicon.crisisGuards);
  }
  return (tokens) => {
    const hits = book.find(tokens);
    const guards = hits.filter((hit) => hit.tag === 'guard');
    const real = hits.filter(
      (hit) => hit.tag !== 'guard' && !guards.some((guard) => guard.start < hit.end && hit.start < guard.end),
    );
    // "He threatened to kill me" contains words of suicide: the longer expression says what it is.
    const outer = real.filter((hit) => !real.some((other) => contains(other, hit)));
    return kinds.find((kind) => outer.some((hit) => hit.tag === kind)) ?? null;
  };
}

const contains = (outer: Hit, inner: Hit): boolean =>
  outer.tag !== inner.tag &&
  outer.start <= inner.start &&
  outer.end >= inner.end &&
  outer.end - outer.start > inner.end - inner.start;
