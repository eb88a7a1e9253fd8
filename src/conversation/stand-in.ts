import { inTime, late } from '../in-time';
import { bareReply } from './bare-reply';
import type { Inbound } from './inbound';
import { type OutsideTurnDeps, outsideTurn } from './outside-turn';
import { linesWithHours } from './phone-lines';
import type { ConversationStore } from './ports';
import { type Read, readInbound } from './read-inbound';
import { effectPart } from './render-effect';
import type { Reply } from './reply';
import type { TurnDeps } from './turn';

export type StandInDeps = OutsideTurnDeps &
  Pick<TurnDeps, 'understand' | 'mask' | 'resume' | 'logger'> & { store: Pick<ConversationStore, 'hasLog'> };

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
    const outside = outsideTurn(deps);
    const { library, live } = outside;
    const atFirst = outside.sceneIn(outside.languageOf(inbound.locale));
    const read = await readInbound({ ...deps, library }, inbound, atFirst, live).catch(
      (): Read => ({ events: [], personText: '' }),
    );
    const spoken = read.events.find((event) => event.type === 'user.chose-language')?.language;
    const scene = spoken !== undefined && live.includes(spoken) ? outside.sceneIn(spoken) : atFirst;
    const answerable = read.events.filter(({ type }) => stateless.includes(type));
    const parts = outside
      .move(scene, answerable)
      .effects.filter(({ type }) => type !== 'question.missed')
      .flatMap((one) => effectPart(scene, one) ?? []);
    const { language, t } = scene;
    const notice = `${t('privacy:down')}\n\n${linesWithHours(library, language, t)}`;
    const bubbles = [...parts.flatMap((part) => part.bubbles), { text: notice }];
    const choices = parts.flatMap((part) => part.choices ?? []).filter(({ value }) => /^(ask|term)=/.test(value));
    return bareReply(library, language, parts[0]?.statuses[0] ?? 'failed', bubbles, choices);
  };
}
