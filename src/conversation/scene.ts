import type { Snapshot } from '../../dialogs/move';
import type { Translate, Words } from '../library/i18n';
import type { Library } from '../library/library';
import type { DeskStatus } from './handoff-ports';
import type { Reminder } from './reminder-ports';
import type { Off } from './switches';

/** What rendering looks at: the settled conversation, the words, and the day. */
export type Scene = {
  snapshot: Snapshot;
  library: Library;
  words: Words;
  language: string;
  t: Translate;
  /** Day in Paris, YYYY-MM-DD. */
  today: string;
  /** True when the questions are about somebody other than the person who writes. */
  forOther: boolean;
  /** The code with which the person comes back to the request that this turn makes. */
  returnCode?: string;
  /** The code with which the person goes on later, where it leads on the web, and its last day. */
  resume?: { code: string; address?: string; until: string };
  /** What operators have switched off, if anything. */
  off?: Off;
  /** The person reads this on our own page. */
  onPage?: boolean;
  /** The person can be written to later, here. */
  writesLater?: boolean;
  /** Reminders kept of the conversation, where a turn speaks of them. */
  reminders?: Reminder[];
  /** Messages kept of the conversation, where that is asked. */
  kept?: number;
  /** What the advisers' desk is like; absent: open, and nobody signed in. */
  desk?: DeskStatus;
  /** Address of the checklist of what a conversation has come to; absent where nobody can open one. */
  checklistUrl?(scene: Scene): string;
};
