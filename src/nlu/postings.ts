/** Where terms stand, as it is written: terms with a space between, numbers as the base64 of their bytes (read without garbage). */
export type SerialisedPostings = { terms: string; ends: string; places: string; weights: string };

/** The same, opened: three flat arrays and one map, some 40 bytes a term. */
export type Postings = {
  /** Number of the term, or undefined. */
  find(term: string): number | undefined;
  /** `ends[n]` to `ends[n + 1]` are the entries of term `n`. */
  ends: Uint32Array;
  places: Uint16Array;
  weights: Float32Array;
};

const base64 = ({ buffer, byteOffset, byteLength }: Uint32Array | Uint16Array | Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** The bytes behind a text, at an address that any typed array may begin at. */
const bytesOf = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64')).buffer;

/** Writes lists of `[place, weight, place, weight, …]` by term. Terms hold no spaces. */
export function serialisePostings(lists: Record<string, number[]>): SerialisedPostings {
  const terms = Object.keys(lists);
  const ends = [0];
  const places: number[] = [];
  const weights: number[] = [];
  for (const list of Object.values(lists)) {
    for (let i = 0; i < list.length; i += 2) {
      places.push(list[i] as number);
      weights.push(list[i + 1] as number);
    }
    ends.push(places.length);
  }
  return {
    terms: terms.join(' '),
    ends: base64(Uint32Array.from(ends)),
    places: base64(Uint16Array.from(places)),
    weights: base64(Float32Array.from(weights)),
  };
}

/** Opens written postings. */
export function openPostings({ terms, ends, places, weights }: SerialisedPostings): Postings {
  const numbers = new Map(terms.split(' ').map((term, number) => [term, number]));
  return {
    find: (term) => numbers.get(term),
    ends: new Uint32Array(bytesOf(ends)),
    places: new Uint16Array(bytesOf(places)),
    weights: new Float32Array(bytesOf(weights)),
  };
}
