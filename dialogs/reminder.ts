import { addDays } from '../src/domain/calendar';
import { journeyOf } from '../src/domain/journey';
import { figure, type RuleBook } from '../src/domain/rulebook';
import { type Context, currentPerson } from './context';
import { decideFor } from './verdict';

/** What somebody wants to be reminded of: that their wait is over, that news may be asked for, or to go on here. */
export const reminderKinds = ['waitOver', 'chase', 'goOn'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/**
 * A wish for a reminder, as far as it can be met: the day (ISO, in Paris), or what has to be known first. `now`: there is nothing to wait
 * for any more.
 */
export type Reminding =
  | { kind: ReminderKind; due: string }
  | { kind: ReminderKind; due: null; missing: 'dayOfArrival' | 'dayOfSending' | 'day' | 'now' };

/** What a reminder would be about, and when; `on`: the day that the person has said, if any. */
export function remindingOf(context: Context, rulebook: RuleBook, today: string, on: string | null): Reminding {
  const { profile } = currentPerson(context);
  const { stage, chaseFrom, waits, late } = chaseOf(context, rulebook, today);
  const wait = stage === 'preparing' ? decideFor(context, rulebook, today).outcome?.wait : undefined;
  const kind = waits ? 'chase' : wait ? 'waitOver' : 'goOn';
  if (on !== null && on > today && on <= addDays(today, figure(rulebook, 'reminderMostDays'))) return { kind, due: on };
  if (wait?.until) return { kind, due: wait.until };
  if (wait) return { kind, due: null, missing: 'dayOfArrival' };
  if (!waits) return { kind, due: null, missing: 'day' };
  if (late) return { kind, due: null, missing: 'now' };
  if (chaseFrom) return { kind, due: chaseFrom };
  return { kind, due: null, missing: profile.sentOn === 'unknown' ? 'day' : 'dayOfSending' };
}

/** Whether a file is on its way, and from when on to ask for news of it. */
function chaseOf(context: Context, rulebook: RuleBook, today: string) {
  const { stage, chaseFrom, late } = journeyOf(currentPerson(context).profile, rulebook, today);
  const waits = rulebook.journey.some((row) => row.stage === stage && row.chaseAfter !== undefined);
  return { stage, chaseFrom, late, waits };
}
