/**
 * A message that was acknowledged before its turn was stored, because that took too long. `payload` is the channel's own JSON; it never
 * holds a number that identifies a person.
 */
export type PendingTurn = { conversationId: string; activityId: string; payload: unknown };

/** A pending turn that somebody may run now, alone. */
export type PendingTake = PendingTurn & {
  /** How often it was begun, this time included; runs that were given back do not count. */
  tries: number;
};

type Key = Pick<PendingTurn, 'conversationId' | 'activityId'>;

/** What is kept of acknowledged messages until their turn is stored. Values are copied in and out. */
export type PendingStore = {
  /** Keeps a turn that was begun, for the caller alone until a time; false when it is kept already. */
  keep(turn: PendingTurn, at: string, until: string): Promise<boolean>;
  /** Conversations whose oldest pending turn nobody holds at this time, longest waiting first. */
  waiting(now: string, limit: number): Promise<string[]>;
  /** Takes the oldest pending turn of a conversation for the caller alone, until a time; null when there is none, or somebody holds it. */
  take(conversationId: string, now: string, until: string): Promise<PendingTake | null>;
  /** Gives a turn back that may be taken again from a time on: this run has failed, and the program has not. */
  giveBack(turn: Key, until: string): Promise<void>;
  /** Removes a turn that is stored. */
  remove(turn: Key): Promise<void>;
};
