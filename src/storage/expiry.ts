import type { Clock, ConversationStore, Logger } from '../conversation/ports';

/** Milliseconds between two looks. */
const every = 15 * 60_000;

/** Erases conversations untouched for `hours`, and unanswered questions that are too old, now and every quarter of an hour, until stopped. */
export function scheduleExpiry(deps: {
  store: Pick<ConversationStore, 'expire' | 'operator'>;
  clock: Clock;
  logger: Logger;
  hours: number;
  /** How long an open request for a person keeps a conversation, in days. */
  requestDays: number;
  /** How long questions without an answer are kept, in days. */
  missedDays: number;
}): { stop(): void } {
  const { store, clock, logger, hours, requestDays, missedDays } = deps;
  const look = async () => {
    try {
      const ago = (milliseconds: number) => new Date(clock.now().getTime() - milliseconds).toISOString();
      const erased = await store.expire(ago(hours * 3_600_000), ago(requestDays * 86_400_000));
      await store.operator.forgetMissed(ago(missedDays * 86_400_000).slice(0, 10));
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
