/** Where terms stand, as it is written: term `i` stands at `places[ends[i - 1]…ends[i] - 1]`, with a weight at each. */
export type SerialisedPostings = { terms: string[]; ends: number[]; places: number[]; weights: number[] };

/** The same, opened: three flat arrays and one map, some 40 bytes a term. */
export type Postings = {
  /** Number of the term, or undefined. */
  find(term: string): number | undefined;
  /** `ends[n]` to `ends[n + 1]` are the entries of term `n`. */
  ends: Uint32Array;
  places: Uint16Array;
  weights: Float32Array;
};

/** Writes lists of `[place, weight, place, weight, …]` by term. */
export function serialisePostings(lists: Record<string, number[]>): SerialisedPostings {
  const written: SerialisedPostings = { terms: [], ends: [], places: [], weights: [] };
  for (const [term, list] of Object.entries(lists)) {
    for (let i = 0; i < list.length; i += 2) {
      written.places.push(list[i] as number);
      written.weights.push(list[i + 1] as number);
    }
    written.terms.push(term);
    written.ends.push(written.places.length);
  }
  return written;
}

export function openPostings({ terms, ends, places, weights }: SerialisedPostings): Postings {
  const numbers = new Map(terms.map((term, number) => [term, number]));
  return {
    find: (term) => numbers.get(term),
    ends: Uint32Array.from([0, ...ends]),
    places: Uint16Array.from(places),
    weights: Float32Array.from(weights),
  };
}
