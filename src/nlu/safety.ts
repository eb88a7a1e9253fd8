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
    return kinds.find((kind) => real.some((hit: Hit) => hit.tag === kind)) ?? null;
  };
}
