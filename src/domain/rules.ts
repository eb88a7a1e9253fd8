import { z } from 'zod';
import { bases, certainties, contactIds, destinations, documentIds, outcomeIds } from './ids';
import { IsoDate, isSlot, Profile } from './profile';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** One test of one slot: is · any of · none of · at least · below. (The sixth test is the named fact.) */
export const SlotTest = z.union([
  Scalar,
  z.array(Scalar).min(1),
  z.strictObject({ not: Scalar.or(z.array(Scalar).min(1)) }),
  z.strictObject({ atLeast: z.number() }),
  z.strictObject({ below: z.number() }),
]);
export type SlotTest = z.infer<typeof SlotTest>;

/** A conjunction: every slot test and every named fact (`fact:`) must hold. */
export const Conjunction = z
  .record(z.string(), SlotTest)
  .refine((tests) => Object.keys(tests).every((key) => key === 'fact' || isSlot(key)), 'unknown slot in a test');
export type Conjunction = z.infer<typeof Conjunction>;

/** A conjunction, or a list of them of which one must hold. */
export const Condition = Conjunction.or(z.array(Conjunction).min(1));
export type Condition = z.infer<typeof Condition>;

/** What a rule decides. Documents are not listed here: each document says which outcomes need it. */
export const Verdict = z.strictObject({
  outcome: z.enum(outcomeIds),
  basis: z.enum(bases),
  /** The form to fill in, or none. */
  form: z.enum(documentIds).nullable(),
  sendTo: z.enum(destinations),
  certainty: z.enum(certainties),
  /** A reason id when a person should confirm (text: `rules:adviser.<reason>`). */
  adviser: z.string().optional(),
  /** Names the calculation of the wait, a named fact of domain/facts.ts. */
  wait: z.string().optional(),
  /** Something to do before anything else (text: `outcomes:firstStep.<id>`). */
  firstStep: z.string().optional(),
  contacts: z.array(z.enum(contactIds)).default([]),
  articles: z.array(z.string()).default([]),
});
export type Verdict = z.infer<typeof Verdict>;

/** A worked example: this profile on this day gives this outcome (run as a test). */
const Example = z.strictObject({
  profile: Profile,
  today: IsoDate.optional(),
  outcome: z.enum(outcomeIds).nullable(),
  asks: z.string().optional(),
});

export const Rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Rows of the facts dossier that this rule carries. */
  rows: z.array(z.string()).min(1),
  /** Line of "which rule speaks first": the lowest order that holds wins. */
  order: z.number(),
  when: Condition.optional(),
  unless: Condition.optional(),
  // biome-ignore lint/suspicious/noThenProperty: `then` is the word of the rule files
  then: Verdict,
  because: z.array(z.string()).min(1),
  from: IsoDate.optional(),
  until: IsoDate.optional(),
  examples: z.array(Example).min(1),
});
export type Rule = z.infer<typeof Rule>;
