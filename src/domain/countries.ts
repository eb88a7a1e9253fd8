import type { Profile } from './profile';

const list = (codes: string): readonly string[] => codes.split(' ');

/** France and its overseas territories that have a code of their own. */
export const frenchCountries = list('FR GP MQ GF RE YT PM BL MF WF PF NC TF');
/** European Union, European Economic Area and Switzerland: one group for health cover (C1, P1). */
export const euCountries = list(
  'AT BE BG HR CY CZ DK EE FI AX DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH',
);
/** The United Kingdom, Gibraltar and the Crown dependencies. */
export const ukCountries = list('GB GI GG JE IM');
/** Elsewhere, civil-status papers that are usually written in French: no translation is expected. */
export const frenchPaperCountries = list('MC BJ BF CF CG CD CI GA GN ML NE SN TG HT');

type Group = 'french' | 'eu' | 'uk' | 'other';

/** The group of one or several nationalities: French wins, then EU/EEA/Swiss (CR10), then UK. Undefined when none is given. */
export function nationalityGroup(codes: readonly string[]): Group | undefined {
  const has = (group: readonly string[]) => codes.some((code) => group.includes(code));
  if (codes.length === 0) return undefined;
  if (has(frenchCountries)) return 'french';
  if (has(euCountries)) return 'eu';
  return has(ukCountries) ? 'uk' : 'other';
}

/** The nationality group derived from the stated countries; undefined when none is stated. */
export const deriveNationality = (country: Profile['country']): Group | undefined =>
  Array.isArray(country) ? nationalityGroup(country) : undefined;
