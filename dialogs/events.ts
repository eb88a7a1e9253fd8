import type { Profile, Slot } from '../src/domain/profile';

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
  | 'otherLanguage';

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
  | { type: 'user.in-danger'; danger: 'suicide' | 'emergency' | 'violence' }
  | { type: 'user.shared-private'; kinds: string[] }
  | { type: 'user.was-unclear'; reason: UnclearReason; language?: string }
  | { type: 'adviser.claimed' }
  | { type: 'adviser.returned' }
  /** The saved position could not be used: go where the profile says. */
  | { type: 'clock.rebuilt' };

/** Everything that can happen to a conversation. */
export type ConversationEvent = Stamp & Happening;
export type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;
