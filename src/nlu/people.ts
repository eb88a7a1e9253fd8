import type { Token } from './normalise';
import type { Hit } from './phrases';

/** Whom a word is about: nobody named (the writer, most likely), the writer for certain, or a third person. */
export type Owner = 'none' | 'self' | 'spouse' | 'child' | 'parent' | 'other' | 'third';

/** Who each word of a message is about, and whether it asks on behalf of a third person. */
export type People = {
  owners: Owner[];
  thirds: Exclude<Owner, 'none' | 'self' | 'third'>[];
  onBehalf: boolean;
  asksFor: boolean;
};

const startsAt = (hits: ReadonlyMap<number, readonly Hit[]>, prefix: string, index: number): Hit | undefined =>
  hits.get(index)?.find((hit) => hit.tag.startsWith(prefix));

/**
 * Reads a message from left to right. "My husband is…" makes what follows his until the writer or a new sentence comes;
 * "married to a…" only until the next comma.
 */
export function attribute(tokens: readonly Token[], hits: readonly Hit[]): People {
  const relevant = hits.filter((hit) => /^(subject|object|self|pronoun|impersonal|behalf|asksFor)/.test(hit.tag));
  const byStart = new Map<number, Hit[]>();
  for (const hit of relevant) {
    const list = byStart.get(hit.start);
    if (list) list.push(hit);
    else byStart.set(hit.start, [hit]);
  }
  const owners: Owner[] = [];
  const thirds: People['thirds'] = [];
  let owner: Owner = 'none';
  let asObject = false;
  let last: Owner = 'third';
  let objectFrom = -1;
  let objectOwner: Owner = 'none';
  tokens.forEach((token, index) => {
    if (token.gap === 2 || (token.gap === 1 && asObject)) {
      owner = 'none';
      asObject = false;
    }
    const object = startsAt(byStart, 'object:', index);
    const inObject = index < objectFrom;
    if (object && !inObject) {
      objectOwner = object.tag.slice(7) as Owner;
      objectFrom = object.end;
      thirds.push(objectOwner as 'spouse');
      last = objectOwner;
    } else if (!inObject) {
      const subject = startsAt(byStart, 'subject:', index);
      if (index === objectFrom && token.gap === 0) {
        owner = objectOwner;
        asObject = true;
      }
      if (subject) {
        owner = subject.tag.slice(8) as Owner;
        asObject = false;
        thirds.push(owner as 'spouse');
        last = owner;
      } else if (startsAt(byStart, 'self', index)) {
        owner = 'self';
        asObject = false;
      } else if (startsAt(byStart, 'pronoun', index) && !startsAt(byStart, 'impersonal', index)) {
        owner = last;
        asObject = false;
      }
    }
    owners.push(inObject || index < objectFrom ? (owner === 'none' || owner === 'self' ? owner : objectOwner) : owner);
  });
  return {
    owners,
    thirds,
    onBehalf: relevant.some((hit) => hit.tag === 'behalf'),
    asksFor: relevant.some((hit) => hit.tag === 'asksFor'),
  };
}
