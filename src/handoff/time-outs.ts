import type { DeskEvent } from '../../dialogs/events';
import type { Handoff } from '../conversation/handoff-ports';
import type { Clock, ConversationStore, Logger } from '../conversation/ports';
import type { DeskSettings } from '../library/library';
import type { Relay } from './relay';
import type { Desk } from './room';

type Limits = Pick<DeskSettings, 'personSilentMinutes' | 'adviserSilentMinutes' | 'nobodyCameMinutes'>;

/** What has waited too long at a moment, if anything. */
export function overdue(handoff: Handoff, now: Date, limits: Limits): DeskEvent | null {
  const isOver = (since: string | null, minutes: number) =>
    since !== null && now.getTime() - Date.parse(since) >= minutes * 60_000;
  if (handoff.state === 'waiting')
    return handoff.toldAt === null && isOver(handoff.requestedAt, limits.nobodyCameMinutes)
      ? { type: 'clock.nobody-came' }
      : null;
  if (handoff.state !== 'talking') return null;
  if (handoff.owedSince !== null)
    return isOver(handoff.owedSince, limits.adviserSilentMinutes) ? { type: 'clock.adviser-silent' } : null;
  return isOver(handoff.lastAdviserAt, limits.personSilentMinutes) ? { type: 'clock.person-silent' } : null;
}

/** Carries out what is overdue, once, whichever instance is first. Never throws. */
export async function carryOutTimeOuts(deps: {
  store: Pick<ConversationStore, 'desk'>;
  clock: Clock;
  logger: Logger;
  relay: Relay;
  desk: Pick<Desk, 'look'>;
  limits: Limits;
}): Promise<void> {
  const { store, clock, logger, relay, desk, limits } = deps;
  try {
    for (const handoff of await store.desk.openHandoffs()) {
      const event = overdue(handoff, clock.now(), limits);
      if (!event) continue;
      const { version } = handoff;
      await relay(handoff, `${event.type} ${version}`, { adviser: null, version, event });
    }
    await desk.look();
  } catch (error) {
    logger.error({ code: 'HANDOFF_CLOCK', error }, 'what is overdue could not be carried out');
  }
}
