import { applyAnswers, changedSlots } from '../src/domain/answers';
import { deriveNationality } from '../src/domain/countries';
import type { Profile, Slot } from '../src/domain/profile';
import { type Context, currentPerson, type Person } from './context';

/**
 * What a family shares, and the law reads as the family's: the child of an asylum seeker or of a protected person needs no
 * claim of their own (CR5, E41). Nothing else passes from one person to another.
 */
const shared: Slot[] = ['protection', 'livesIn'];
/** A prisoner's child does not live there. */
const notShared = ['unknown', 'none', 'prison'];

/** What a child has from the parent who writes; nothing for anybody else. */
function fromParent(context: Context, relation: Person['relation']): Profile {
  const parent = relation === 'child' ? context.people.find((person) => person.relation === 'self') : undefined;
  const { profile = {} } = parent ?? {};
  return Object.fromEntries(
    shared.flatMap((slot) => {
      const value = profile[slot];
      return value === undefined || notShared.includes(String(value)) ? [] : [[slot, value]];
    }),
  );
}

/** A child who is French or European, or grown up, does not stand under the protection of a parent: what was taken over goes. */
function ownStatus(context: Context, { relation, profile }: Person, facts: Profile): Profile {
  const { protection } = fromParent(context, relation);
  if (protection === undefined || profile.protection !== protection || facts.protection !== undefined) return profile;
  const nationality = facts.nationality ?? deriveNationality(facts.country);
  if (nationality !== 'french' && nationality !== 'eu' && facts.age !== 'adult') return profile;
  const { protection: _dropped, ...rest } = profile;
  return rest;
}

/**
 * Turns to the person with this relation, adding them when nobody has it yet: a child with what the family shares. A person
 * about whom nothing is known changes relation.
 */
function turnTo(context: Context, relation: Person['relation']): Context {
  const known = context.people.find((person) => person.relation === relation);
  if (known) return { ...context, current: known.id };
  const now = currentPerson(context);
  if (Object.keys(now.profile).length === 0) {
    return {
      ...context,
      people: context.people.map((person) => (person.id === now.id ? { ...person, relation } : person)),
    };
  }
  if (context.people.length >= 8) return context;
  const id = `p${context.people.length + 1}`;
  return {
    ...context,
    people: [...context.people, { id, relation, profile: fromParent(context, relation) }],
    current: id,
  };
}

/** Slots of the current person that hold an answer of their own, in the order in which they were given last. */
function held(context: Context): Slot[] {
  const { profile, relation } = currentPerson(context);
  const taken = fromParent(context, relation);
  return context.answered.filter((slot) => profile[slot] !== undefined && profile[slot] !== taken[slot]);
}

/** How many of the last answers about the current person, one after the other, were "I don't know". */
function unknownsAtEnd(context: Context): number {
  const { profile } = currentPerson(context);
  const known = held(context).findLastIndex((slot) => profile[slot] !== 'unknown');
  return held(context).length - 1 - known;
}

/** True when there is an answer about the current person to take back. */
export const canTakeBack = (context: Context): boolean => held(context).length > 0;

export type Recorded = {
  context: Context;
  /** Slots whose earlier answer was replaced. */
  changed: Slot[];
  /** Profile of the same person before. */
  previous: Profile;
};

/** Writes answers into the profile of the person they are about. */
export function record(context: Context, answers: Profile): Recorded {
  const { subject, ...rest } = answers;
  const facts: Profile = rest;
  const at = subject !== undefined && subject !== 'unknown' ? turnTo(context, subject) : context;
  const person = currentPerson(at);
  const changed = changedSlots(person.profile, facts);
  const said = Object.keys(facts) as Slot[];
  const next: Context = {
    ...at,
    people: at.people.map((one) =>
      one.id === person.id ? { ...one, profile: applyAnswers(ownStatus(at, one, facts), facts) } : one,
    ),
    misses: 0,
    paused: false,
    answered: [...at.answered.filter((slot) => !said.includes(slot)), ...said],
  };
  return {
    changed,
    previous: person.profile,
    context: { ...next, unknownsInARow: unknownsAtEnd(next) },
  };
}

/** Takes the last answer about the current person back; null when there is none. `slot` is then asked again. */
export function takeBack(context: Context): { context: Context; slot: Slot } | null {
  const slot = held(context).at(-1);
  if (!slot) return null;
  const person = currentPerson(context);
  const { [slot]: _removed, ...rest } = person.profile;
  const profile: Profile = rest;
  const people = context.people.map((one) => (one.id === person.id ? { ...one, profile } : one));
  // Somebody else's answer to the same question still stands.
  const stands = people.some((one) => one.profile[slot] !== undefined);
  const next: Context = {
    ...context,
    people,
    answered: stands ? context.answered : context.answered.filter((answered) => answered !== slot),
    misses: 0,
    paused: false,
  };
  return { slot, context: { ...next, unknownsInARow: unknownsAtEnd(next) } };
}
