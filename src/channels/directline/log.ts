import { z } from 'zod';
import type { Clock, LoggedActivity } from '../../conversation/ports';
import { RecentMap } from '../../recent-map';

/** How a log is read: at most `limit` entries above `after`, in order; with a negative limit only the last ones of the whole log. */
export type LogReader = {
  readLog(conversationId: string, after: number, limit?: number): Promise<LoggedActivity[]>;
};

/** Most entries read at once: the process does nothing else meanwhile. */
export const pageEntries = 200;

/** The last entry of a log. */
export const lastEntry = async (store: LogReader, conversationId: string): Promise<LoggedActivity | undefined> =>
  (await store.readLog(conversationId, 0, -1)).at(-1);

/** What the client sees as the bot. */
export const bot = { id: 'guichet', name: 'Guichet', role: 'bot' };

/**
 * One entry of the activity log. `after` = how many entries before it the person's message stands that it answers; `key` = inbox key of
 * the person's message, by which a repeated delivery finds it.
 */
export const LogEntry = z.object({
  from: z.enum(['person', 'bot']),
  user: z.string().optional(),
  at: z.string(),
  after: z.number().optional(),
  key: z.string().optional(),
  activity: z.record(z.string(), z.unknown()),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** Id of the activity with this sequence: stable, because clients drop what they have seen by id. */
export const activityId = (conversationId: string, sequence: number): string =>
  `${conversationId}|${String(sequence).padStart(7, '0')}`;

/** An entry as the client gets it. */
export function present(conversationId: string, { sequence, activity }: LoggedActivity): Record<string, unknown> {
  const entry = activity as LogEntry;
  const person = { id: entry.user, role: 'user' };
  return {
    ...entry.activity,
    id: activityId(conversationId, sequence),
    timestamp: entry.at,
    channelId: 'directline',
    conversation: { id: conversationId },
    ...(entry.from === 'person' ? { from: person, recipient: bot } : { from: bot }),
    ...(entry.after === undefined ? {} : { replyToId: activityId(conversationId, sequence - entry.after) }),
  };
}

/** Gives each entry of a conversation a later time than the one before, even when the clock goes back: clients sort by it. */
export type Chronicle = {
  /** Must have been awaited once for a conversation before `next`; cheap when known. */
  prepare(conversationId: string): Promise<void>;
  next(conversationId: string): string;
  /** Something was written there minutes ago: the log is there, for nothing expires so soon. */
  isRecent(conversationId: string): boolean;
  /** Another process may have written later times. */
  forget(conversationId: string): void;
};

const mostRemembered = 10_000;
/** How long a conversation counts as recent, in milliseconds: far less than what is kept at all. */
const recent = 600_000;

/** Remembers the last time given in each conversation, and reads it from the log after a restart. */
export function createChronicle(store: LogReader, clock: Clock): Chronicle {
  const last = new RecentMap<string, number>(mostRemembered);
  return {
    prepare: async (conversationId) => {
      if (last.has(conversationId)) return;
      const entry = (await lastEntry(store, conversationId))?.activity as LogEntry | undefined;
      if (!last.has(conversationId)) last.set(conversationId, entry ? Date.parse(entry.at) : 0);
    },
    next: (conversationId) => {
      const time = Math.max(clock.now().getTime(), (last.get(conversationId) ?? 0) + 1);
      last.set(conversationId, time);
      return new Date(time).toISOString();
    },
    isRecent: (conversationId) => clock.now().getTime() - (last.get(conversationId) ?? 0) < recent,
    forget: (conversationId) => void last.delete(conversationId),
  };
}
