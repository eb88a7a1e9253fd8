import type { Postings } from './postings';
import { gramsOf } from './ranking-index';

/** What one word adds to each topic, and to the length of the query's vector. */
type WordVector = { scores: Float32Array; squares: number };

const mostKept = 2_000;
const mostWords = 120;

/**
 * Cosine of the character n-grams of words to each topic: forgives typing mistakes and other endings. The vectors of
 * words seen lately are kept (`mostKept` of them, some 500 bytes each).
 */
export function createResemblance(
  grams: Postings,
  topicCount: number,
): (words: readonly string[], into: Float64Array) => void {
  const kept = new Map<string, WordVector>();

  const vectorOf = (word: string): WordVector => {
    const known = kept.get(word);
    if (known) return known;
    const scores = new Float32Array(topicCount);
    let squares = 0;
    for (const [gram, frequency] of gramsOf(word)) {
      const number = grams.find(gram);
      const from = number === undefined ? 0 : (grams.ends[number] as number);
      const to = number === undefined ? 0 : (grams.ends[number + 1] as number);
      const weight = (1 + Math.log(frequency)) * (to > from ? Math.log(topicCount / (to - from)) : 1);
      squares += weight * weight;
      for (let i = from; i < to; i += 1) {
        const topic = grams.places[i] as number;
        scores[topic] = (scores[topic] as number) + weight * (grams.weights[i] as number);
      }
    }
    const vector = { scores, squares };
    if (kept.size >= mostKept) kept.clear();
    kept.set(word, vector);
    return vector;
  };

  return (words, into) => {
    let squares = 0;
    for (const word of new Set(words.length > mostWords ? words.slice(0, mostWords) : words)) {
      const vector = vectorOf(word);
      squares += vector.squares;
      const { scores } = vector;
      for (let topic = 0; topic < topicCount; topic += 1)
        into[topic] = (into[topic] as number) + (scores[topic] as number);
    }
    const length = Math.sqrt(squares) || 1;
    for (let topic = 0; topic < topicCount; topic += 1) into[topic] = (into[topic] as number) / length;
  };
}
