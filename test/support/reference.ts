import type { OutcomeId } from '../../src/domain/ids';
import type { Profile } from '../../src/domain/profile';

/**
 * "Which rule speaks first", read aloud from the vocabulary, line by line, in plain TypeScript. It knows nothing of the rule
 * files and shares no code with them; it is short because it decides only the outcome and the wait, for a profile in which
 * nothing that is asked is missing.
 */
export type Reference = { outcome: OutcomeId; wait: { months: number; until: string | null } | null };

const eu = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH'.split(' ');
const work = ['employee', 'selfEmployed', 'farm', 'remoteForeignEmployer', 'languageAssistant', 'auPair'];

function nationalityOf({ country, nationality }: Profile): string {
  if (nationality !== undefined && nationality !== 'unknown') return nationality;
  if (!Array.isArray(country)) return 'other';
  if (country.includes('FR')) return 'french';
  if (country.some((code) => eu.includes(code))) return 'eu';
  return country.includes('GB') ? 'uk' : 'other';
}

/** Day after adding months with the date library of the platform, clamped by stepping back. */
function plusMonths(day: string, months: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  const wanted = (date.getUTCMonth() + months) % 12;
  date.setUTCMonth(date.getUTCMonth() + months);
  while (date.getUTCMonth() !== wanted) date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

const counted = new Map<string, number>();

/** Full months from a day to another, counted one by one; remembered, since a million profiles share few days. */
function fullMonths(day: string, today: string): number {
  const key = day + today;
  let full = counted.get(key);
  if (full === undefined) {
    full = 0;
    while (plusMonths(day, full + 1) <= today) full += 1;
    counted.set(key, full);
  }
  return full;
}

/** Full months lived here: the least that the facts allow; 0 when nobody knows. `until` when the day is known. */
function lived({ arrival, months }: Profile, today: string): { months: number; until: string | null } {
  const count = (day: string) => fullMonths(day, today);
  if (arrival?.length === 10) return { months: count(arrival), until: plusMonths(arrival, 3) };
  if (typeof months === 'number') return { months, until: null };
  if (arrival?.length === 7 && arrival.includes('-')) {
    const last = new Date(Date.UTC(Number(arrival.slice(0, 4)), Number(arrival.slice(5)), 0))
      .toISOString()
      .slice(0, 10);
    return { months: count(last), until: null };
  }
  return { months: 0, until: null };
}

export function reference(profile: Profile, today: string): Reference {
  const p = profile;
  const is = (value: unknown, ...wanted: unknown[]) => wanted.includes(value);
  const known = <T>(value: T | 'unknown' | undefined, otherwise: T) =>
    value === undefined || value === 'unknown' ? otherwise : value;
  const nationality = nationalityOf(p);
  const activity = known(p.activity, 'none');
  const livesIn = known(p.livesIn, 'mainland');
  const protection = known(p.protection, 'none');
  const cover = known(p.cover, 'none');
  const promised = known(p.activityStart, '') > today && !is(activity, 'posted', 'frontier');
  const works = is(activity, ...work) || promised;
  const job = works || activity === 'intern';
  const student = activity === 'student' && !promised;
  const foreign = is(nationality, 'other', 'uk') && p.ukWithdrawal !== true && protection === 'none';
  const permit = foreign ? p.permit : undefined;
  const time = lived(p, today);
  const running = time.months < 3 ? { months: 3 - time.months, until: time.until } : null;
  const benefit = p.frenchBenefit === true;
  const fiveYears = p.fiveYears === true;
  const just = (outcome: OutcomeId): Reference => ({ outcome, wait: null });
  const spouseOfWorker = p.joining === 'insuredWorker' && p.relation === 'spouse';
  const algerian = Array.isArray(p.country) && p.country.includes('DZ');

  // 1 (and the places where nobody decides, and E51)
  if (livesIn === 'notYet') return just('prepareAbroad');
  if (is(livesIn, 'abroad', 'prison')) return just('adviser');
  const staysAnyway = works || activity === 'posted' || protection !== 'none' || (algerian && spouseOfWorker);
  if (livesIn === 'visiting' && !staysAnyway) return just('notEligible');
  // 2
  if (is(p.age, 'under16', 'from16to17')) {
    if (protection !== 'none') return just('protectionNow');
    if (!is(permit, 'none', 'expired')) return just('attachChild');
    if (livesIn !== 'mayotte') return just('ame');
  }
  // 3
  if (livesIn === 'mayotte') return just('mayotteScheme');
  // 4
  const quebecOrAndorra = Array.isArray(p.country) && (p.country.includes('CA') || p.country.includes('AD'));
  if (activity === 'student') {
    if (student && (cover === 's1' || (cover === 'treaty' && quebecOrAndorra))) return just('studentNow');
  } else if (cover === 's1') return just('s1Register');
  if (activity === 'intern' && is(cover, 'a1', 'ehic', 'homeScheme', 'treaty')) return just('homeCover');
  if (cover === 'a1') return just('s1Register');
  const place = p.workCountry;
  if (activity === 'posted') {
    if (cover === 'treaty') return just('homeCover');
    return just(typeof place === 'string' && (eu.includes(place) || place === 'GB') ? 's1Register' : 'homeCover');
  }
  if (activity === 'frontier') {
    if (place === 'CH') return just('swissOption');
    if (place === 'unknown') return just('adviser');
    return just(typeof place === 'string' && (eu.includes(place) || place === 'GB') ? 's1Register' : 'homeCover');
  }
  const swissPensioner = activity === 'retired' && place === 'CH' && !promised && !benefit;
  if (swissPensioner && !is(cover, 'ehic', 'treaty')) return just('swissOption');
  if (!works && is(cover, 'ehic', 'homeScheme', 'treaty')) return just('homeCover');
  // 5
  if (p.number === 'permanent') return just('reopenRights');
  // 6
  if (is(protection, 'protected', 'temporaryProtection')) return just('protectionNow');
  // 7
  if (permit === 'workingHoliday') return just(job ? 'adviser' : 'notEligible');
  if (permit === 'shortStay') return just(algerian && spouseOfWorker ? 'familyNow' : 'notEligible');
  if (is(permit, 'expired', 'none')) return job ? just('adviser') : { outcome: 'ame', wait: running };
  if (permit === 'unknown') return just('adviser');
  // 8
  if (activity === 'farm') return just('farmScheme');
  if (is(activity, 'remoteForeignEmployer', 'intern')) return just('adviser');
  if (works) return just('workNow');
  // 9
  if (student) return just(p.over28 === true || p.over28 === 'unknown' ? 'adviser' : 'studentNow');
  // 10
  if (p.joining === 'insuredWorker') return just('familyNow');
  // 11
  if (nationality === 'eu' && !fiveYears && !benefit) return { outcome: 'homeFirst', wait: running };
  // E04, then 12
  if (permit === 'talent' && !benefit) return just('adviser');
  const waived = benefit || fiveYears || p.volunteerReturn === true;
  return waived || running === null ? just('residenceNow') : { outcome: 'residenceLater', wait: running };
}
