import countries from 'world-countries';
import type { Lexicon } from '../library/lexicon';
import { fold } from './normalise';

/** Country names that are ordinary words or regions of France in some language, and French overseas territories. */
const skippedNames = new Set([
  'fr',
  're',
  'gp',
  'mq',
  'gf',
  'yt',
  'pm',
  'bl',
  'mf',
  'tf',
  'io',
  'aq',
  'hm',
  'bv',
  'um',
  'gs',
  'wf',
  'pf',
  'nc',
]);
const demonymLanguages: Record<string, string> = { en: 'eng', fr: 'fra' };

/**
 * Every word for a country or its people in one language, with its ISO code: names from Intl, demonyms from
 * world-countries (English and French), more of both from the lexicon, which wins.
 */
export function countryWords(language: string, lexicon: Lexicon): [phrase: string, code: string, demonym: boolean][] {
  const words: [string, string, boolean][] = [];
  const taken = new Set(lexicon.notPlaces.map(fold));
  const add = (phrase: string, code: string, demonym: boolean) => {
    const key = fold(phrase);
    if (key.length < 3 && demonym === false) return;
    if (taken.has(key) || phrase.includes('(')) return;
    taken.add(key);
    words.push([phrase, code, demonym]);
  };
  for (const [code, phrases] of Object.entries(lexicon.demonyms)) {
    for (const phrase of phrases) {
      taken.add(fold(phrase));
      words.push([phrase, code, true]);
    }
  }
  for (const [code, phrases] of Object.entries(lexicon.places)) {
    for (const phrase of phrases) {
      taken.add(fold(phrase));
      words.push([phrase, code, false]);
    }
  }
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const independentFirst = [...countries].sort(
    (a, b) => Number(b.independent) - Number(a.independent) || b.area - a.area,
  );
  for (const country of independentFirst) {
    if (skippedNames.has(country.cca2.toLowerCase())) continue;
    const name = names.of(country.cca2);
    if (name !== undefined) add(name, country.cca2, false);
    const demonyms = country.demonyms[demonymLanguages[language] ?? ''];
    if (!country.independent) continue;
    for (const form of [demonyms?.m, demonyms?.f]) {
      if (!form) continue;
      add(form, country.cca2, true);
      if (!form.endsWith('s')) add(`${form}s`, country.cca2, true);
    }
  }
  return words;
}
