import type { Profile, Slot } from '../domain/profile';

/** What the conversation already knows when a message comes in. */
export type UnderstandingContext = {
  /** Language of the conversation so far, null before the first message. */
  language: string | null;
  /** Locale given by the channel (BCP 47). */
  locale?: string;
  /** Day in Paris, YYYY-MM-DD. */
  today: string;
  /** Slot that was just asked, so that "2", "oui" or "je sais pas" mean something. */
  asked: Slot | null;
  /** Values of the buttons on screen, in order ("2" chooses the second). */
  offered: string[];
  profile: Profile;
  /** Last article shown. */
  topic: string | null;
  /** Ranking of a plugged-in ranker, best first; takes the place of the built-in one. */
  ranked?: RankedTopic[];
};

export type Crisis = 'suicide' | 'emergency' | 'violence';
export type PersonalData = 'nir' | 'iban' | 'passport' | 'permitNumber' | 'phone' | 'email' | 'bankCard';
export type RankedTopic = { topic: string; probability: number };

/** Wishes that are not facts and not questions. */
export type Command =
  | 'human'
  | 'restart'
  | 'back'
  | 'forget'
  | 'edit'
  /** To go on later or on another device. */
  | 'later'
  /** To be written to later, and not any more. */
  | 'remind'
  | 'unremind'
  /** To know what is kept. */
  | 'mydata'
  | 'why'
  | 'continue'
  | 'help'
  | 'result'
  /** Help with filling in the form. */
  | 'form'
  /** To leave what is going on. */
  | 'stop'
  | 'thanks'
  | 'bye'
  | 'greeting';

/** What one message means. Nothing here was guessed: a value that was not said is absent. */
export type Understanding = {
  /**
   * Language to answer in, always a live one. `explicit`: the person asked for it by name. `changed`: differs from the conversation's.
   * `detected`: language of the message, live or not; null when it shows none ("42").
   */
  language: { code: string; explicit: boolean; changed: boolean; detected: string | null };
  crisis: Crisis | null;
  personalData: PersonalData[];
  /** The text with every number that identifies a person replaced by `•••`; the only form that may be kept. */
  maskedText: string;
  /** Facts stated about the person to be registered. */
  answers: Profile;
  /** True when the person takes back or overrides something ("sorry, I meant…"). */
  correction: boolean;
  /** With the wish for a reminder: the day on which, if it was said (YYYY-MM-DD). */
  remindOn?: string;
  /** The wish that makes up the message. */
  command: Command | null;
  /** Policy of retrieval: answer `topics[0..]`, offer them as buttons, refuse with the redirect `topics[0]`, or nothing asked. */
  question: {
    policy: 'answer' | 'suggest' | 'refuse-near' | 'refuse-out' | 'none';
    topics: string[];
    /** With `answer`: the topics to answer in turn, when the message asks several questions. */
    answers?: string[];
  };
  /** The three best-ranked topics (in scope or near), whatever the policy; none when the message only answers what was asked. */
  ranked: RankedTopic[];
};
