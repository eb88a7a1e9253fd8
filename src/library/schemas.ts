import { z } from 'zod';
import { certainties, contactIds } from '../domain/ids';
import { IsoDate } from '../domain/profile';
import { Condition } from '../domain/rules';

const ids = z.array(z.string().min(1)).default([]);
const because = z.array(z.string().min(1)).min(1);

export const LanguagesFile = z.array(
  z.strictObject({
    code: z.string().regex(/^[a-z]{2}$/),
    name: z.string().min(1),
    direction: z.enum(['ltr', 'rtl']),
    live: z.boolean(),
  }),
);

export const ContactsFile = z.array(
  z.strictObject({
    id: z.enum(contactIds),
    phone: z.string().optional(),
    tel: z.string().optional(),
    language: z.string().optional(),
    site: z.string().optional(),
    address: z.string().optional(),
    email: z.string().optional(),
    hours: z
      .strictObject({
        days: z.array(z.int().min(1).max(7)),
        from: z.string().regex(/^\d\d:\d\d$/),
        to: z.string().regex(/^\d\d:\d\d$/),
        varies: z.boolean().optional(),
      })
      .optional(),
    because,
    checkedOn: IsoDate,
  }),
);

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const code = z.string().regex(/^[a-z]{2}$/);
const minutes = z.int().min(1).max(1440);

/** `content/desk.yaml`: the advisers' desk of an installation. */
export const DeskFile = z.strictObject({
  hours: z
    .array(
      z
        .strictObject({ days: z.array(z.int().min(1).max(7)).min(1), from: clockTime, to: clockTime })
        .refine(({ from, to }) => from < to, 'closes before it opens'),
    )
    .default([]),
  holidays: z.enum(['mainland', 'alsace-moselle', 'GP', 'MQ', 'GF', 'RE', 'YT']).default('mainland'),
  closedDays: z.array(IsoDate).default([]),
  languages: z.array(code).min(1),
  personSilentMinutes: minutes,
  adviserSilentMinutes: minutes,
  nobodyCameMinutes: minutes,
  requestDays: z.int().min(1).max(7),
});

export const FiguresFile = z.strictObject({
  figures: z.record(
    z.string(),
    z.strictObject({
      value: z.number(),
      unit: z.enum(['month', 'week', 'day', 'hour', 'year', 'euro', 'percent', 'count', 'age']),
      on: IsoDate.optional(),
      because,
    }),
  ),
  forms: z.record(
    z.string(),
    z.strictObject({ name: z.string(), cerfa: z.string().optional(), formerly: z.string().optional(), because }),
  ),
});

export const ArticleFile = z.strictObject({
  id: z.string(),
  group: z.string().optional(),
  sources: because,
  certainty: z.enum(certainties),
  checkedOn: IsoDate,
  checkAgainBy: IsoDate,
  reviewedBy: z.string().default(''),
  related: ids,
  conflicts: z.array(z.int()).default([]),
  variants: z.array(z.strictObject({ id: z.string(), when: Condition })).default([]),
});

export const GlossaryFile = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    names: z.array(z.string().min(2)).min(1),
    article: z.string().optional(),
    because,
  }),
);

export const ArticleFrontMatter = z.strictObject({
  title: z.string().min(1),
  phrasings: z.array(z.string().min(1)).min(1),
  translates: z.string().optional(),
});

/** Language → regular expressions of words that promise what nobody can promise. */
export const PromisesFile = z.record(z.string().regex(/^[a-z]{2}$/), z.array(z.string().min(1)).min(1));

export const RedirectsFile = z.array(
  z.strictObject({ id: z.string(), say: z.string().min(1), phrasings: z.array(z.string().min(1)).default([]) }),
);
