import { begin, move } from '../../dialogs/move';
import type { Conversation } from './open';
import { dayInParis } from './paris-day';
import type { Clock } from './ports';
import { render } from './render';
import type { Reply } from './reply';

/** What somebody new is greeted with in a language. There is no conversation yet and nothing is stored: a page may show it to anybody. */
export function firstReply(
  { library, words, machine }: Pick<Conversation, 'library' | 'words' | 'machine'>,
  clock: Clock,
  language: string,
): Reply {
  const now = clock.now();
  const stamp = { at: now.toISOString(), today: dayInParis(now) };
  const { snapshot, effects } = move(machine, begin(machine), [{ type: 'user.arrived', ...stamp }]);
  const t = words.in(language);
  return render({ snapshot, library, words, language, t, today: stamp.today, forOther: false }, effects);
}
