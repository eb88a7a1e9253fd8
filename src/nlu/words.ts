import type { Lexicon } from '../library/lexicon';
import { countryWords } from './countries';
import type { Token } from './normalise';
import { fold } from './normalise';
import { type Hit, PhraseBook } from './phrases';

/** The lexicon of one language, ready for search. */
export type Words = {
  language: string;
  /** Everything in one message; tags are `section:…` as written below. */
  find: (tokens: readonly Token[]) => Hit[];
  /** How many words a negation reaches, forwards and backwards. */
  reach: Lexicon['reach'];
  /** The number that a word writes, or NaN. */
  numberOf: (word: string) => number;
};

/**
 * Compiles a lexicon. Tags: `slot:<slot>:<value>` `not:<slot>` `answer:<slot>:<value>` `command:<id>` `filler` `yes` `no` `unknown`
 * `correction` `negation` `negationAfter` `bygone` `frame:<kind>` `question` `subject:<relation>` `object:<relation>` `self` `selfFirst` `joinsMe` `pronoun` `impersonal` `behalf` `asksFor` `month:<n>` `unit:<unit>` `duration:<n> <unit>` `saidAge` `join`
 * `time:<section>` `origin:<section>` `country:<ISO>` (a name) `people:<ISO>` (a demonym) `concept:<id>`.
 */
export function openWords(lexicon: Lexicon): Words {
  const numbers = new Map(Object.entries(lexicon.numbers).map(([word, value]) => [fold(word), value]));
  const numberOf = (word: string): number => numbers.get(word) ?? (/^\d{1,6}$/.test(word) ? Number(word) : Number.NaN);
  const book = new PhraseBook((word) => !Number.isNaN(numberOf(word)));
  const maps = (prefix: string, map: Record<string, string[] | undefined>) => {
    for (const [id, phrases] of Object.entries(map)) book.addAll(`${prefix}:${id}`, phrases);
  };
  for (const [slot, values] of Object.entries(lexicon.slots)) maps(`slot:${slot}`, values);
  for (const [slot, values] of Object.entries(lexicon.answers)) maps(`answer:${slot}`, values);
  maps('not', lexicon.notSlots);
  maps('command', lexicon.commands);
  book.addAll('filler', lexicon.commandFillers);
  book.addAll('yes', lexicon.yes);
  book.addAll('no', lexicon.no);
  book.addAll('unknown', lexicon.dontKnow);
  book.addAll('correction', lexicon.corrections);
  book.addAll('negation', lexicon.negations);
  book.addAll('negationAfter', lexicon.negationsAfter);
  book.addAll('bygone', lexicon.bygone);
  maps('frame', lexicon.frames);
  book.addAll('question', lexicon.questionWords);
  maps('subject', lexicon.people.subject);
  maps('object', lexicon.people.object);
  book.addAll('self', lexicon.people.self);
  book.addAll('selfFirst', lexicon.people.selfFirst);
  book.addAll('joinsMe', lexicon.people.joinsMe);
  book.addAll('pronoun', lexicon.people.pronouns);
  book.addAll('impersonal', lexicon.people.impersonal);
  book.addAll('behalf', lexicon.people.onBehalf);
  book.addAll('asksFor', lexicon.people.asksFor);
  maps('month', lexicon.months);
  maps('unit', lexicon.units);
  maps('duration', lexicon.durations);
  book.addAll('saidAge', lexicon.ages);
  book.addAll('join', lexicon.joins);
  maps('time', lexicon.time);
  maps('origin', lexicon.origin);
  maps('concept', lexicon.concepts);
  for (const [phrase, code, demonym] of countryWords(lexicon.language, lexicon)) {
    book.add(`${demonym ? 'people' : 'country'}:${code}`, phrase);
  }
  return { language: lexicon.language, find: (tokens) => book.find(tokens), reach: lexicon.reach, numberOf };
}
