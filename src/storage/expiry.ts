import type { Clock, ConversationStore, Logger } from '../conversation/ports';

/** Milliseconds between two looks. */
const every = 15 * 60_000;

/** Erases conversations untouched for `hours`, now and every quarter of an hour, until stopped. */
export function scheduleExpiry(deps: {
  store: Pick<ConversationStore, 'expire'>;
  clock: Clock;
  logger: Logger;
  hours: number;
}): { stop(): void } {
  const { store, clock, logger, hours } = deps;
  const look = async () => {
    try {
      const erased = await store.expire(new Date(clock.now().getTime() - hours * 3_600_000).toISOString());
      if (erased > 0) logger.info({ erased }, 'conversations erased by age');
    } catch (error) {
      logger.error({ code: 'STORE_EXPIRY', error }, 'expiry failed');
    }
  };
  void look();
  const timer = setInterval(() => void look(), every);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
