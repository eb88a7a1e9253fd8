import type { ConversationMachine } from '../../dialogs/conversation.machine';
import { begin, move } from '../../dialogs/move';
import { inTime, late } from '../in-time';
import { fallbackLanguage, type Words } from '../library/i18n';
import type { Library } from '../library/library';
import { stamped } from '../nlu/to-events';
import type { TurnDeps } from './handle-turn';
import type { Inbound } from './inbound';
import { matchLocale } from './match-locale';
import { dayInParis } from './paris-day';
import { linesWithHours } from './phone-lines';
import type { Clock, ConversationStore, Logger } from './ports';
import { type Read, readInbound } from './read-inbound';
import { effectPart } from './render-effect';
import type { Reply } from './reply';
import type { Scene } from './scene';
import type { Switches } from './switches';

export type StandInDeps = {
  store: Pick<ConversationStore, 'hasLog'>;
  library: Library;
  words: Words;
  machine: ConversationMachine;
  understand: TurnDeps['understand'];
  mask(text: string): string;
  resume: TurnDeps['resume'];
  switches: Switches;
  clock: Clock;
  logger: Logger;
};

/** Answers in place of a turn while the store is gone; null when it answers after all, and the turn may be tried again. */
export type StandIn = (inbound: Inbound) => Promise<Reply | null>;

/** What can be answered without a memory: danger, questions, terms, personal numbers. */
const stateless = ['user.in-danger', 'user.asked', 'user.opened-term', 'user.shared-private'];
/** How long the store may take before it counts as gone, in milliseconds. */
const storeMilliseconds = 1500;

async function storeIsGone(store: StandInDeps['store']): Promise<boolean> {
  const asked = await inTime(store.hasLog('health'), storeMilliseconds).catch(() => late);
  return asked === late;
}

/**
 * While the store is gone: questions are still answered, and everything else hears that nothing can be kept now and that it should be
 * sent again later, with both lines. Nothing is remembered from one message to the next.
 */
export function createStandIn(deps: StandInDeps): StandIn {
  return async (inbound) => {
    if (!(await storeIsGone(deps.store))) return null;
    const { words, clock } = deps;
    const { library, machine, off } = { ...deps, off: undefined, ...deps.switches.current() };
    const now = clock.now();
    const stamp = { at: now.toISOString(), today: dayInParis(now) };
    const live = library.languages.filter((one) => one.live && !off?.language.has(one.code)).map(({ code }) => code);
    const fromLocale = matchLocale(inbound.locale, live) ?? fallbackLanguage;
    const sceneIn = (language: string): Scene => {
      const t = words.in(language);
      return { snapshot: begin(machine), library, words, language, t, today: stamp.today, forOther: false, off };
    };
    const read = await readInbound({ ...deps, library }, inbound, sceneIn(fromLocale), live).catch(
      (): Read => ({ events: [], personText: '' }),
    );
    const spoken = read.events.find((event) => event.type === 'user.chose-language')?.language;
    const scene = sceneIn(spoken !== undefined && live.includes(spoken) ? spoken : fromLocale);
    const events = read.events.filter(({ type }) => stateless.includes(type));
    const { effects } = move(machine, scene.snapshot, stamped(events, stamp));
    const parts = effects
      .filter(({ type }) => type !== 'question.missed')
      .flatMap((one) => effectPart(scene, one) ?? []);
    const { language, t } = scene;
    const notice = `${t('privacy:down')}\n\n${linesWithHours(library, language, t)}`;
    return {
      language,
      direction: library.languages.find(({ code }) => code === language)?.direction ?? 'ltr',
      status: parts[0]?.statuses[0] ?? 'failed',
      bubbles: [...parts.flatMap(({ bubbles }) => bubbles), { text: notice }],
      choices: parts.flatMap(({ choices = [] }) => choices).filter(({ value }) => /^(ask|term)=/.test(value)),
      articles: [],
    };
  };
}
