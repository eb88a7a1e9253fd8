import { z } from 'zod';

/**
 * A word or phrase of a lexicon, matched on whole words without accents, case or punctuation.
 * `word*` = words beginning so · `(a|b c|)` = alternatives, one may be empty · `..` = up to three words · `#` = a number · `@` = a language name.
 */
const Phrase = z.string().min(1).max(600);
const Phrases = z.array(Phrase).default([]);
const PhraseMap = z.record(z.string(), z.array(Phrase)).default({});

/** Relations of third persons, seen from the writer. */
const Relation = z.enum(['spouse', 'child', 'parent', 'other']);

/**
 * The words of one language: `content/lexicon/<lang>.yaml`. Every section may be left out; a language that is only
 * detected needs `functionWords`, `languageNames`, `crisis` and `crisisGuards`.
 */
export const Lexicon = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/),
  /** Short frequent words, worth a vote in language detection. */
  functionWords: Phrases,
  /** Local administrative words that people of any language use; hidden from language detection. */
  loanTerms: Phrases,
  /** Language code → its names in this language. */
  languageNames: PhraseMap,
  /** Wishes for another language, with `@` for the name ("in @ please"). */
  languageWishes: Phrases,
  /** What looks like such a wish and is none ("must I speak @"). */
  notLanguageWishes: Phrases,
  /** Words that may stand beside a bare language name without making it a question ("please", "yes"). */
  politeWords: Phrases,
  crisis: z
    .strictObject({ suicide: Phrases, emergency: Phrases, violence: Phrases })
    .default({ suicide: [], emergency: [], violence: [] }),
  /** Phrases that look like a crisis and are none ("mort de rire"). */
  crisisGuards: Phrases,
  commands: PhraseMap,
  /** Words that a message may hold beside a command and still be only that command. */
  commandFillers: Phrases,
  yes: Phrases,
  no: Phrases,
  dontKnow: Phrases,
  corrections: Phrases,
  negations: Phrases,
  /** Negations that follow what they turn round ("öğrenci değilim"). */
  negationsAfter: Phrases,
  /** How many words a negation reaches, forwards (`negations`) and backwards (`negationsAfter`). */
  reach: z.strictObject({ negations: z.int().default(3), negationsAfter: z.int().default(2) }).prefault({}),
  /** Words that put a fact in the past or make it somebody's idea ("ancien", "used to be"). */
  bygone: Phrases,
  /** Words round an expression that make it no statement about anybody. */
  frames: z
    .strictObject({
      /** Before it: it is asked what it is, or about anybody of the kind ("what is a", "can a"); `..` may hold it ("what .. mean"). */
      asked: Phrases,
      /** The same, behind it ("nedir"), where the writer does not speak of themselves. */
      askedAfter: Phrases,
      /** Before it, one word may be between: it is only supposed ("if I were a"). */
      supposed: Phrases,
      /** The same, unless it gives the reason of a question before it ("do I pay if I am a"). */
      condition: Phrases,
      /** What looks like a frame and is none ("even if"). */
      none: Phrases,
    })
    .partial()
    .default({}),
  /** Words that open or mark a question. */
  questionWords: Phrases,
  /** Words that join two questions ("and"). */
  joins: Phrases,
  /** People other than the writer. `subject` = they act ("my husband is…"), `object` = they are joined or own ("married to…"). */
  people: z
    .strictObject({
      subject: z.partialRecord(Relation, z.array(Phrase)).default({}),
      object: z.partialRecord(Relation, z.array(Phrase)).default({}),
      /** The writer ("I", "we"). */
      self: Phrases,
      /** Verbs of the writer where they open a clause, and perhaps nouns elsewhere ("trabajo en"). */
      selfFirst: Phrases,
      /** A third person before or at the end of it is to come to the writer ("wants to join me", "bring my"). */
      joinsMe: Phrases,
      /** Pronouns that take up the last third person ("she"). */
      pronouns: Phrases,
      /** Pronouns that stand for nobody ("il y a"). */
      impersonal: Phrases,
      /** Marks that the registration is for the third person ("for my mother", "can she"). */
      onBehalf: Phrases,
      /** Stronger marks of the same: a question about the third person, or help given to one. */
      asksFor: Phrases,
    })
    .default({
      subject: {},
      object: {},
      self: [],
      selfFirst: [],
      joinsMe: [],
      pronouns: [],
      impersonal: [],
      onBehalf: [],
      asksFor: [],
    }),
  months: z.record(z.string(), z.array(Phrase)).default({}),
  numbers: z.record(z.string(), z.number()).default({}),
  units: PhraseMap,
  /** Sentences that say how old somebody is, `#` being the years ("I am # years old"). */
  ages: Phrases,
  /** `N unit` (day, week, month, year) → words that say this length of time alone (a dual, "half a year"). */
  durations: z.record(z.string().regex(/^\d+ (day|week|month|year)$/), z.array(Phrase)).default({}),
  /** What a date or a duration is about. */
  time: z
    .strictObject({
      arrived: Phrases,
      stay: Phrases,
      notStay: Phrases,
      sent: Phrases,
      workStarts: Phrases,
      since: Phrases,
      /** A stay, work or studies of the writer that are over ("I worked"). */
      over: Phrases,
      ago: Phrases,
      /** Words that put a length of time ahead: before it ("in") or behind it ("after"). */
      ahead: Phrases,
      future: Phrases,
      half: Phrases,
      lastMonth: Phrases,
      /** Days of this week or the last one ("yesterday"). */
      recent: Phrases,
      /** Words that make a duration a rule or a proof, not a stay. */
      block: Phrases,
      /** Words before which a month's name is a month and not another word ("in may"). */
      monthCues: Phrases,
      /** Words that may stand between day, month and year ("de", "of"). */
      dateJoins: Phrases,
      /** Words behind which a month's name is a month ("ayında"). */
      monthCuesAfter: Phrases,
      /** Words after two digits that make them a year ("25年"). */
      yearMarks: Phrases,
      /** Words beside a month that say of which year it is. */
      thisYear: Phrases,
      lastYear: Phrases,
      yearBeforeLast: Phrases,
    })
    .partial()
    .default({}),
  /** Nationality words: nouns beside which a demonym is not a nationality of the person, and cues that make a country one. */
  origin: z
    .strictObject({
      notAfter: Phrases,
      notBefore: Phrases,
      from: Phrases,
      /** The same, where such words follow the name ("Fas'tan geldim"). */
      fromAfter: Phrases,
      works: Phrases,
      pays: Phrases,
      french: Phrases,
    })
    .partial()
    .default({}),
  /** Names of countries that are ordinary words in this language. */
  notPlaces: Phrases,
  /** More names of countries and their parts: ISO code → words. */
  places: PhraseMap,
  /** More demonyms and spellings: ISO code → words. */
  demonyms: PhraseMap,
  /** Slot → value → how people say it unasked. */
  slots: z.record(z.string(), PhraseMap).default({}),
  /** Slot → phrases that contain such an expression and mean something else. */
  notSlots: PhraseMap,
  /** Slot → value → how people say it when that slot was just asked. */
  answers: z.record(z.string(), PhraseMap).default({}),
  /** Concept → words and phrases that mean it. */
  concepts: PhraseMap,
});
export type Lexicon = z.infer<typeof Lexicon>;
