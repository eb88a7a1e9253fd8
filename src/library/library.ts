import type { FormGuide } from '../domain/form-guide';
import type { Certainty, ContactId } from '../domain/ids';
import type { LanguageInfo } from '../domain/language';
import type { RuleBook } from '../domain/rulebook';
import type { Condition } from '../domain/rules';
import type { Lexicon } from './lexicon';

/** One language of an article. */
export type ArticleText = {
  title: string;
  phrasings: string[];
  short: string;
  do: string[];
  except: string[];
  variants: Record<string, string>;
};

/** One answer of the FAQ catalogue. */
export type Article = {
  id: string;
  group?: string;
  sources: string[];
  certainty: Certainty;
  /** ISO day on which the answer was last checked against its sources. */
  checkedOn: string;
  /** ISO day after which the answer says that it is due for a check. */
  checkAgainBy: string;
  /** Name of the professional who checked it; empty when none has. */
  reviewedBy: string;
  related: string[];
  conflicts: number[];
  variants: { id: string; when: Condition }[];
  texts: Record<string, ArticleText>;
};

/** A neighbouring subject: one honest sentence and a pointer, never an answer. */
export type Redirect = { id: string; texts: Record<string, { say: string; phrasings: string[] }> };

/** A French term with a card of its own: `glossary:<id>` has `term` and `meaning`. */
export type GlossaryEntry = {
  id: string;
  /** How texts of any language write it; a name all in capitals is found only so, any other in either case. */
  names: string[];
  /** Article to read on. */
  article?: string;
  because: string[];
};

export type Contact = {
  id: ContactId;
  phone?: string;
  tel?: string;
  language?: string;
  site?: string;
  address?: string;
  email?: string;
  hours?: { days: number[]; from: string; to: string; varies?: boolean };
  because: string[];
  checkedOn: string;
};

export type Figure = {
  value: number;
  unit: 'month' | 'week' | 'day' | 'hour' | 'year' | 'euro' | 'percent' | 'count' | 'age';
  /** ISO day of a figure that moves with time. */
  on?: string;
  because: string[];
};

export type Form = { name: string; cerfa?: string; formerly?: string; because: string[] };
export type Source = { id: string; name: string; kind: string; site?: string; seen?: string; trust: string };

/** The advisers' desk: opening hours in local French time, holidays, languages, and how long is too long. */
export type DeskSettings = {
  /** `days`: 1 = Monday … 7 = Sunday; `from`, `to`: `HH:MM`. None: nobody is ever there. */
  hours: { days: number[]; from: string; to: string }[];
  holidays: 'mainland' | 'alsace-moselle' | 'GP' | 'MQ' | 'GF' | 'RE' | 'YT';
  /** ISO days. */
  closedDays: string[];
  languages: string[];
  personSilentMinutes: number;
  adviserSilentMinutes: number;
  nobodyCameMinutes: number;
  requestDays: number;
};

/** Codes of the languages on offer, in the order of the menu. */
export const liveLanguages = ({ languages }: Pick<Library, 'languages'>): string[] =>
  languages.filter(({ live }) => live).map(({ code }) => code);

/** Direction in which a language is written. */
export const directionOf = ({ languages }: Pick<Library, 'languages'>, language: string): 'ltr' | 'rtl' =>
  languages.find(({ code }) => code === language)?.direction ?? 'ltr';

/** True once a professional has checked every article. */
export const isReviewed = ({ articles }: Pick<Library, 'articles'>): boolean =>
  Object.values(articles).every(({ reviewedBy }) => reviewedBy !== '');

/** All that editors write, validated: the only thing the running bot reads words and rules from. */
export type Library = {
  /** Hash of every file it was made from. */
  hash: string;
  languages: LanguageInfo[];
  rulebook: RuleBook;
  articles: Record<string, Article>;
  redirects: Record<string, Redirect>;
  glossary: Record<string, GlossaryEntry>;
  formGuide: FormGuide;
  contacts: Record<string, Contact>;
  figures: Record<string, Figure>;
  forms: Record<string, Form>;
  sources: Record<string, Source>;
  desk: DeskSettings;
  lexicons: Record<string, Lexicon>;
  /** language → regular expressions of forbidden promises. */
  promises: Record<string, string[]>;
  /** language → namespace → nested texts. */
  locales: Record<string, Record<string, object>>;
};
