import type { Profile } from '../domain/profile';
import type { Token } from './normalise';
import type { Owner } from './people';
import type { Hit } from './phrases';

/** The group of the slot `age` that an age in years falls into. */
export const ageGroup = (years: number): NonNullable<Profile['age']> =>
  years < 16 ? 'under16' : years < 18 ? 'from16to17' : 'adult';

/** Whether an age in years is past 28, where the sources about students disagree. */
export const isOver28 = (years: number): boolean => years > 28;

/** What a said age ("I am 30 years old") tells of a person whose words count; nothing when several ages were said. */
export function readAges(
  tokens: readonly Token[],
  hits: readonly Hit[],
  owners: readonly Owner[],
  mine: (owner: Owner) => boolean,
): Profile {
  const said = new Set<number>();
  for (const { tag, start, end } of hits) {
    if (tag !== 'saidAge' || !mine(owners[end - 1] ?? 'none')) continue;
    // "I have 30 years of work": what goes on beyond the age, or begins before it, is none.
    const isNone = (other: Hit) =>
      other.tag === 'not:age' && other.start < end && start < other.end && (end < other.end || other.start < start);
    if (hits.some(isNone)) continue;
    // In figures: "I am an employee" counts one.
    for (const { word } of tokens.slice(start, end)) if (/^\d{1,3}$/.test(word)) said.add(Number(word));
  }
  const [years] = said;
  if (years === undefined || said.size > 1 || years > 120) return {};
  const age = ageGroup(years);
  return age === 'adult' ? { age, over28: isOver28(years) } : { age };
}
