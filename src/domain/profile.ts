import { z } from 'zod';
import { isCountryCode } from './country-codes';

/** Wraps the schema of a slot: absent = not known yet, `"unknown"` = asked, and the person does not know. */
const slot = <T extends z.ZodType>(value: T) => value.or(z.literal('unknown')).optional();

/** From 1901 to 2078: other years are typing mistakes or bad will, and codes that hold answers have no room for them. */
const isOfOurTime = (day: string): boolean => day >= '1901' && day < '2079';
/** ISO calendar date, `YYYY-MM-DD`, of a day that exists, in the years from 1901 to 2078. */
export const IsoDate = z.iso.date().refine(isOfOurTime);
/** ISO date or month, `YYYY-MM-DD` or `YYYY-MM`, in the same years. */
const IsoDateOrMonth = IsoDate.or(
  z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .refine(isOfOurTime),
);
/** ISO 3166-1 alpha-2 country code, upper case (the United Kingdom is `GB`). */
const CountryCode = z.string().refine(isCountryCode, 'not an ISO country code');

/** The closed values of each closed slot, in the order in which buttons show them. */
export const closedValues = {
  subject: ['self', 'spouse', 'child', 'parent', 'other'],
  livesIn: ['mainland', 'overseas', 'mayotte', 'notYet', 'visiting', 'abroad', 'prison'],
  nationality: ['french', 'eu', 'uk', 'other'],
  activity: [
    'employee',
    'selfEmployed',
    'farm',
    'student',
    'jobseeker',
    'retired',
    'none',
    'remoteForeignEmployer',
    'posted',
    'frontier',
    'languageAssistant',
    'intern',
    'auPair',
  ],
  cover: ['none', 's1', 'a1', 'ehic', 'u2', 'treaty', 'homeScheme', 'cfe'],
  protection: ['none', 'asylumSeeker', 'protected', 'temporaryProtection'],
  joining: ['none', 'insuredWorker', 'otherResident'],
  relation: ['spouse', 'child', 'parent', 'other'],
  permit: [
    'residencePermit',
    'longStayVisa',
    'visitorVisa',
    'talent',
    'receipt',
    'workingHoliday',
    'shortStay',
    'expired',
    'none',
  ],
  age: ['under16', 'from16to17', 'adult'],
  number: ['none', 'ntt', 'provisional', 'permanent'],
  resources: ['enough', 'low'],
  stage: ['preparing', 'sent', 'provisional', 'permanent', 'cardOrdered', 'cardReceived'],
} as const;

/**
 * What is known about the person who is to be registered (or, for several people, about one of them).
 * Ids and meanings: the vocabulary in docs/ARCHITECTURE.md. Every slot may be absent or `"unknown"`.
 */
export const Profile = z.strictObject({
  subject: slot(z.enum(closedValues.subject)),
  livesIn: slot(z.enum(closedValues.livesIn)),
  /** Nationalities as stated; several for dual nationals. Never asked in order to decide. */
  country: slot(z.array(CountryCode).min(1).max(5)),
  nationality: slot(z.enum(closedValues.nationality)),
  /** Covered by the UK–EU Withdrawal Agreement. */
  ukWithdrawal: slot(z.boolean()),
  activity: slot(z.enum(closedValues.activity)),
  /** Where a frontier, posted or remote worker works; for pensioners, the state that pays. */
  workCountry: slot(CountryCode),
  /** First day of a promised job; only when it lies in the future. */
  activityStart: slot(IsoDate),
  cover: slot(z.enum(closedValues.cover)),
  protection: slot(z.enum(closedValues.protection)),
  joining: slot(z.enum(closedValues.joining)),
  relation: slot(z.enum(closedValues.relation)),
  permit: slot(z.enum(closedValues.permit)),
  visaValidated: slot(z.boolean()),
  /** Start of uninterrupted residence. */
  arrival: slot(IsoDateOrMonth),
  /** Full months of uninterrupted residence up to today. */
  months: slot(z.int().min(0).max(1200)),
  fiveYears: slot(z.boolean()),
  age: slot(z.enum(closedValues.age)),
  over28: slot(z.boolean()),
  /** Minors to attach to the file. */
  children: slot(z.boolean()),
  number: slot(z.enum(closedValues.number)),
  /** The subject's own French pension, unemployment, family or housing benefit, old-age minimum or AAH. */
  frenchBenefit: slot(z.boolean()),
  volunteerReturn: slot(z.boolean()),
  resources: slot(z.enum(closedValues.resources)),
  stage: slot(z.enum(closedValues.stage)),
  sentOn: slot(IsoDate),
});
export type Profile = z.infer<typeof Profile>;

export type Slot = keyof Profile;
export type SlotValue = Exclude<Profile[Slot], undefined>;

/** Every slot, in the order of the vocabulary. */
export const slots = Object.keys(Profile.shape) as Slot[];

/** True when `name` is the id of a slot. */
export const isSlot = (name: string): name is Slot => Object.hasOwn(Profile.shape, name);

/** Parses one slot value; `undefined` when the value does not belong to the slot. */
export function parseSlotValue(name: Slot, value: unknown): SlotValue | undefined {
  const parsed = Profile.shape[name].safeParse(value);
  return parsed.success ? (parsed.data as SlotValue | undefined) : undefined;
}

/**
 * Parses the value part of a button or of a story's `choose` (`permit=residencePermit`, `visaValidated=true`,
 * `months=2`, `country=DZ`). `undefined` when the value does not belong to the slot.
 */
export function parseSlotText(name: Slot, text: string): SlotValue | undefined {
  if (text === 'unknown') return 'unknown';
  const candidates: unknown[] = [
    text,
    text.split(','),
    Number(text),
    text === 'true' ? true : text === 'false' ? false : undefined,
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || (typeof candidate === 'number' && text.trim() === '')) continue;
    const value = parseSlotValue(name, candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}
