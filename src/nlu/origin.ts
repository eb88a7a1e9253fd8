import type { Token } from './normalise';
import type { Owner } from './people';
import type { Hit } from './phrases';
import { isNegated } from './slot-hits';
import type { Words } from './words';

/** Countries of a message: those that are somebody's nationality, and those of a company, a pension or a job. */
export type Origins = {
  nationalities: { code: string; owner: Owner; start: number }[];
  elsewhere: { code: string; start: number }[];
};

/**
 * Tells a nationality from other uses of a country's name: a demonym counts unless it qualifies a thing ("société
 * américaine", "Dutch pension", "en anglais"); a name counts only after a word of origin ("from Spain", "je viens du Mali").
 */
export function readOrigins(
  tokens: readonly Token[],
  hits: readonly Hit[],
  owners: readonly Owner[],
  reach: Words['reach'],
): Origins {
  const named: Origins['nationalities'] = [];
  const nationalities: Origins['nationalities'] = [];
  const elsewhere: Origins['elsewhere'] = [];
  const touches = (section: string, index: number, side: 'end' | 'start') =>
    hits.some((hit) => hit.tag === `origin:${section}` && hit[side] === index);
  const french = hits.filter(
    (hit) => hit.tag === 'origin:french' && !touches('notAfter', hit.start, 'end') && !denied(hits, hit),
  );
  for (const hit of hits) {
    const name = hit.tag.startsWith('country:');
    if (!name && !hit.tag.startsWith('people:')) continue;
    const longer = hits.some(
      (other) =>
        other !== hit &&
        /^(country|people):/.test(other.tag) &&
        other.start <= hit.start &&
        other.end >= hit.end &&
        other.end - other.start > hit.end - hit.start,
    );
    if (longer) continue;
    const code = hit.tag.slice(hit.tag.indexOf(':') + 1);
    const gapAfter = tokens[hit.end]?.gap ?? 2;
    const gapBefore = tokens[hit.start]?.gap ?? 0;
    const lead = hits.find(({ tag, end }) => tag === 'origin:from' && (end === hit.start || end === hit.start - 1));
    const from =
      lead !== undefined || touches('fromAfter', hit.end, 'start') || touches('fromAfter', hit.end + 1, 'start');
    // "I am not from Spain."
    if (isNegated(tokens, hits, { ...hit, start: lead?.start ?? hit.start }, reach)) continue;
    const ofThing =
      (gapBefore === 0 && hit.start > 0 && touches('notAfter', hit.start, 'end')) ||
      (gapAfter === 0 && touches('notBefore', hit.end, 'start'));
    const start = hit.start;
    const dual = french.some((other) => other.start <= start && other.end >= hit.end);
    if (dual || (name ? from : !ofThing || from))
      (name ? named : nationalities).push({ code, owner: owners[start] ?? 'none', start });
    else elsewhere.push({ code, start });
  }
  for (const hit of french) nationalities.push({ code: 'FR', owner: owners[hit.start] ?? 'none', start: hit.start });
  // "I come from Italy but I am Moroccan": what somebody is counts before where they come from.
  for (const place of named) {
    const said = nationalities.some(({ owner }) => owner === place.owner);
    if (said) elsewhere.push({ code: place.code, start: place.start });
    else nationalities.push(place);
  }
  return { nationalities, elsewhere };
}

/** The words are part of an expression that is no statement of nationality ("demander la nationalité française"). */
const denied = (hits: readonly Hit[], hit: Hit): boolean =>
  hits.some((other) => other.tag === 'not:nationality' && other.start < hit.end && hit.start < other.end);
