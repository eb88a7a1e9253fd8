import type { Token } from './normalise';
import type { Hit } from './phrases';

/**
 * The parts of a message that ask something, as text: cut at sentence ends and before a question word after "and", and
 * with `fine` at commas too ("I'm Brazilian, where do I send it").
 */
export function askingParts(text: string, tokens: readonly Token[], hits: readonly Hit[], fine = false): string[] {
  const asks = (index: number): boolean => hits.some((hit) => hit.tag === 'question' && hit.start === index);
  const joins = (index: number): boolean => hits.some((hit) => hit.tag === 'join' && hit.end === index);
  const cuts = tokens.flatMap(({ gap }, index) =>
    index > 0 && (gap >= (fine ? 1 : 2) || (joins(index) && asks(index))) ? [index] : [],
  );
  if (cuts.length === 0) return [];
  return [0, ...cuts].flatMap((from, place) => {
    const to = cuts[place] ?? tokens.length;
    const start = tokens[from]?.start ?? 0;
    const end = tokens[to - 1]?.end ?? text.length;
    const mark = /^\s*[?？؟]/.exec(text.slice(end))?.[0] ?? '';
    const marked = mark !== '' || hits.some((hit) => hit.tag === 'question' && hit.start >= from && hit.start < to);
    return marked ? [text.slice(start, end) + mark] : [];
  });
}
