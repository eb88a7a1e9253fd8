import type { Token } from './normalise';
import type { Hit } from './phrases';

/** How many words a frame reaches beyond its own, and which hits are no facts there. */
const supposed = { reach: 1, facts: /^(slot:|answer:|people:|country:|origin:french|saidAge)/ };
const asked = { reach: 0, facts: /^(slot|answer):/ };
const kinds: Record<string, typeof asked> = {
  'frame:asked': asked,
  'frame:supposed': supposed,
  'frame:condition': supposed,
};

/**
 * The hits of a message without the facts that nobody states: what is asked about as such ("what is a récépissé", "can a student…")
 * and what is only supposed ("if I am a student"). "Do I pay if I am a student" tells why it is asked: that is stated.
 */
export function statedHits(tokens: readonly Token[], hits: readonly Hit[]): readonly Hit[] {
  const frames = hits.filter(({ tag }) => tag.startsWith('frame:'));
  if (frames.length === 0) return hits;
  const isNone = (frame: Hit): boolean =>
    frames.some(({ tag, start, end }) => tag === 'frame:none' && start <= frame.start && frame.start < end) ||
    (frame.tag === 'frame:condition' && asksBefore(tokens, hits, frame.start));
  const framing = frames.filter((frame) => !isNone(frame));
  return hits.filter((hit) => !framing.some((frame) => holds(tokens, hits, frame, hit)));
}

/** The hit opens something that is only supposed. */
export const isSupposition = ({ tag }: Hit): boolean => tag === 'frame:supposed' || tag === 'frame:condition';

/** True when the sentence asks something before the word. */
const asksBefore = (tokens: readonly Token[], hits: readonly Hit[], index: number): boolean => {
  const from = startOf(tokens, index, 2);
  return hits.some(({ tag, start }) => tag === 'question' && start >= from && start < index);
};

function holds(tokens: readonly Token[], hits: readonly Hit[], frame: Hit, hit: Hit): boolean {
  if (frame.tag === 'frame:askedAfter') {
    if (frame.start !== hit.end || !asked.facts.test(hit.tag)) return false;
    // "I have a récépissé, what is next": what the writer has is stated.
    const from = startOf(tokens, hit.start, 1);
    return !hits.some(({ tag, start }) => tag === 'self' && start >= from && start < hit.end);
  }
  const kind = kinds[frame.tag];
  if (kind === undefined || hit.start < frame.start || hit.start > frame.end + kind.reach) return false;
  return kind.facts.test(hit.tag) && startOf(tokens, hit.start, 1) < frame.end;
}

/** The first word of the clause (gap 1) or of the sentence (gap 2) that the word stands in. */
function startOf(tokens: readonly Token[], index: number, gap: 1 | 2): number {
  let start = index;
  while (start > 0 && (tokens[start]?.gap ?? 0) < gap) start -= 1;
  return start;
}
