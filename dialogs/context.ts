import { z } from 'zod';
import { closedValues, Profile, slots } from '../src/domain/profile';

/** One person who is to be registered. `relation` is to the person who writes. */
export const Person = z.object({
  id: z.string(),
  relation: z.enum(closedValues.subject),
  profile: Profile,
});
export type Person = z.infer<typeof Person>;

/** What a conversation remembers. The profiles are the truth; everything else can be rebuilt from them. */
export const Context = z.object({
  people: z.array(Person).min(1).max(8),
  /** Id of the person whom the questions are about. */
  current: z.string(),
  /** Slot that was asked last and not answered yet. */
  asked: z.enum(slots).nullable(),
  /** Contradiction behind the question that was asked, if any. */
  contradiction: z.string().nullable(),
  /** Language of the conversation; null before the first message. */
  language: z.string().nullable(),
  greeted: z.boolean(),
  /** Messages in a row that were not understood. */
  misses: z.int().min(0),
  /** "I don't know" answers in a row. */
  unknownsInARow: z.int().min(0),
  /** Slots in the order in which they were answered, for "back". */
  answered: z.array(z.enum(slots)),
  /** Danger was met: nothing is asked until the person goes on. */
  paused: z.boolean(),
  /** Article shown last. */
  topic: z.string().nullable(),
  /** Terms of the glossary whose card was opened. */
  opened: z.array(z.string()).default([]),
  /** Articles that were called useful or not, so that none is counted twice. */
  rated: z.array(z.string()).default([]),
  /** Where the form help goes back to; null = where the rules lead. */
  resume: z.enum(['greeting', 'followingFile', 'withAdviser']).nullable().default(null),
  /** A request for a person is open: nobody has come yet, or somebody is there. */
  requested: z.boolean().default(false),
  /** Slots that an adviser corrected since they came. */
  noted: z.array(z.enum(slots)).default([]),
  /** An exchange with an adviser has ended, and whether it helped was not said yet. */
  toJudge: z.boolean().default(false),
  /** Whether questions without an answer may be kept: asked once, and no until somebody says yes. */
  questions: z.enum(['unasked', 'asked', 'kept', 'refused']).default('unasked'),
  /** How many were kept. */
  questionsKept: z.int().min(0).default(0),
});
export type Context = z.infer<typeof Context>;

/** A conversation in which nothing was said yet. */
export const emptyContext = (): Context => ({
  people: [{ id: 'p1', relation: 'self', profile: {} }],
  current: 'p1',
  asked: null,
  contradiction: null,
  language: null,
  greeted: false,
  misses: 0,
  unknownsInARow: 0,
  answered: [],
  paused: false,
  topic: null,
  opened: [],
  rated: [],
  resume: null,
  requested: false,
  noted: [],
  toJudge: false,
  questions: 'unasked',
  questionsKept: 0,
});

/** The person whom the questions are about. */
export function currentPerson(context: Context): Person {
  return context.people.find(({ id }) => id === context.current) ?? (context.people[0] as Person);
}
