import type { Profile, Slot, SlotValue } from './profile';

const isStated = (value: SlotValue | undefined): boolean => value !== undefined && value !== 'unknown';

/**
 * Adds answers to a profile. A new value replaces the old one, and what the old one implied goes with it:
 * a nationality without country drops the country, a day of arrival drops a count of months, and the other way round; the
 * A1 of a posting goes with the posting.
 */
export function applyAnswers(profile: Profile, answers: Profile): Profile {
  const next: Profile = { ...profile };
  const states = (slot: Slot) => isStated(answers[slot]);
  if (states('nationality') && answers.country === undefined) delete next.country;
  if (states('country') && answers.nationality === undefined) delete next.nationality;
  if (states('nationality') && answers.nationality !== profile.nationality) delete next.ukWithdrawal;
  if (states('arrival') && answers.months === undefined) delete next.months;
  if (states('months') && answers.arrival === undefined) delete next.arrival;
  if (states('permit') && answers.permit !== profile.permit && answers.visaValidated === undefined)
    delete next.visaValidated;
  if (states('permit') && answers.protection === undefined && isStated(profile.protection)) next.protection = 'none';
  if (states('protection') && answers.protection !== 'none' && answers.permit === undefined) delete next.permit;
  if (answers.activity !== undefined && answers.activity !== profile.activity) {
    delete next.activityStart;
    if (answers.workCountry === undefined) delete next.workCountry;
    if (profile.activity === 'posted' && profile.cover === 'a1' && answers.cover === undefined) delete next.cover;
  }
  return Object.assign(next, answers);
}

/** Slots of `answers` whose value differs from one that the profile already stated. */
export function changedSlots(profile: Profile, answers: Profile): Slot[] {
  return (Object.keys(answers) as Slot[]).filter(
    (slot) => profile[slot] !== undefined && JSON.stringify(profile[slot]) !== JSON.stringify(answers[slot]),
  );
}
