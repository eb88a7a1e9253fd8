import { z } from 'zod';
import { IsoDate, Profile } from '../domain/profile';
import { readYamlText } from '../library/read-files';

const anyOf = z.unknown();

/** What may be expected of a turn (the vocabulary, "Stories"). Any value may be a list: any of them. */
export const Expectation = z.strictObject({
  language: anyOf.optional(),
  profile: z.record(z.string(), anyOf).optional(),
  asks: anyOf.optional(),
  articles: z.array(z.string()).optional(),
  status: anyOf.optional(),
  outcome: anyOf.optional(),
  wait: anyOf.optional(),
  adviser: anyOf.optional(),
  documents: z.array(z.string()).optional(),
  noDocuments: z.array(z.string()).optional(),
  contacts: z.array(z.string()).optional(),
  handoff: anyOf.optional(),
  says: z.union([z.string(), z.array(z.string())]).optional(),
  neverSays: z.union([z.string(), z.array(z.string())]).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

/** What an adviser, or the clock, does without words. */
const deeds = ['claims', 'passes-on', 'sends-verdict', 'returns', 'closes', 'nobody-comes'] as const;

const StoryTurn = z
  .strictObject({
    user: z.string().optional(),
    choose: z.string().optional(),
    adviser: z
      .union([z.enum(deeds), z.strictObject({ says: z.string() }), z.strictObject({ corrects: Profile })])
      .optional(),
    expect: Expectation.optional(),
  })
  .refine(
    ({ user, choose, adviser }) => [user, choose, adviser].filter((one) => one !== undefined).length === 1,
    'a turn has one of `user`, `choose` and `adviser`',
  );

/** A conversation as a test. `today` = that day at 10:00 in Paris; without it, today. */
export const Story = z.strictObject({
  story: z.string(),
  today: IsoDate.optional(),
  locale: z.string().optional(),
  /** The desk is closed until then; without it, it is open and nobody is there. */
  deskOpens: z.strictObject({ day: IsoDate, time: z.string() }).optional(),
  turns: z.array(StoryTurn).min(1),
});
export type Story = z.infer<typeof Story>;

/** Parses the stories of one file (several YAML documents are several stories); errors name file and line. */
export const parseStories = (file: string, text: string): Story[] => readYamlText(file, text, Story);
