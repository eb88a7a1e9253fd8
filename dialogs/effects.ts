import type { Profile, Slot } from '../src/domain/profile';
import type { EventOf, HelpReason, Paper, SentPiece, UnclearReason } from './events';
import type { ReminderKind, Reminding } from './reminder';

/** What a turn wants said or done besides the prompt of the state where it comes to rest. Data only; `conversation/` acts on it. */
export type Effect =
  | { type: 'person.greeted' }
  | { type: 'language.changed'; params: { explicit: boolean } }
  /** Answers that replaced others; `previous` is the profile before, from which the difference in outcome follows. */
  | { type: 'answer.changed'; params: { slots: Slot[]; previous: Profile } }
  | { type: 'outcome.reached' }
  | {
      type: 'question.answered';
      params: Pick<EventOf<'user.asked'>, 'policy' | 'topics' | 'also' | 'aside'> & { misses: number };
    }
  | { type: 'reason.asked' }
  | { type: 'term.opened'; params: { term: string } }
  /** `counts`: false when the person has already said so of this article. */
  | { type: 'article.rated'; params: { topic: string; useful: boolean; counts: boolean } }
  | { type: 'paper.asked'; params: { paper: Paper } }
  | { type: 'form.opened' }
  /** The verdict that stands asks for no such form. */
  | { type: 'form.unneeded' }
  | { type: 'message.unclear'; params: { reason: UnclearReason; misses: number; language?: string } }
  | { type: 'danger.met'; params: { danger: EventOf<'user.in-danger'>['danger'] } }
  | { type: 'privacy.kept'; params: { kinds: string[] } }
  | { type: 'adviser.requested' }
  | { type: 'adviser.joined' }
  | { type: 'adviser.spoke'; params: { text: string } }
  | { type: 'adviser.gave'; params: { piece: SentPiece } }
  | { type: 'verdict.sent' }
  /** An adviser corrected facts: the person is told when the bot takes over. */
  | { type: 'facts.noted'; params: { slots: Slot[] } }
  | { type: 'adviser.changed' }
  /** `noted`: slots that the adviser corrected. */
  | { type: 'adviser.returned'; params: { noted: Slot[] } }
  | { type: 'adviser.finished'; params: { noted: Slot[] } }
  | { type: 'adviser.unavailable' }
  | { type: 'adviser.fell-silent' }
  | { type: 'person.fell-silent' }
  | { type: 'nobody.came' }
  /** `open`: false when there was nothing to take back. */
  | { type: 'request.withdrawn'; params: { open: boolean } }
  /** `counts`: false when nothing was asked, or it was already said. */
  | { type: 'help.judged'; params: { helped: boolean; reason: HelpReason | null; counts: boolean } }
  | { type: 'code.asked' }
  | { type: 'conversation.resumed' }
  | { type: 'data.asked' }
  /** No answer was found. `asks`: whether such questions may be kept is asked now; `keeps`: they may, and this one is. */
  | { type: 'question.missed'; params: { asks: boolean; keeps: boolean } }
  | { type: 'keeping.judged'; params: { allowed: boolean } }
  | { type: 'reminder.asked'; params: Reminding }
  | { type: 'reminder.cancelled' }
  | { type: 'reminder.due'; params: { reminder: string; kind: ReminderKind } }
  | { type: 'conversation.restarted' }
  | { type: 'conversation.forgotten' };

export type EffectType = Effect['type'];
export const effectTypes = [
  'person.greeted',
  'language.changed',
  'answer.changed',
  'outcome.reached',
  'question.answered',
  'reason.asked',
  'term.opened',
  'article.rated',
  'paper.asked',
  'form.opened',
  'form.unneeded',
  'message.unclear',
  'danger.met',
  'privacy.kept',
  'adviser.requested',
  'adviser.joined',
  'adviser.spoke',
  'adviser.gave',
  'verdict.sent',
  'facts.noted',
  'adviser.changed',
  'adviser.returned',
  'adviser.finished',
  'adviser.unavailable',
  'adviser.fell-silent',
  'person.fell-silent',
  'nobody.came',
  'request.withdrawn',
  'help.judged',
  'code.asked',
  'conversation.resumed',
  'data.asked',
  'question.missed',
  'keeping.judged',
  'reminder.asked',
  'reminder.cancelled',
  'reminder.due',
  'conversation.restarted',
  'conversation.forgotten',
] as const satisfies EffectType[];
