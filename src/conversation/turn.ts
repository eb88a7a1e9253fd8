import type { ConversationMachine } from '../../dialogs/conversation.machine';
import type { Effect } from '../../dialogs/effects';
import type { Snapshot } from '../../dialogs/move';
import type { Words } from '../library/i18n';
import type { Library } from '../library/library';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import type { AdviserDesk, HandoffStep } from './handoff-ports';
import type { Clock, ConversationStore, Logger, Metrics, Ranker, Tracer, TranscriptLine } from './ports';
import type { ResumeDeps } from './privacy';
import type { Reply } from './reply';
import type { Scene } from './scene';
import type { Off, Switches } from './switches';

/** What a turn needs. */
export type TurnDeps = {
  /** What operators have switched off. */
  switches: Switches;
  /** What is off while this turn runs. */
  off?: Off;
  store: ConversationStore;
  library: Library;
  words: Words;
  machine: ConversationMachine;
  /** Understands one message; pure. */
  understand(text: string, context: UnderstandingContext): Understanding;
  /** An operator's own ranking, if any. */
  rank?: Ranker;
  resume: ResumeDeps;
  /** Takes out every number that identifies a person. */
  mask(text: string): string;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** The advisers' room, when there is one. */
  desk?: AdviserDesk;
  /** Times the steps for operators; untraced without it. */
  tracer?: Tracer;
  checklistUrl?: Scene['checklistUrl'];
  /** After so many milliseconds the person sees that an answer is being written. Default 1000. */
  typingAfter?: number;
};

/** What a turn has come to, before it is stored. */
export type ThoughtTurn = {
  snapshot: Snapshot;
  reply: Reply;
  effects: Effect[];
  personText: string;
  /** The person's line of the transcript. */
  heard: Pick<TranscriptLine, 'text' | 'facts' | 'topics'>;
  steps: HandoffStep[];
  /** Codes that the reply gives away: a transcript does not show them. */
  codes: string[];
};
