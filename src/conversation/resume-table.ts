import type { Slot } from '../domain/profile';

/** How the answers of a slot become a number in a resume code; `bits` leaves room for values to come. */
export type ResumeColumn = {
  slot: Slot;
  /** Closed values in the order of their numbers; the others are written as what they are. */
  kind: readonly (string | boolean)[] | 'countries' | 'country' | 'day' | 'count';
  bits: number;
};

const yesNo = [true, false] as const;

/**
 * The numbers of slots and values in resume codes. Codes on paper outlive a release: only ever add at the end of a list, and keep what no
 * longer exists (reading drops it). Anything else is a new version in `resume-code.ts`.
 */
export const resumeTable: readonly ResumeColumn[] = [
  { slot: 'livesIn', kind: ['mainland', 'overseas', 'mayotte', 'notYet', 'visiting', 'abroad', 'prison'], bits: 4 },
  { slot: 'country', kind: 'countries', bits: 3 },
  { slot: 'nationality', kind: ['french', 'eu', 'uk', 'other'], bits: 3 },
  { slot: 'ukWithdrawal', kind: yesNo, bits: 2 },
  {
    slot: 'activity',
    kind: [
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
    bits: 5,
  },
  { slot: 'workCountry', kind: 'country', bits: 10 },
  { slot: 'activityStart', kind: 'day', bits: 17 },
  { slot: 'cover', kind: ['none', 's1', 'a1', 'ehic', 'u2', 'treaty', 'homeScheme', 'cfe'], bits: 4 },
  { slot: 'protection', kind: ['none', 'asylumSeeker', 'protected', 'temporaryProtection'], bits: 4 },
  { slot: 'joining', kind: ['none', 'insuredWorker', 'otherResident'], bits: 3 },
  { slot: 'relation', kind: ['spouse', 'child', 'parent', 'other'], bits: 3 },
  {
    slot: 'permit',
    kind: [
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
    bits: 5,
  },
  { slot: 'visaValidated', kind: yesNo, bits: 2 },
  { slot: 'arrival', kind: 'day', bits: 17 },
  { slot: 'months', kind: 'count', bits: 11 },
  { slot: 'fiveYears', kind: yesNo, bits: 2 },
  { slot: 'age', kind: ['under16', 'from16to17', 'adult'], bits: 3 },
  { slot: 'over28', kind: yesNo, bits: 2 },
  { slot: 'children', kind: yesNo, bits: 2 },
  { slot: 'number', kind: ['none', 'ntt', 'provisional', 'permanent'], bits: 3 },
  { slot: 'frenchBenefit', kind: yesNo, bits: 2 },
  { slot: 'volunteerReturn', kind: yesNo, bits: 2 },
  { slot: 'resources', kind: ['enough', 'low'], bits: 2 },
  { slot: 'stage', kind: ['preparing', 'sent', 'provisional', 'permanent', 'cardOrdered', 'cardReceived'], bits: 4 },
  { slot: 'sentOn', kind: 'day', bits: 17 },
];

/** The numbers of relations in resume codes; the same rule. */
export const resumeRelations = ['self', 'spouse', 'child', 'parent', 'other'] as const;
