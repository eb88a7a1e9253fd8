import { z } from 'zod';
import { certainties, contactIds, destinations, documentIds, outcomeIds } from './ids';
import { IsoDate, slots } from './profile';
import { Condition, type Rule } from './rules';

const slotName = z.enum(slots as [string, ...string[]]).transform((name) => name as (typeof slots)[number]);
const sourceIds = z.array(z.string()).min(1);
const rowId = z.string().regex(/^[a-zA-Z0-9-]+$/);

/**
 * A row that adds to the verdict of a rule: a reason to see an adviser, something to do first, another address, more
 * contacts or articles. Every row that holds is applied, in order; of `sendTo` and `firstStep` the last one wins.
 */
export const Addition = z.strictObject({
  id: rowId,
  rows: z.array(z.string()).min(1),
  /** The outcomes to which the row may be added. */
  outcomes: z.array(z.enum(outcomeIds)).min(1),
  when: Condition.optional(),
  unless: Condition.optional(),
  adviser: z.string().optional(),
  firstStep: z.string().optional(),
  sendTo: z.enum(destinations).optional(),
  certainty: z.enum(certainties).optional(),
  contacts: z.array(z.enum(contactIds)).default([]),
  articles: z.array(z.string()).default([]),
  because: sourceIds,
});
export type Addition = z.infer<typeof Addition>;

const Need = z.strictObject({
  outcomes: z.array(z.enum(outcomeIds)).min(1),
  when: Condition.optional(),
  unless: Condition.optional(),
  level: z.enum(['required', 'useful']).default('required'),
});

/** One paper: how it must look, and who needs it (any `needed` row that holds; the first one gives the level). */
export const DocumentRow = z.strictObject({
  id: z.enum(documentIds),
  needed: z.array(Need).min(1),
  form: z.enum(['original', 'copy', 'certifiedCopy']),
  /** `no` when left out. `byCountry`: depends on where the paper was issued (named facts of domain/countries.ts). */
  translation: z.enum(['yes', 'no', 'depends', 'byCountry']).default('no'),
  apostille: z.enum(['yes', 'no', 'depends', 'byCountry']).default('no'),
  certainty: z.enum(certainties),
  /** Worth getting before leaving for France. */
  abroad: z.boolean().default(false),
  /** A form that the bot explains part by part: `content/forms/<id>.yaml`. */
  explained: z.boolean().default(false),
  /** Rows of the facts dossier that this document carries, besides the rules. */
  rows: z.array(z.string()).default([]),
  because: sourceIds,
  checkedOn: IsoDate,
  conflict: z.int().positive().optional(),
});
export type DocumentRow = z.infer<typeof DocumentRow>;

/** Facts that do not fit together, and the slot that clears it up. */
export const Contradiction = z.strictObject({
  id: rowId,
  when: Condition,
  unless: Condition.optional(),
  asks: slotName,
  rows: z.array(z.string()).default([]),
  because: sourceIds,
});
export type Contradiction = z.infer<typeof Contradiction>;

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

const guards = { when: Condition.optional(), unless: Condition.optional() };

/** One fact that could be otherwise: `slot` takes `value`, or the value of a figure. For whom: `when`, `unless`. */
const Flip = z.union([
  z.strictObject({ slot: slotName, value: Scalar, ...guards }),
  z.strictObject({ slot: slotName, figure: z.string(), ...guards }),
]);

/** The questions in their order, who is asked, and what stands when a slot is absent or unknown. */
export const Interview = z.strictObject({
  /** In these cases the outcome does not wait for any question. */
  never: Condition,
  questions: z
    .array(
      z.strictObject({
        slot: slotName,
        when: Condition.optional(),
        unless: Condition.optional(),
        /** Stands when the question is not put. */
        otherwise: Scalar.optional(),
        /** The values to compare, where the slot is not a closed list. */
        values: z.array(Scalar).optional(),
      }),
    )
    .min(1),
  /** What a conversation asks before all else of the people named, though a default would stand. */
  first: z.array(z.strictObject({ slot: slotName, ...guards })).default([]),
  /** What "what would change it" imagines, in the order in which it is told. */
  whatIf: z.array(Flip).default([]),
  defaults: z.record(z.string(), Scalar),
  /** What `"unknown"` counts as. */
  cautious: z.record(z.string(), Scalar),
});
export type Interview = z.infer<typeof Interview>;

/** Contacts that come with every outcome, with people who are not in France, and with each destination. */
export const ContactPlan = z.strictObject({
  always: z.array(z.enum(contactIds)).min(1),
  outsideFrance: z.array(z.enum(contactIds)),
  bySendTo: z.partialRecord(z.enum(destinations), z.array(z.enum(contactIds))),
});
export type ContactPlan = z.infer<typeof ContactPlan>;

/** A station of the journey from the file to the card. `window`: figure ids of the shortest and longest usual time. */
export const JourneyRow = z.strictObject({
  stage: z.string(),
  next: z.string().nullable(),
  window: z.strictObject({ from: z.string().optional(), to: z.string() }).optional(),
  /** Figure id: when to ask for news. */
  chaseAfter: z.string().optional(),
  /** Counted from the day the file was sent. */
  fromSentOn: z.boolean().default(false),
  documents: z.array(z.enum(documentIds)).default([]),
  /** What usually happens next, told with a verdict (texts: `journey:<text>`), each with the outcomes it belongs to. */
  timeline: z.array(z.strictObject({ text: z.string(), outcomes: z.array(z.enum(outcomeIds)).min(1) })).default([]),
  /** Outcomes that never pass this station. */
  notFor: z.array(z.enum(outcomeIds)).default([]),
  articles: z.array(z.string()).default([]),
  contacts: z.array(z.enum(contactIds)).default([]),
  because: sourceIds,
});
export type JourneyRow = z.infer<typeof JourneyRow>;

export const FigureRow = z.strictObject({
  value: z.number(),
  unit: z.enum(['month', 'week', 'day', 'hour', 'year', 'euro', 'percent', 'count', 'age']),
  on: IsoDate.optional(),
  because: sourceIds,
});
export type FigureRow = z.infer<typeof FigureRow>;

/** A disagreement between sources (facts dossier, section 7); the words are in `locales/<lang>/conflicts.json`. */
export const ConflictRow = z.strictObject({
  id: z.int().positive(),
  topic: z.string(),
  /** Whose outcome it matters to; everybody's when left out. In the articles it names it is always shown. */
  when: Condition.optional(),
  /** Source ids of each version, and which one we follow. */
  versions: z.strictObject({ a: z.array(z.string()), b: z.array(z.string()) }),
  prefer: z.enum(['a', 'b', 'both', 'neither']),
  because: sourceIds,
  articles: z.array(z.string()).default([]),
  documents: z.array(z.enum(documentIds)).default([]),
});
export type ConflictRow = z.infer<typeof ConflictRow>;

export const SourceRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['seed', 'law', 'official', 'forum', 'ministry', 'guide', 'press', 'practice']),
  site: z.string().optional(),
  seen: z.string().optional(),
  trust: z.string(),
});
export type SourceRow = z.infer<typeof SourceRow>;

/** Everything `decide()` reads: the policy as data. Made and validated by library/load-rulebook.ts. */
export type RuleBook = {
  /** Sorted by `order`. */
  rules: Rule[];
  additions: Addition[];
  documents: DocumentRow[];
  contradictions: Contradiction[];
  interview: Interview;
  contacts: ContactPlan;
  journey: JourneyRow[];
  conflicts: ConflictRow[];
  figures: Record<string, FigureRow>;
};

/** The value of a figure; throws when the rule book lacks it (the loader checks the ones that facts read). */
export function figure(book: RuleBook, id: string): number {
  const row = book.figures[id];
  if (!row) throw new Error(`figure ${id} is missing from the rule book`);
  return row.value;
}
