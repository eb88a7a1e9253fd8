import type { Token } from './normalise';
import type { Hit } from './phrases';

type Span = { start: number; end: number };

/**
 * True when the clause around a span tells of a life that is over by now ("I worked in France for three years"): nobody new and no
 * "and" comes between. "Since" holds what it says to this day.
 */
export function isOver(tokens: readonly Token[], hits: readonly Hit[], span: Span): boolean {
  if (!hits.some(({ tag }) => tag === 'time:over')) return false;
  const clause = clauseOf(tokens, span);
  const inside = hits.filter((hit) => hit.start >= clause.start && hit.end <= clause.end);
  if (inside.some(({ tag }) => tag === 'time:since') && !hasRange(tokens, clause)) return false;
  const over = inside.filter(({ tag }) => tag === 'time:over');
  const before = over.findLast((hit) => hit.start < span.start);
  const after = over.find((hit) => hit.start >= span.start);
  const begins = (from: number, to: number) =>
    inside.some(({ tag, start }) => (tag === 'join' || tag === 'self') && start >= from && start < to);
  return (
    (before !== undefined && !begins(before.end, span.start)) ||
    (after !== undefined && !begins(span.end, after.start + 1))
  );
}

/** Bounds of the clause (between commas and sentence ends) around a span. */
export function clauseOf(tokens: readonly Token[], span: Span): Span {
  let { start, end } = span;
  while (start > 0 && (tokens[start]?.gap ?? 0) === 0) start -= 1;
  while (end < tokens.length && (tokens[end]?.gap ?? 0) === 0) end += 1;
  return { start, end };
}

const isYear = (token: Token | undefined): boolean => token !== undefined && /^(19|20)\d\d$/.test(token.word);
/** Words from one year of a range to the other at most ("2019 to June 2021"). */
const rangeWidth = 3;

/** True when two years near each other stand between the bounds: what began in the first ended in the second ("from 2015 to 2018"). */
export function hasRange(tokens: readonly Token[], { start, end }: Span): boolean {
  for (let index = start; index < end; index += 1)
    if (isYear(tokens[index]) && tokens.slice(index + 1, Math.min(end, index + 1 + rangeWidth)).some(isYear))
      return true;
  return false;
}
