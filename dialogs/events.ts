import type { DocumentId } from '../src/domain/ids';
import type { Profile, Slot } from '../src/domain/profile';
import type { Person } from './context';
import type { ReminderKind } from './reminder';

/** When an event happened: ISO time, and the calendar day in Europe/Paris (YYYY-MM-DD). */
export type Stamp = { at: string; today: string };

/** Why a message could not be used. */
export type UnclearReason =
  | 'empty'
  | 'tooLong'
  | 'notUnderstood'
  | 'unknownButton'
  | 'alreadySaid'
  | 'nothingToUndo'
  | 'help'
  | 'thanks'
  | 'greeting'
  | 'bye'
  /** Written in a language that is not offered yet. */
  | 'otherLanguage'
  /** A code to go on with that cannot be read, or is too old. */
  | 'codeBad'
  | 'codeExpired';

/** What was missing when an exchange with an adviser did not help. */
export const helpReasons = ['noAnswer', 'notClear', 'tooSlow', 'language', 'other'] as const;
export type HelpReason = (typeof helpReasons)[number];

/** Ready sentences of advisers, by id: `handoff:canned.<id>`. */
export const cannedIds = ['hello', 'moment', 'noNumbers', 'moreDetail', 'callLine', 'goodbye'] as const;
export type CannedId = (typeof cannedIds)[number];

/** What an adviser can send besides words of their own. */
export type SentPiece =
  | { kind: 'article'; id: string }
  | { kind: 'document'; id: DocumentId }
  | { kind: 'question'; id: Slot }
  | { kind: 'canned'; id: CannedId };

/** What can be prepared for the person to say or send. */
export type Paper = 'script' | 'letter';

type Happening =
  | { type: 'user.arrived' }
  | { type: 'user.started' }
  | { type: 'user.chose-language'; language: string; explicit: boolean }
  /** Facts about the person to be registered; `answers.subject` switches to that person. */
  | { type: 'user.answered'; answers: Profile }
  /** A correction; without answers the person wants to see what can be changed. */
  | { type: 'user.corrected'; answers: Profile }
  | { type: 'user.picked-question'; slot: Slot }
  /** A question of the FAQ. `policy`: shown, offered as buttons, or refused with a pointer. */
  /** Asked something. `also`: other subjects that may be meant; `aside`: facts were told in the same message, and come first. */
  | {
      type: 'user.asked';
      policy: 'answer' | 'suggest' | 'refuse-near' | 'refuse-out';
      topics: string[];
      also?: string[];
      aside?: boolean;
    }
  | { type: 'user.asked-why' }
  /** Wants to know what a term of the glossary means. */
  | { type: 'user.opened-term'; term: string }
  /** Found an article useful, or not. */
  | { type: 'user.rated'; topic: string; useful: boolean }
  /** Wants words to take along: what to say on the phone, or a letter for the file. */
  | { type: 'user.wants-paper'; paper: Paper }
  /** Wants help with the form. */
  | { type: 'user.opened-form' }
  /** Wants to leave what is going on. */
  | { type: 'user.stopped' }
  /** Wants to see the verdict. */
  | { type: 'user.wants-result' }
  | { type: 'user.wants-human' }
  | { type: 'user.went-back' }
  | { type: 'user.continued' }
  | { type: 'user.restarted' }
  | { type: 'user.forget-me' }
  /** Wants to go on later or on another device. */
  | { type: 'user.wants-code' }
  /** Goes on with the answers that a code holds; a null language stays as it is. */
  | { type: 'user.resumed'; people: Person[]; current: string; language: string | null }
  /** Wants to know what is kept of the conversation. */
  | { type: 'user.wants-data' }
  /** Wants to be written to later; `on`: the day that they said, if any. */
  | { type: 'user.wants-reminder'; on: string | null }
  | { type: 'user.cancelled-reminder' }
  /** Says whether questions without an answer may be kept. */
  | { type: 'user.judged-keeping'; allowed: boolean }
  | { type: 'user.in-danger'; danger: 'suicide' | 'emergency' | 'violence' }
  | { type: 'user.shared-private'; kinds: string[] }
  | { type: 'user.was-unclear'; reason: UnclearReason; language?: string }
  /** Takes the request for a person back. */
  | { type: 'user.withdrew' }
  /** Said something to the adviser who holds the conversation. */
  | { type: 'user.wrote' }
  /** Whether the exchange with an adviser helped; the reason comes by itself, later, if at all. */
  | { type: 'user.judged'; helped: boolean; reason: HelpReason | null }
  | { type: 'adviser.claimed' }
  /** Words of an adviser: not kept in the machine. */
  | { type: 'adviser.said'; text: string }
  | { type: 'adviser.sent'; piece: SentPiece }
  /** Sends the verdict that stands, with its checklist. */
  | { type: 'adviser.sent-verdict' }
  | { type: 'adviser.corrected'; answers: Profile }
  /** Gives the person to another adviser. */
  | { type: 'adviser.passed-on' }
  /** Gives the person back to the bot. */
  | { type: 'adviser.returned' }
  /** Ends the exchange. */
  | { type: 'adviser.closed' }
  /** A hub of advisers outside could not take the request: it stays open here. */
  | { type: 'adviser.failed' }
  | { type: 'clock.nobody-came' }
  | { type: 'clock.adviser-silent' }
  | { type: 'clock.person-silent' }
  /** The day has come on which somebody wanted to be written to, in their language. */
  | { type: 'clock.reminded'; reminder: string; kind: ReminderKind; language: string }
  /** The saved position could not be used: go where the profile says. */
  | { type: 'clock.rebuilt' };

/** Everything that can happen to a conversation. */
export type ConversationEvent = Stamp & Happening;
export type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;
/** What an adviser or the clock does to a conversation. */
export type DeskEvent = Exclude<
  Extract<Happening, { type: `adviser.${string}` | `clock.${string}` }>,
  { type: 'clock.rebuilt' }
>;
