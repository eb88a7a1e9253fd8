import type { IncomingHttpHeaders } from 'node:http';
import type { Profile } from '../domain/profile';
import type { RankedTopic, UnderstandingContext } from '../nlu/understanding';
import type { DeskStore, HandoffStep } from './handoff-ports';
import type { Inbound } from './inbound';
import type { MissedQuestion, OperatorStore } from './operator-ports';
import type { PendingStore } from './pending-ports';
import type { ReminderStep, ReminderStore } from './reminder-ports';
import type { Reply } from './reply';
import type { TurnStatus } from './status';

/** Gives the time; the only place time comes from. */
export type Clock = { now(): Date };

export type Logger = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

/** Puts a closed value on a span: never what a person wrote, nor who they are. */
export type NoteSpan = (values: Record<string, string | number>) => void;

/** Times a piece of work for operators who collect traces. `headers`: the call from outside that it belongs to, if it is the first. */
export type Tracer = {
  span<T>(name: string, work: (note: NoteSpan) => Promise<T>, headers?: IncomingHttpHeaders): Promise<T>;
};

/** Nobody collects traces. */
export const untraced: Tracer = { span: (_name, work) => work(() => undefined) };

/** A conversation at rest. `saved` is the JSON of dialogs/saved.ts; `revision` counts commits from 1. */
export type StoredConversation = { id: string; channel: string; revision: number; saved: unknown; updatedAt: string };

/**
 * One masked line of the transcript; `text` never holds a number that identifies a person. `facts`, `topics`: what the bot understood
 * of a person's line. `articles`: what a line of the bot answered.
 */
export type TranscriptLine = {
  at: string;
  from: 'person' | 'bot' | 'adviser';
  language: string;
  text: string;
  facts?: Profile;
  topics?: string[];
  articles?: string[];
};

/** One message to be delivered by a channel after the commit; `payload` is the channel's own JSON. */
export type OutboxItem = { id: string; conversationId: string; payload: unknown };

/** An item that somebody may post now, once. */
export type OutboxTake = OutboxItem & {
  /** How often it was taken, this time included. */
  tries: number;
  /** It was posted before and nobody knows whether it arrived: it may be seen twice. */
  repeats: boolean;
};

/** One entry of a conversation's activity log (Direct Line shows it); `sequence` counts from 1 in a conversation. */
export type LoggedActivity = { sequence: number; activity: unknown };

/** All that one turn changes, written at once or not at all. */
export type TurnCommit = {
  conversationId: string;
  channel: string;
  /** Revision that was loaded; 0 when there was none. */
  expectedRevision: number;
  activityId: string;
  saved: unknown;
  /** The reply that a redelivery of the same activity id gets again; without bubbles and buttons when log or outbox hold them. */
  reply: Reply;
  transcript: TranscriptLine[];
  /** Entries to append to the activity log, in order. */
  log: unknown[];
  outbox: OutboxItem[];
  /** Changes of the conversation's handoff, in order. */
  handoff?: HandoffStep[];
  /** Where to write to the person later: kept (with a value), removed (null), left as it is (absent). */
  reference?: unknown;
  /** Questions without an answer that may be kept. */
  missed?: Omit<MissedQuestion, 'day'>[];
  /** Changes of the conversation's reminders, in order. */
  reminders?: ReminderStep[];
  at: string;
};

export type CommitResult =
  | { ok: true; revision: number; logged: LoggedActivity[] }
  /**
   * The revision was not the expected one, the activity id was already handled, or the handoff or a reminder was not as a step expects it: nothing
   * was written.
   */
  | { ok: false; reason: 'stale' | 'handled' | 'lost' };

/** An adviser or the clock came too late: the handoff, or the reminder, is not as it was. */
export class CameTooLate extends Error {
  constructor() {
    super('the handoff or the reminder has changed meanwhile');
    this.name = 'CameTooLate';
  }
}

/** What instances tell each other. */
export type StoreNews = { log(conversationId: string): void; desk(): void };

/** Everything kept about conversations. Values are copied in and out: later mutation changes nothing stored. */
export type ConversationStore = {
  load(conversationId: string): Promise<StoredConversation | null>;
  /** The reply stored for an activity that was already handled, else null. */
  handledReply(conversationId: string, activityId: string): Promise<Reply | null>;
  commit(turn: TurnCommit): Promise<CommitResult>;
  /** Opens an empty activity log for a conversation, once; true when it is new. */
  openLog(conversationId: string, at: string): Promise<boolean>;
  hasLog(conversationId: string): Promise<boolean>;
  /** Appends entries outside a turn (live messages that are part of the history). */
  appendLog(conversationId: string, entries: unknown[], at: string): Promise<LoggedActivity[]>;
  /** Entries with a sequence above `after`, in order, at most `limit`; with a negative limit only the last ones of the whole log. */
  readLog(conversationId: string, after: number, limit?: number): Promise<LoggedActivity[]>;
  /** Sequence of the last entry of each of these logs; conversations without a log are left out. */
  logEnds(conversationIds: string[]): Promise<Map<string, number>>;
  transcript(conversationId: string): Promise<TranscriptLine[]>;
  /** Conversations whose oldest undelivered item nobody holds at this time, longest waiting first. */
  waitingOutbox(now: string, limit: number): Promise<string[]>;
  /**
   * Takes the oldest undelivered item of a conversation for the caller alone, until a time; null when there is none, or somebody holds
   * it. Items of a conversation can only leave in order.
   */
  takeOutbox(conversationId: string, now: string, until: string): Promise<OutboxTake | null>;
  /** Gives an item back that may be taken again from a time on; `refused`: it has certainly not arrived. */
  returnOutbox(outboxId: string, until: string, refused: boolean): Promise<void>;
  /** Removes an item that has arrived, or never will. */
  removeOutbox(outboxId: string): Promise<void>;
  /** Removes everything kept about a conversation, its reminders and pending turns too; only how many turns it had is still known. */
  erase(conversationId: string): Promise<void>;
  /**
   * Removes conversations untouched since `before` (ISO time); returns how many. One with an open request for a person stays, when that
   * was made after `waitingSince`. Reminders stay, pending turns that were kept before then go.
   */
  expire(before: string, waitingSince?: string): Promise<number>;
  /** A secret shared by everything that uses this store: created on first use, then always the same. */
  secret(name: string): Promise<string>;
  /**
   * Tells when another instance may have added to the log of a conversation, or changed something of the desk: a hint, not a promise.
   * Stores of one process have none.
   */
  watch?(news: StoreNews): Promise<void>;
  /** What is kept for advisers. */
  desk: DeskStore;
  operator: OperatorStore;
  reminders: ReminderStore;
  pending: PendingStore;
  close(): Promise<void>;
};

/** What a channel adds to the commit of a turn, computed from the reply and written with it. */
export type TurnRecord = {
  log: unknown[];
  outbox: OutboxItem[];
  /** Where the person can be written to without having written; kept while somebody is asked for, and for a reminder. */
  reference?: unknown;
};

/** A request for a person made in this turn, as a hub of advisers outside the program is told. */
export type HandoffRequest = {
  id: string;
  language: string;
  reason: string;
  stage: string;
  facts: Profile;
  /** Everything said, masked, this turn included. */
  transcript: TranscriptLine[];
};

/** How a channel takes part in a turn. */
export type Outlet = {
  /** Somebody who asks for a person gets a code here with which they come back: nothing else leads them back to the conversation. */
  comesBack?: boolean;
  /** Buttons are shown as text, or send their words: what is typed is compared with those of the last reply. */
  typesChoices?: boolean;
  /** Log entries and outbox items for this reply; `personText` is the masked text of what was received. */
  record(inbound: Inbound, reply: Reply, personText: string, request?: HandoffRequest): TurnRecord;
  /** The person can still be written to after days, and nobody else reads it. */
  writesLater?: boolean;
  /** Shows that an answer is being written, at once; called when a turn takes more than a moment. Must not throw. */
  typing?(conversationId: string): void;
  /** Earlier runs of this turn have ended the program, or have failed for too long: the message is not read again, the person gets the apology. */
  givesUp?: boolean;
  /** Called after the commit with what was logged: wakes sockets, starts delivery. Must not throw. */
  delivered(inbound: Inbound, logged: LoggedActivity[]): void;
};

/** What a plugged-in ranker may know besides the text: closed values only. */
export type RankContext = Pick<UnderstandingContext, 'profile' | 'topic' | 'asked'>;

/**
 * An operator's own ranking of articles (an encoder, a service): the topics that fit, best first, with probabilities from 0 to 1. The
 * text is masked. It has `rankerMilliseconds`; when it is late or fails, the built-in ranking stands.
 */
export type Ranker = (text: string, language: string, context: RankContext) => Promise<RankedTopic[]>;

/** The door of the conversation: takes a message, answers when its effects are stored. Never throws for what a person sent. */
export type TakeTurn = (inbound: Inbound, outlet: Outlet) => Promise<Reply>;

/** Counts without personal data. */
export type Metrics = {
  turn(turn: { status: TurnStatus; channel: string; milliseconds: number }): void;
  /** Somebody said whether an article, read in a language, was useful: once an article and conversation. */
  useful(rating: { article: string; language: string; useful: boolean }): void;
};
