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
  /** The third person who is to come to the writer. */
  joinsMe: Exclude<Owner, 'none' | 'self' | 'third'> | null;
};

const isThird = (owner: Owner): owner is People['thirds'][number] =>
  owner !== 'none' && owner !== 'self' && owner !== 'third';

const startsAt = (hits: ReadonlyMap<number, readonly Hit[]>, prefix: string, index: number): Hit | undefined =>
  hits.get(index)?.find((hit) => hit.tag.startsWith(prefix));

/**
 * Reads a message from left to right. "My husband is…" makes what follows his until the writer or a new sentence comes;
 * "married to a…" only until the next comma.
 */
export function attribute(tokens: readonly Token[], hits: readonly Hit[]): People {
  const relevant = hits.filter((hit) =>
    /^(subject|object|self|pronoun|impersonal|behalf|asksFor|joinsMe)/.test(hit.tag),
  );
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
  let subjectEnd = -1;
  let objectOwner: Owner = 'none';
  const isSelf = (index: number, gap: Token['gap']): boolean =>
    byStart.get(index)?.some(({ tag }) => tag === 'self' || (tag === 'selfFirst' && (index === 0 || gap > 0))) ?? false;
  tokens.forEach((token, index) => {
    if (token.gap === 2 || (token.gap === 1 && asObject)) {
      owner = 'none';
      asObject = false;
    }
    const object = startsAt(byStart, 'object:', index);
    const inObject = index < objectFrom;
    // "Un ami à moi", "ma mère de 71 ans": who is named is one person.
    const inSubject = index < subjectEnd;
    if (object && !inObject && !inSubject) {
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
        subjectEnd = subject.end;
      } else if (!inSubject && isSelf(index, token.gap)) {
        owner = 'self';
        asObject = false;
      } else if (!inSubject && startsAt(byStart, 'pronoun', index) && !startsAt(byStart, 'impersonal', index)) {
        owner = last;
        asObject = false;
      }
    }
    owners.push(inObject || index < objectFrom ? (owner === 'none' || owner === 'self' ? owner : objectOwner) : owner);
  });
  const joiners = relevant
    .filter(({ tag }) => tag === 'joinsMe')
    .flatMap(({ start, end }) => [owners[start], owners[end - 1]])
    .filter((joiner) => joiner !== undefined && isThird(joiner));
  return {
    owners,
    thirds,
    onBehalf: relevant.some((hit) => hit.tag === 'behalf'),
    asksFor: relevant.some((hit) => hit.tag === 'asksFor'),
    joinsMe: joiners[0] ?? null,
  };
}
