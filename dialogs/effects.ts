import type { Profile, Slot } from '../src/domain/profile';
import type { EventOf, Paper, UnclearReason } from './events';

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
  | { type: 'adviser.returned' }
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
  'adviser.returned',
  'conversation.restarted',
  'conversation.forgotten',
] as const satisfies EffectType[];
