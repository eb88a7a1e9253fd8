/** What can be switched off, each by its id: a channel, an article, a rule, a language. */
export const switchKinds = ['channel', 'topic', 'rule', 'language'] as const;
export type SwitchKind = (typeof switchKinds)[number];

/** Somebody has switched something off, or on again. `at`: ISO time. */
export type SwitchEntry = { kind: SwitchKind; name: string; off: boolean; who: string; why: string; at: string };

/** A masked question without an answer, kept with consent; `day`: YYYY-MM-DD. Of nobody and of no conversation. */
export type MissedQuestion = { day: string; language: string; text: string };

/** What is kept for operators. */
export type OperatorStore = {
  /** Switches something; every entry stays as history. */
  turn(entry: SwitchEntry): Promise<void>;
  /** All entries, oldest first: the last of a kind and name says how it stands. */
  switches(): Promise<SwitchEntry[]>;
  missed(): Promise<MissedQuestion[]>;
  /** Removes questions kept before a day; returns how many. */
  forgetMissed(before: string): Promise<number>;
};
