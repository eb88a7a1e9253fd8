import { z } from 'zod';
import type { Clock, ConversationStore, Logger, OutboxItem } from '../../conversation/ports';
import type { Addressed } from './create-adapter';

/** What an outbox item of this channel holds. `at` = when it was written (ISO time). */
export const BotFrameworkPayload = z.object({
  channel: z.literal('botframework'),
  at: z.string(),
  reference: z.looseObject({
    serviceUrl: z.string(),
    channelId: z.string(),
    conversation: z.looseObject({ id: z.string() }),
  }),
  activity: z.looseObject({ type: z.string() }),
});
export type BotFrameworkPayload = z.infer<typeof BotFrameworkPayload>;

export type DeliverDeps = {
  /** Posts one activity; throws the connector's error. */
  post(addressed: Addressed): Promise<void>;
  store: Pick<ConversationStore, 'pendingOutbox' | 'markDelivered'>;
  clock: Clock;
  logger: Logger;
  /** Waits so many milliseconds; a test gives a shorter wait. */
  wait?: (ms: number) => Promise<void>;
  /** Number in [0, 1). */
  random?: () => number;
};

export type Deliverer = {
  /** Takes items that were just committed; they leave in order, one after the other within a conversation. */
  push(items: OutboxItem[]): void;
  /** Takes up everything that is still pending in the store. */
  sweep(): Promise<void>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
};

/** Tries of one item before it waits for the next sweep. */
const tries = 4;
/** First pause between tries, in milliseconds; doubled each time, half of it by chance. */
const firstPause = 500;
/** Longest pause that a connector may ask for, in milliseconds. */
const longestPause = 15_000;
/** A pending item younger than this is left to the process that wrote it, in milliseconds. */
const grace = 30_000;
/** After this time an answer is no longer worth sending, in milliseconds. */
const tooOld = 24 * 3_600_000;
/** Most items looked at in one sweep. */
const sweepSize = 500;

/** 401 too: a wrong or late password is the operator's to mend, not a reason to lose an answer. */
const retryable = new Set([401, 408, 412, 429, 500, 502, 503, 504]);

const statusOf = (error: unknown): number | undefined => {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
};

/** Seconds that the connector asked to wait, in milliseconds. */
function askedPause(error: unknown): number {
  const headers = (error as { response?: { headers?: { get?(name: string): string | undefined } } } | null)?.response
    ?.headers;
  const seconds = Number(headers?.get?.('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, longestPause) : 0;
}

/** A delivery that takes items in order, repeats what may pass later, and gives up what never will. */
export function createDeliverer(deps: DeliverDeps): Deliverer {
  const { post, store, clock, logger, random = Math.random } = deps;
  const wait = deps.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()));
  const queues = new Map<string, Promise<void>>();
  const onTheirWay = new Set<string>();
  /** Conversations whose oldest item could not be delivered: newer ones wait for the sweep, so that the order holds. */
  const stuck = new Set<string>();

  /** `sent`, or `never` (no use trying again), or `later`. */
  async function attempt(payload: BotFrameworkPayload): Promise<'sent' | 'never' | 'later'> {
    for (let count = 1; ; count += 1) {
      try {
        await post({
          reference: payload.reference as unknown as Addressed['reference'],
          activity: payload.activity as Addressed['activity'],
        });
        return 'sent';
      } catch (error) {
        const status = statusOf(error);
        if (status !== undefined && !retryable.has(status)) {
          logger.error({ code: 'DELIVERY_REFUSED', status }, 'the connector refused an answer for good');
          return 'never';
        }
        if (count >= tries) {
          logger.warn({ code: 'DELIVERY_FAILED', status: status ?? 'none' }, 'an answer could not be delivered yet');
          return 'later';
        }
        const pause = firstPause * 2 ** (count - 1);
        await wait(Math.max(askedPause(error), pause / 2 + (random() * pause) / 2));
      }
    }
  }

  async function deliver(item: OutboxItem): Promise<void> {
    try {
      if (stuck.has(item.conversationId)) return;
      const payload = BotFrameworkPayload.safeParse(item.payload);
      if (!payload.success) return;
      const age = clock.now().getTime() - Date.parse(payload.data.at);
      const result = age > tooOld ? 'never' : await attempt(payload.data);
      if (result === 'later') stuck.add(item.conversationId);
      else await store.markDelivered(item.id, clock.now().toISOString());
    } catch (error) {
      stuck.add(item.conversationId);
      logger.error(
        { code: 'DELIVERY_NOT_MARKED', reason: (error as Error).name },
        'a delivered answer could not be marked',
      );
    } finally {
      onTheirWay.delete(item.id);
    }
  }

  function enqueue(items: OutboxItem[]): void {
    for (const item of items) {
      if (onTheirWay.has(item.id)) continue;
      onTheirWay.add(item.id);
      const before = queues.get(item.conversationId) ?? Promise.resolve();
      const mine = before.then(() => deliver(item));
      queues.set(item.conversationId, mine);
      void mine.finally(() => {
        if (queues.get(item.conversationId) === mine) queues.delete(item.conversationId);
      });
    }
  }

  async function sweep(): Promise<void> {
    const now = clock.now().getTime();
    const waiting = new Map<string, OutboxItem[]>();
    for (const item of await store.pendingOutbox(sweepSize)) {
      const payload = BotFrameworkPayload.safeParse(item.payload);
      if (!payload.success || queues.has(item.conversationId)) continue;
      const known = waiting.get(item.conversationId);
      if (known) known.push(item);
      else if (stuck.has(item.conversationId) || now - Date.parse(payload.data.at) >= grace)
        waiting.set(item.conversationId, [item]);
    }
    for (const id of stuck) if (!queues.has(id)) stuck.delete(id);
    for (const items of waiting.values()) enqueue(items);
  }

  let sweeping: Promise<void> | undefined;

  return {
    push: enqueue,
    sweep() {
      sweeping ??= sweep()
        .catch((error: Error) =>
          logger.error({ code: 'OUTBOX_UNREADABLE', reason: error.name }, 'pending answers could not be read'),
        )
        .finally(() => {
          sweeping = undefined;
        });
      return sweeping;
    },
    async idle() {
      while (queues.size > 0) await Promise.all(queues.values());
    },
  };
}
