import fitted from './confidence-weights.json';

type Scored = { topic: number; score: number; bm25: number; cosine: number; nearest: number };
type Query = { ceiling: number; words: number; knownShare: number; concepts: number };

/** What tells a sure ranking from a guess. All between about −1 and 2. */
export function featuresOf(
  scored: readonly Scored[],
  redirect: readonly boolean[],
  query: Query,
  top: { bm25: number; cosine: number },
): number[] {
  let first: Scored | undefined;
  let second: Scored | undefined;
  let aside: Scored | undefined;
  for (const entry of scored) {
    if (redirect[entry.topic]) aside ??= entry;
    else if (!first) first = entry;
    else second ??= entry;
    if (aside && second) break;
  }
  if (!first) return [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  return [
    1,
    Math.log1p(first.bm25) / 4,
    Math.min(1.5, first.bm25 / (query.ceiling * 1.5 + 1e-9)),
    second ? (first.score - second.score) / first.score : 1,
    first.cosine * 3,
    query.knownShare,
    first.cosine >= top.cosine * 0.999 && first.bm25 >= top.bm25 * 0.999 ? 1 : 0,
    aside ? (first.score - aside.score) / Math.max(first.score, aside.score) : 1,
    Math.min(1, Math.log1p(query.words) / 4),
    Math.min(1, query.concepts / 5),
    first.nearest,
  ];
}

/** Probability between 0 and 1. The weights are one set for all languages, fitted by `npm run evaluate -- --calibrate`. */
export function confidenceOf(features: readonly number[], weights: readonly number[] = fitted.weights): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) sum += (weights[i] as number) * (features[i] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
