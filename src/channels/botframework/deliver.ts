import { z } from 'zod';
import type { Clock, ConversationStore, Logger, OutboxItem, OutboxTake } from '../../conversation/ports';
import { createTrouble } from '../../conversation/trouble';
import { inTime, late } from '../../in-time';
import type { Addressed } from './create-adapter';
import { createThrottle } from './throttle';

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
  /** Id of the message that this one takes the place of. */
  replaces: z.string().optional(),
  /** Somebody wants to know the id that this message gets, under this name. */
  tell: z.string().optional(),
});
export type BotFrameworkPayload = z.infer<typeof BotFrameworkPayload>;

export type DeliverDeps = {
  /** Posts one activity, gives its id; throws the connector's error. */
  post(addressed: Addressed): Promise<string | undefined>;
  /** Hears the ids of messages that somebody wants to know. Must not throw. */
  sent?(tell: string, messageId: string): Promise<void>;
  store: Pick<ConversationStore, 'waitingOutbox' | 'takeOutbox' | 'returnOutbox' | 'removeOutbox'>;
  clock: Clock;
  logger: Logger;
  metrics: { count(name: string, help: string): void };
  /** Number in [0, 1). */
  random?: () => number;
  /** After so many milliseconds a post counts as unanswered. Default 20,000. */
  longestPost?: number;
  /** For what a channel takes in a time, which a clock that is set must not change: milliseconds that only grow, and waiting. */
  pace?: { now(): number; wait(milliseconds: number): Promise<void> };
};

export type Deliverer = {
  /** Delivers what was just committed for a conversation, in order. */
  push(conversationId: string): void;
  /** Posts what was not stored, once: what fails, or would have to wait, is dropped. */
  pass(item: OutboxItem): void;
  /** Takes up whatever nobody is at: what could not be delivered yet, and what a process that died has left. */
  sweep(): Promise<void>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
};

/** How long an item belongs to who took it, in milliseconds: longer than the longest post, so that two never post it at once. */
const held = 30_000;
/** Longest wait for a channel's allowance before an item goes back to the store, in milliseconds. */
const longestWait = 5000;
/** First pause after a failure, in milliseconds; doubled each time, half of it by chance. */
const firstPause = 1000;
/** Longest pause of our own; a connector may ask for a longer one. */
const longestPause = 60_000;
/** After this time an answer is no longer worth sending, in milliseconds. */
const tooOld = 24 * 3_600_000;
/** Most conversations taken up in one sweep. */
const sweepSize = 200;

/** 401 too: a wrong or late password is the operator's to mend, not a reason to lose an answer. */
const passing = new Set([401, 408, 412, 429, 500, 502, 503, 504]);
const realPace = {
  now: () => performance.now(),
  wait: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};
/** Answers that leave no doubt: nothing was shown. */
const definite = new Set([401, 412, 429]);

const counters = {
  deliveries_total: 'Answers that a connector has taken.',
  deliveries_repeated_total: 'Posts of an answer whose earlier post had no definite answer: it may be seen twice.',
  deliveries_refused_total: 'Answers that a connector refused for good.',
  deliveries_given_up_total: 'Answers that could not be delivered in a day.',
};

const statusOf = (error: unknown): number | undefined => {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
};

/** The pause that a connector asks for (`Retry-After`, seconds or a date), in milliseconds. */
function askedPause(error: unknown, now: number): number {
  const headers = (error as { response?: { headers?: { get?(name: string): string | undefined } } } | null)?.response
    ?.headers;
  const asked = headers?.get?.('retry-after') ?? '';
  const pause = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now;
  return pause > 0 ? Math.min(pause, tooOld) : 0;
}

/**
 * Delivers from the store alone: an item is taken before it is posted, so that one instance posts it, and the oldest of its conversation
 * first. Only a post without a definite answer may repeat; how many did is counted.
 */
export function createDeliverer(deps: DeliverDeps): Deliverer {
  const { post, store, clock, logger, random = Math.random, longestPost = 20_000, pace = realPace } = deps;
  const throttle = createThrottle();
  const busy = new Map<string, Promise<void>>();
  const pushed = new Set<string>();
  /** Items that have arrived but could not be removed: never posted again by this process. */
  const arrived = new Set<string>();
  const count = (name: keyof typeof counters) => deps.metrics.count(name, counters[name]);
  const fromNow = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds).toISOString();
  const unreadable = createTrouble(logger, 'error', 'OUTBOX_UNREADABLE', 'waiting answers cannot be read');
  const unwritable = createTrouble(logger, 'error', 'OUTBOX_UNREADABLE', 'the outbox cannot be written');

  async function postInTime({ reference, activity, replaces, tell }: BotFrameworkPayload): Promise<void> {
    const addressed = { reference, activity, replaces } as unknown as Addressed;
    const messageId = await inTime(post(addressed), longestPost);
    if (messageId === late) throw new Error('the connector did not answer');
    if (tell !== undefined && messageId) await deps.sent?.(tell, messageId);
  }

  /** Waits until the channel takes one more message: 0 = now, else the milliseconds that are too long to be waited for. */
  async function waitForAllowance(channel: string, conversationId: string): Promise<number> {
    for (let waited = 0; ; ) {
      const left = throttle(channel, conversationId, pace.now());
      if (left === 0 || waited + left > longestWait) return left;
      await pace.wait(left);
      waited += left;
    }
  }

  /** What becomes of an item that was taken: it is gone (true), or waits in the store (false). */
  async function deliver(item: OutboxTake): Promise<boolean> {
    const payload = BotFrameworkPayload.safeParse(item.payload).data;
    const now = clock.now().getTime();
    const remove = async () => {
      await store.removeOutbox(item.id);
      arrived.delete(item.id);
      return true;
    };
    const wait = async (milliseconds: number, refused: boolean) => {
      await store.returnOutbox(item.id, fromNow(milliseconds), refused);
      return false;
    };
    if (arrived.has(item.id)) return remove();
    // Written by a newer version of the program, or by another channel.
    if (!payload) return wait(longestPause, true);
    if (now - Date.parse(payload.at) > tooOld) {
      logger.error({ code: 'DELIVERY_GIVEN_UP', tries: item.tries }, 'an answer could not be delivered in a day');
      count('deliveries_given_up_total');
      return remove();
    }
    const throttled = await waitForAllowance(payload.reference.channelId, item.conversationId);
    if (throttled > 0) return wait(throttled, true);
    if (item.repeats) count('deliveries_repeated_total');
    try {
      await postInTime(payload);
      count('deliveries_total');
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined || passing.has(status)) {
        logger.warn({ code: 'DELIVERY_FAILED', status: status ?? 'none' }, 'an answer could not be delivered yet');
        const pause = Math.min(longestPause, firstPause * 2 ** Math.min(item.tries - 1, 10));
        const own = pause / 2 + (random() * pause) / 2;
        return wait(Math.max(askedPause(error, now), own), definite.has(status ?? 0));
      }
      logger.error({ code: 'DELIVERY_REFUSED', status }, 'the connector refused an answer for good');
      count('deliveries_refused_total');
    }
    arrived.add(item.id);
    return remove();
  }

  async function deliverAll(conversationId: string): Promise<void> {
    try {
      do {
        pushed.delete(conversationId);
        let item: OutboxTake | null;
        do {
          item = await store.takeOutbox(conversationId, fromNow(0), fromNow(held));
        } while (item && (await deliver(item)));
      } while (pushed.has(conversationId));
      unwritable.ends();
    } catch (error) {
      unwritable.meets(error);
    } finally {
      busy.delete(conversationId);
    }
  }

  function push(conversationId: string): void {
    pushed.add(conversationId);
    if (!busy.has(conversationId)) busy.set(conversationId, deliverAll(conversationId));
  }

  async function sweep(): Promise<void> {
    try {
      for (const id of await store.waitingOutbox(fromNow(0), sweepSize)) if (!busy.has(id)) push(id);
      unreadable.ends();
    } catch (error) {
      unreadable.meets(error);
    }
  }

  /** Never rejects: nobody waits for it. */
  async function passOnce({ conversationId, payload }: OutboxItem): Promise<void> {
    try {
      const parsed = BotFrameworkPayload.safeParse(payload).data;
      if (!parsed || throttle(parsed.reference.channelId, conversationId, pace.now()) > 0) return;
      await postInTime(parsed);
    } catch (error) {
      logger.warn({ code: 'DELIVERY_FAILED', status: statusOf(error) ?? 'none' }, 'an answer of no weight is dropped');
    }
  }

  return {
    push,
    pass(item) {
      const passing = passOnce(item).finally(() => busy.delete(item.id));
      busy.set(item.id, passing);
    },
    sweep,
    async idle() {
      while (busy.size > 0) await Promise.all(busy.values());
    },
  };
}
