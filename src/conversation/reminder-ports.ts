import type { ReminderKind } from '../../dialogs/reminder';

/** A message that somebody wants on a day. Nothing else is kept for it, and it outlives the conversation in which it was asked for. */
export type Reminder = {
  id: string;
  /** Pseudonymous; needed to cancel it, and to erase it on request. */
  conversationId: string;
  channel: string;
  kind: ReminderKind;
  /** Day in Paris, YYYY-MM-DD. */
  due: string;
  language: string;
  /** Where to write to, as the channel has given it. */
  reference: unknown;
};

/** A change of a conversation's reminders inside the commit of a turn. */
export type ReminderStep =
  /** Takes the place of one of the same kind. */
  | { do: 'set'; reminder: Omit<Reminder, 'conversationId'> }
  | { do: 'cancel' }
  /** It is on its way; when it is not there any more, the whole turn is undone with the reason `lost`. */
  | { do: 'sent'; id: string };

/** What is kept of reminders. Values are copied in and out. */
export type ReminderStore = {
  /** Those of a conversation, the next one first. */
  of(conversationId: string): Promise<Reminder[]>;
  /** Those of a day or of days before, the oldest first; with `after`, those that follow that one. */
  due(day: string, limit: number, after?: Pick<Reminder, 'due' | 'id'>): Promise<Reminder[]>;
  /** Removes those of days before a day, which could not be sent; how many. */
  drop(before: string): Promise<number>;
};
