import { adviserOutcome } from '../src/domain/checklist';
import { askFirst, decide } from '../src/domain/decide';
import type { Decision } from '../src/domain/outcome';
import type { Profile } from '../src/domain/profile';
import type { RuleBook } from '../src/domain/rulebook';
import { type Context, currentPerson, type Person } from './context';

/** After this many "I don't know" in a row the interview stops asking. */
const unknownsBeforeAdviser = 3;

/** The profile as the rules see it: who it is about stands in it. */
export const subjectProfile = ({ relation, profile }: Person): Profile =>
  relation === 'self' ? profile : { ...profile, subject: relation };

function decideAbout(person: Person, rulebook: RuleBook, today: string): Decision {
  const profile = subjectProfile(person);
  const decision = decide(profile, rulebook, today);
  if (decision.outcome === null && decision.contradiction) return decision;
  const first = askFirst(profile, rulebook, today);
  return first ? { outcome: null, asks: first } : decision;
}

/** What the rules say about the current person on a day (YYYY-MM-DD in Paris). */
export function decideFor(context: Context, rulebook: RuleBook, today: string): Decision {
  const person = currentPerson(context);
  const decision = decideAbout(person, rulebook, today);
  if (decision.outcome === null && context.unknownsInARow >= unknownsBeforeAdviser) {
    return { outcome: adviserOutcome(rulebook, subjectProfile(person), today, 'threeUnknowns'), asks: null };
  }
  return decision;
}

/** Everybody in the conversation for whom a verdict stands, in the order in which they came up. */
export const decideForAll = (context: Context, rulebook: RuleBook, today: string) =>
  context.people.flatMap((person) => {
    const { outcome } =
      person.id === context.current ? decideFor(context, rulebook, today) : decideAbout(person, rulebook, today);
    return outcome ? [{ person, outcome }] : [];
  });
