import { addDays } from '../domain/calendar';
import { dayInParis, hourInParis } from './paris-day';
import { CameTooLate, type Clock, type ConversationStore, type Logger, type Outlet, type TakeTurn } from './ports';
import type { Reminder } from './reminder-ports';

/** Milliseconds between two looks. */
const every = 5 * 60_000;
/** Hours in Paris between which somebody may be written to. */
const [firstHour, lastHour] = [9, 18];
/** Reminders read at once. */
const page = 200;

type RemindingDeps = {
  store: Pick<ConversationStore, 'reminders'>;
  takeTurn: TakeTurn;
  clock: Clock;
  logger: Logger;
  /** How the person of a reminder is reached; null when they cannot be. */
  findOutlet(reminder: Reminder): Outlet | null;
  /** How long a reminder that cannot be sent is kept after its day. */
  lateDays: number;
};

/**
 * Takes a reminder down the road of a message: sent and removed in one commit, so that of several instances one sends it, once. It stays
 * while an adviser talks.
 */
async function send({ takeTurn, findOutlet }: RemindingDeps, reminder: Reminder): Promise<void> {
  const { id, conversationId, channel, kind, language } = reminder;
  const outlet = findOutlet(reminder);
  if (!outlet) return;
  const event = { type: 'clock.reminded' as const, reminder: id, kind, language };
  const desk = { handoff: '', adviser: null, version: null, event };
  const inbound = { conversationId, activityId: `reminder:${id}`, channel, from: 'clock' as const };
  try {
    await takeTurn({ ...inbound, kind: 'message', text: '', desk }, outlet);
  } catch (error) {
    if (!(error instanceof CameTooLate)) throw error;
  }
}

/** Sends the reminders whose day has come, in the daytime, and drops those that could not be sent for too long. Never throws. */
async function sendReminders(deps: RemindingDeps): Promise<void> {
  const { store, clock, logger, lateDays } = deps;
  const failed = (error: unknown) => logger.error({ code: 'REMINDER_FAILED', error }, 'a reminder could not be sent');
  try {
    const now = clock.now();
    const today = dayInParis(now);
    await store.reminders.drop(addDays(today, -lateDays));
    const hour = hourInParis(now);
    if (hour < firstHour || hour >= lastHour) return;
    let due: Reminder[];
    let last: Reminder | undefined;
    do {
      due = await store.reminders.due(today, page, last);
      for (const reminder of due) await send(deps, reminder).catch(failed);
      last = due.at(-1);
    } while (due.length === page);
  } catch (error) {
    failed(error);
  }
}

/** Looks now and every few minutes, one look after the other, until stopped. */
export function scheduleReminders(deps: RemindingDeps): { look(): Promise<void>; stop(): Promise<void> } {
  let last = Promise.resolve();
  const look = () => {
    last = last.then(() => sendReminders(deps));
    return last;
  };
  void look();
  const timer = setInterval(() => void look(), every);
  timer.unref();
  return {
    look,
    stop() {
      clearInterval(timer);
      return last;
    },
  };
}
