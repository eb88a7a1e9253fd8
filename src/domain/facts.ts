import {
  deriveNationality,
  euCountries,
  frenchCountries,
  frenchPaperCountries,
  nationalityGroup,
  ukCountries,
} from './countries';
import type { Profile } from './profile';
import { figure, type RuleBook } from './rulebook';
import { allOf, anyOf, not, slotBit, type Test, type Truth } from './truth';
import { monthsOfResidence, type Value, type View } from './view';

const is =
  (slot: Parameters<typeof slotBit>[0], ...wanted: Value[]): Test =>
  (view) => {
    const value = view.values[slot];
    return value === undefined ? slotBit(slot) : wanted.includes(value);
  };

const hasCountry =
  (...wanted: string[]) =>
  (view: View): boolean =>
    view.country.some((code) => wanted.includes(code));

const workActivities = ['employee', 'selfEmployed', 'farm', 'languageAssistant', 'auPair', 'remoteForeignEmployer'];
/** Someone whose employment lies in another state keeps that status, even with a job promised here. */
const workAbroadActivities = ['posted', 'frontier'];

const hasPromisedJob = (view: View): boolean => {
  const start = view.values.activityStart;
  return typeof start === 'string' && start > view.today;
};

/** A job promised for a later day, whatever the person does today. */
const promisedJob: Test = (view) => {
  if (!hasPromisedJob(view)) return false;
  const { activity } = view.values;
  return activity === undefined || !workAbroadActivities.includes(String(activity));
};

/** Works in France, or has a job here that starts later. An intern does not count as working. */
const worksInFrance: Test = (view) => promisedJob(view) === true || is('activity', ...workActivities)(view);

/** Has a job, an internship included: where a permit does not allow to stay, work needs a person's eye. */
const hasJob: Test = (view) => anyOf([worksInFrance, is('activity', 'intern')], view);

/** Not a named kind of work: an employee, or anybody else with a job promised. */
const plainEmployee: Test = (view) => {
  if (is('activity', 'employee')(view) === true) return true;
  const { activity } = view.values;
  return hasPromisedJob(view) &&
    (activity === undefined || ['student', 'jobseeker', 'retired', 'none'].includes(String(activity)))
    ? true
    : is('activity', 'employee')(view);
};

/** A short stay and nothing more: no work or posting here, no asylum or protection, no Algerian spouse of a worker. */
const onlyVisiting: Test = (view) => {
  const { livesIn, protection, activity, joining, relation } = view.values;
  if (livesIn !== 'visiting' || protection !== 'none' || activity === 'posted') return false;
  const exempt = view.country.includes('DZ') && joining === 'insuredWorker' && relation === 'spouse';
  return !exempt && worksInFrance(view) !== true;
};

const minor = is('age', 'under16', 'from16to17');

/** Needs a document to stay: neither French nor EU/EEA/Swiss, no Withdrawal Agreement cover, no asylum or protection. */
const needsPermit: Test = (view) =>
  allOf(
    [
      is('protection', 'none'),
      is('nationality', 'other', 'uk'),
      (v) =>
        v.values.ukWithdrawal === true ? false : anyOf([is('nationality', 'other'), is('ukWithdrawal', false)], v),
    ],
    view,
  );

/** May need a permit: so far nothing says that none is needed. For lists that must not forget it. */
const mayNeedPermit: Test = (view) => needsPermit(view) !== false;

const waitWaived: Test = (view) =>
  anyOf([is('frenchBenefit', true), is('volunteerReturn', true), is('fiveYears', true)], view);

/** Residence long enough, whatever the reason for asking. */
const monthsServed: Test = ({ residence }) => {
  if (residence.state === 'open') return slotBit('arrival');
  return residence.state === 'served';
};

/** The three-month wait is over, or does not apply. */
const waitServed: Test = (view) => anyOf([waitWaived, monthsServed], view);

/** Known to live here for less than the years after which EU citizens stay permanently. */
const underFiveYears =
  (book: RuleBook): Test =>
  ({ residence }) =>
    'most' in residence && residence.most < figure(book, 'euLawfulYears') * 12;

/** More months in France than a minor can have lived. */
const olderThanAge =
  (book: RuleBook): Test =>
  ({ residence, values }) => {
    if (!('least' in residence)) return false;
    const years = { under16: figure(book, 'ownCardAge'), from16to17: figure(book, 'majorityAge') }[String(values.age)];
    return years !== undefined && residence.least >= years * 12;
  };

/** The same for somebody who is not over the age that is asked of students. */
const olderThanStudent =
  (book: RuleBook): Test =>
  ({ residence, values }) =>
    values.over28 === false && 'least' in residence && residence.least >= (figure(book, 'studentDisputedAge') + 1) * 12;

const statedDay = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const inFuture =
  (slot: 'arrival' | 'sentOn'): Test =>
  ({ values, today }) => {
    const day = statedDay(values[slot]);
    return day !== undefined && day > (day.length === 7 ? today.slice(0, 7) : today);
  };

/** Nationality as stated differs from the group of the stated countries. */
const countryDisagrees: Test = ({ country, values }) =>
  country.length > 0 && values.nationality !== undefined && nationalityGroup(country) !== values.nationality;

const workCountryIn =
  (codes: readonly string[]): Test =>
  ({ values }) => {
    const country = values.workCountry;
    return country === undefined ? slotBit('workCountry') : codes.includes(String(country));
  };

/** Papers come from a country outside the group, or the country is not known and the nationality is not in it. */
const papersFromOutside =
  (codes: readonly string[]): Test =>
  ({ country, values }) => {
    if (country.length > 0) return !country.some((code) => codes.includes(code));
    return values.nationality !== 'french' && values.nationality !== 'eu';
  };

/** Every named fact that rule, document and article files may use. */
export function createFacts(book: RuleBook): Record<string, Test> {
  return {
    minor,
    onlyVisiting,
    worksInFrance,
    hasJob,
    plainEmployee,
    promisedJob,
    needsPermit,
    mayNeedPermit,
    waitServed,
    waitWaived,
    monthsServed,
    waitRunning: (view): Truth => not(waitServed(view)),
    monthsRunning: (view): Truth => not(monthsServed(view)),
    underFiveYears: underFiveYears(book),
    olderThanAge: olderThanAge(book),
    olderThanStudent: olderThanStudent(book),
    arrivalInFuture: inFuture('arrival'),
    arrivedBefore: ({ residence, values, today }) =>
      ('least' in residence && residence.least > 0) ||
      (statedDay(values.arrival)?.length === 10 && String(values.arrival) < today),
    sentInFuture: inFuture('sentOn'),
    countryDisagrees,
    countryNotStated: ({ country }) => country.length === 0,
    europeanByCountry: ({ country }) => ['french', 'eu'].includes(nationalityGroup(country) ?? ''),
    /** Held by no profile: the rule that carries it speaks when the conversation gives up (`adviserOutcome`). */
    nothingKnown: () => false,
    algerian: hasCountry('DZ'),
    quebecOrAndorra: hasCountry('CA', 'AD'),
    american: hasCountry('US'),
    workInEu: workCountryIn(euCountries),
    workInUk: workCountryIn(ukCountries),
    workInFrench: workCountryIn(frenchCountries),
    foreignPapers: papersFromOutside([...frenchCountries, ...euCountries]),
    papersNotInFrench: papersFromOutside([...frenchCountries, ...euCountries, ...frenchPaperCountries]),
  };
}

/** What a profile states, with what follows from it: nationality from the country, full months from the arrival. */
export function knownFacts(profile: Profile, today: string): Profile {
  const nationality = profile.nationality ?? deriveNationality(profile.country);
  const months = monthsOfResidence(profile, today);
  return {
    ...profile,
    ...(nationality === undefined ? {} : { nationality }),
    ...(months === undefined ? {} : { months }),
  };
}
