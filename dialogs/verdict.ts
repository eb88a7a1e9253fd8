import { adviserOutcome } from '../src/domain/checklist';
import { decide } from '../src/domain/decide';
import type { Decision } from '../src/domain/outcome';
import type { Profile } from '../src/domain/profile';
import type { RuleBook } from '../src/domain/rulebook';
import { type Context, currentPerson } from './context';

/** After this many "I don't know" in a row the interview stops asking. */
const unknownsBeforeAdviser = 3;

/** The profile as the rules see it: who it is about stands in it. */
function subjectProfile(context: Context): Profile {
  const { relation, profile } = currentPerson(context);
  return relation === 'self' ? profile : { ...profile, subject: relation };
}

/** What the rules say about the current person on a day (YYYY-MM-DD in Paris). */
export function decideFor(context: Context, rulebook: RuleBook, today: string): Decision {
  const profile = subjectProfile(context);
  const decision = decide(profile, rulebook, today);
  if (decision.outcome === null && context.unknownsInARow >= unknownsBeforeAdviser) {
    return { outcome: adviserOutcome(rulebook, profile, today, 'threeUnknowns'), asks: null };
  }
  return decision;
}
