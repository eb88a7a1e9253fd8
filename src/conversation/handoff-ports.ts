import type { HelpReason } from '../../dialogs/events';
import type { OutboxItem } from './ports';

/** Why a person was asked for: the person wished it, was not understood, or why the rules leave the case to an adviser. */
export type HandoffReason = string;

/** How a handoff ended. */
export type HandoffOutcome = 'returned' | 'closed' | 'withdrawn' | 'personSilent' | 'erased';

/** One request for a person. Times are ISO; ids are pseudonymous. */
export type Handoff = {
  id: string;
  /** Empty once the conversation was erased: what is left are numbers. */
  conversationId: string;
  state: 'waiting' | 'talking' | 'closed';
  language: string;
  channel: string;
  reason: HandoffReason;
  /** Where the person stands on the journey. */
  stage: string;
  requestedAt: string;
  /** Name of the adviser who holds it, or for whom a transferred request waits. */
  claimedBy: string | null;
  claimedAt: string | null;
  lastPersonAt: string | null;
  lastAdviserAt: string | null;
  /** Since when the adviser owes an answer; null when the person does. */
  owedSince: string | null;
  /** When the person was told that nobody has come yet. */
  toldAt: string | null;
  closedAt: string | null;
  outcome: HandoffOutcome | null;
  helped: boolean | null;
  helpReason: HelpReason | null;
  /** Grows with every change. */
  version: number;
};

/**
 * A change of a handoff inside the commit of a turn. Those with `id` hold only while the row is as expected (`version`, when given;
 * `adviser` holds it): otherwise the whole turn is undone with the reason `lost`.
 */
export type HandoffStep =
  /** Does nothing when a request of the conversation is open. */
  | {
      do: 'open';
      id: string;
      language: string;
      channel: string;
      reason: HandoffReason;
      stage: string;
      /** Hash of the code with which the person comes back, if they got one. */
      returnHash?: string;
    }
  | { do: 'claim'; id: string; adviser: string }
  | { do: 'speak'; id: string; adviser: string }
  /** The adviser did something that is no word to the person. */
  | { do: 'touch'; id: string; adviser: string }
  | { do: 'requeue'; id: string; version: number | null; adviser: string | null; to: string | null }
  | { do: 'end'; id: string; version: number | null; adviser: string | null; outcome: HandoffOutcome }
  | { do: 'tell'; id: string; version: number | null }
  /** The person wrote, in whatever state. */
  | { do: 'hear' }
  | { do: 'withdraw' }
  | { do: 'judge'; helped: boolean; reason: HelpReason | null };

/** A private note of an adviser about a handoff. */
export type HandoffNote = { id: string; handoffId: string; adviser: string; at: string; text: string };

/** Somebody who may sign in. `hash`: scrypt, null for those whom an identity provider vouches for. */
export type AdviserAccount = {
  name: string;
  /** Name that colleagues see. */
  shown: string;
  hash: string | null;
  /** Languages they read. */
  languages: string[];
  uiLanguage: 'fr' | 'en';
};

/** A signed-in browser; the token itself is not kept. */
export type AdviserSession = { hash: string; adviser: string; csrf: string; expiresAt: string; seenAt: string };

/**
 * Something small that the desk remembers under a name until a time (ISO): a one-time code, a link, a count. `version` grows with
 * every change, so that of two writers one wins.
 */
export type DeskMark = { kind: string; id: string; value: unknown; until: string; version: number };

/** A message to advisers. `about`: the conversation that it tells of; it is erased with it. */
export type DeskItem = OutboxItem & { about?: string };

/** Everything kept for advisers. Values are copied in and out. */
export type DeskStore = {
  /** Waiting and talking ones, the longest wait first. */
  openHandoffs(): Promise<Handoff[]>;
  handoff(id: string): Promise<Handoff | null>;
  /** The newest of a conversation. */
  handoffOf(conversationId: string): Promise<Handoff | null>;
  /** The one whose return code has this hash; null once its conversation was erased. */
  handoffByReturn(hash: string): Promise<Handoff | null>;
  /** All requested since a time, erased conversations included: for numbers. */
  handoffsSince(at: string): Promise<Handoff[]>;
  addNote(note: HandoffNote): Promise<void>;
  notes(handoffId: string): Promise<HandoffNote[]>;
  account(name: string): Promise<AdviserAccount | null>;
  accounts(): Promise<AdviserAccount[]>;
  /** Makes an account or replaces it. */
  saveAccount(account: AdviserAccount): Promise<void>;
  /** Makes an account when there is none at all; true when it did. */
  firstAccount(account: AdviserAccount): Promise<boolean>;
  /** Removes an account and its sessions. */
  removeAccount(name: string): Promise<void>;
  openSession(session: AdviserSession): Promise<void>;
  session(hash: string): Promise<AdviserSession | null>;
  seeSession(hash: string, at: string): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** Sessions that have not ended and were seen since a time; removes those that have ended, and ended marks. */
  sessionsSeen(since: string, now: string): Promise<AdviserSession[]>;
  /** Where to write to the person of a conversation whose channel needs an address; kept while a handoff is open. */
  reference(conversationId: string): Promise<unknown | null>;
  /** A mark, be it ended or not. */
  mark(kind: string, id: string): Promise<DeskMark | null>;
  marks(kind: string): Promise<DeskMark[]>;
  /**
   * Writes a mark and what is to be sent with it, at once or not at all; false when its version was not the expected one (`version` = the
   * one that was read, 0 for a new mark).
   */
  setMark(mark: DeskMark, outbox?: DeskItem[]): Promise<boolean>;
  /** Removes a mark; false when somebody else has changed or removed it. */
  dropMark(mark: Pick<DeskMark, 'kind' | 'id' | 'version'>): Promise<boolean>;
};

/** What the desk is like now, as a waiting person is told. */
export type DeskStatus = {
  open: boolean;
  /** Advisers who are signed in and look at the queue. */
  present: number;
  /** Next opening in Paris time, when closed and known. */
  opens: { day: string; time: string } | null;
  /** Languages that advisers read: of those present, else of all. */
  languages: string[];
};

/** What the road of a message asks of the advisers' room. */
export type AdviserDesk = {
  status(now: Date): DeskStatus;
  /** Called after a commit that changed something of a handoff. Must not throw. */
  changed(conversationId: string, steps: HandoffStep[]): void;
};

/** Translates for advisers; none is bundled. null = cannot. */
export type TranslateText = (text: string, from: string, to: string) => Promise<string | null>;
