import { z } from 'zod';
import { holds, mayHold } from './evaluate';
import { documentIds, type FormSection, formSections } from './ids';
import type { Outcome } from './outcome';
import { IsoDate, type Profile } from './profile';
import type { RuleBook } from './rulebook';
import { Condition } from './rules';

/** One thing to write on a form. Whom it concerns: `when`, `unless`; its words: `forms:items.<id>` (`name`, `write`, `beware`). */
const FormItem = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9]+$/),
  when: Condition.optional(),
  unless: Condition.optional(),
  because: z.array(z.string()).min(1),
});
export type FormItem = z.infer<typeof FormItem>;

/** A form explained part by part. `id`: the form among the papers; `articles`: the topics beside which the help is offered. */
export const FormGuide = z.strictObject({
  id: z.enum(documentIds),
  checkedOn: IsoDate,
  articles: z.array(z.string()).default([]),
  sections: z.record(z.enum(formSections), z.array(FormItem).min(1)),
});
export type FormGuide = z.infer<typeof FormGuide>;

/** True when the form that is explained is among the papers of a verdict, or when no verdict stands yet. */
export const usesExplainedForm = (book: RuleBook, outcome: Outcome | null): boolean =>
  outcome === null || outcome.documents.some(({ id }) => book.documents.some((row) => row.id === id && row.explained));

/** The things to write in one part that concern this person; what may still concern them, for want of an answer, is among them. */
export const itemsFor = (
  guide: FormGuide,
  section: FormSection,
  profile: Profile,
  book: RuleBook,
  today: string,
): FormItem[] =>
  guide.sections[section].filter(
    ({ when, unless }) =>
      (when === undefined || mayHold(when, profile, book, today)) &&
      (unless === undefined || !holds(unless, profile, book, today)),
  );
