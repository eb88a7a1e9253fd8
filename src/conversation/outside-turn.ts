import type { Stamp } from '../../dialogs/events';
import { begin, move } from '../../dialogs/move';
import { fallbackLanguage } from '../library/i18n';
import { liveLanguages } from '../library/library';
import { stamped } from '../nlu/to-events';
import { matchLocale } from './match-locale';
import type { Conversation } from './open';
import { stampAt } from './paris-day';
import type { Clock } from './ports';
import type { Unstamped } from './read-inbound';
import type { Scene } from './scene';

export type OutsideTurnDeps = Pick<Conversation, 'library' | 'words' | 'machine' | 'switches'> & { clock: Clock };

/** What is said outside a turn is said from here: a conversation that has just begun and is kept nowhere, with what is switched off now. */
export function outsideTurn({ words, clock, switches, ...whole }: OutsideTurnDeps) {
  const { library, machine, off } = { ...whole, off: undefined, ...switches.current() };
  const stamp: Stamp = stampAt(clock.now());
  const live = liveLanguages(library).filter((code) => !off?.language.has(code));
  return {
    library,
    today: stamp.today,
    live,
    languageOf: (locale: string | undefined): string => matchLocale(locale, live) ?? fallbackLanguage,
    sceneIn: (language: string): Scene => {
      const t = words.in(language);
      return { snapshot: begin(machine), library, words, language, t, today: stamp.today, forOther: false, off };
    },
    /** What a scene becomes by some events, and what they have led to. */
    move(scene: Scene, events: Unstamped[]) {
      const { snapshot, effects } = move(machine, scene.snapshot, stamped(events, stamp));
      return { scene: { ...scene, snapshot }, effects };
    },
  };
}
