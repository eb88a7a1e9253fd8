import type { DeskItem } from './handoff-ports';
import type { OutboxItem } from './ports';
import type { Card } from './reply';

/** A message from a chat in which advisers may work. Every id of it is a keyed hash. */
export type StaffMessage = {
  /** The same when it is delivered again. */
  activityId: string;
  /** Who wrote: the same in every chat. */
  who: string;
  chat: 'personal' | 'channel';
  /** The channel or chat, without the thread. */
  place: string;
  /** Without the bot's own name. */
  text: string;
  /** What the pressed button holds. */
  pressed: string | null;
  /** Where it came from: a chat, or the thread of a channel. For the outlet alone to read. */
  address: unknown;
  /** The channel itself, where a new thread begins. */
  channelAddress: unknown;
};

/** Something said to advisers: words, shown as they are, or a card with buttons. */
export type StaffNote = { language: string } & ({ text: string } | { card: Card });

/**
 * How a note is sent. `tell`: `StaffDoor.sent` hears of it under this name. `replaces`: the message that it takes the place of. `about`: the
 * conversation that it tells of.
 */
export type StaffWay = { tell?: string; replaces?: string; about?: string };

/** Writes to advisers in a channel of theirs. */
export type StaffOutlet = {
  /** A note as something to be delivered; to be stored before `push`. Null for an address that cannot be used. */
  item(id: string, address: unknown, note: StaffNote, way?: StaffWay): DeskItem | null;
  /** Delivers what was stored. */
  push(items: OutboxItem[]): void;
  /** The address of the thread that hangs on a message of a channel. */
  thread(channelAddress: unknown, messageId: string): unknown;
};

/** What hears the chats of advisers. */
export type StaffDoor = {
  /** True when the message is for advisers: then it is nobody's conversation with the bot. */
  hear(message: StaffMessage): Promise<boolean>;
  /** The id that a note with the way `tell` has got in its chat. */
  sent(tell: string, messageId: string): Promise<void>;
};
