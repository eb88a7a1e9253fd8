import { applyAnswers, changedSlots } from '../src/domain/answers';
import type { Profile, Slot } from '../src/domain/profile';
import { type Context, currentPerson, type Person } from './context';

/** Turns to the person with this relation, adding them when nobody has it yet. A person about whom nothing is known changes relation. */
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
  return { ...context, people: [...context.people, { id, relation, profile: {} }], current: id };
}

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
  const unknowns = said.filter((slot) => facts[slot] === 'unknown').length;
  return {
    changed,
    previous: person.profile,
    context: {
      ...at,
      people: at.people.map((one) =>
        one.id === person.id ? { ...one, profile: applyAnswers(one.profile, facts) } : one,
      ),
      misses: 0,
      unknownsInARow: unknowns > 0 && unknowns === said.length ? at.unknownsInARow + unknowns : 0,
      answered: [...at.answered.filter((slot) => !said.includes(slot)), ...said],
    },
  };
}

/** Takes the last answer back; null when there is none. `slot` is then asked again. */
export function takeBack(context: Context): { context: Context; slot: Slot } | null {
  const slot = context.answered.at(-1);
  if (!slot) return null;
  const person = currentPerson(context);
  const { [slot]: _removed, ...profile } = person.profile;
  return {
    slot,
    context: {
      ...context,
      people: context.people.map((one) => (one.id === person.id ? { ...one, profile } : one)),
      answered: context.answered.slice(0, -1),
      unknownsInARow: 0,
      misses: 0,
    },
  };
}
