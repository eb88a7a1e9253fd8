import type { ConversationMachine } from '../../dialogs/conversation.machine';
import type { AdviserAccount, AdviserDesk, AdviserSession, TranslateText } from '../conversation/handoff-ports';
import type { Clock, ConversationStore, Logger, Outlet, TakeTurn } from '../conversation/ports';
import type { StaffOutlet } from '../conversation/staff-ports';
import type { Words } from '../library/i18n';
import type { Library } from '../library/library';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import type { Relay } from './relay';
import type { SignIn } from './sign-in';
import type { StaffLinks } from './teams/staff-links';

/** Counts and values for operators, without personal data. */
export type DeskMetrics = {
  count(name: string, help: string): void;
  gauge(name: string, help: string, read: () => number): void;
};

/** How a person of a conversation is reached when nothing came from them; null when they cannot be. */
export type FindOutlet = (conversationId: string, channel: string, reference: unknown | null) => Promise<Outlet | null>;

/** What the advisers' desk does beyond the port of the conversation. */
export type Desk = AdviserDesk & {
  /** Reads who is there and what has changed, and tells whoever listens. */
  look(): Promise<void>;
  /** Calls `tell` with each change until the function it gives is called. */
  listen(tell: (news: DeskNews) => void): () => void;
  /** Open requests as they were at the last look. */
  waiting(): number;
};

/** Something changed: the list of requests, or one of them. */
export type DeskNews = { type: 'queue' | 'handoff'; id: string };

/** What the advisers' routes need. */
export type RoomDeps = {
  store: ConversationStore;
  desk: Desk;
  takeTurn: TakeTurn;
  clock: Clock;
  logger: Logger;
  metrics: DeskMetrics;
  library: Library;
  words: Words;
  machine: ConversationMachine;
  understand(text: string, context: UnderstandingContext): Understanding;
  mask(text: string): string;
  findOutlet: FindOutlet;
  /** People reach us by https: cookies are sent by https alone. */
  https: boolean;
  /** An operator's own translation, if any; never throws. */
  translate: TranslateText;
  /** Where advisers may work in a chat of theirs. */
  staff: StaffOutlet | null;
};

/** What the routes share. */
export type Room = RoomDeps & { relay: Relay; signIn: SignIn; links: StaffLinks };

/** Who calls: a signed-in adviser. */
export type Caller = { account: AdviserAccount; session: AdviserSession };
