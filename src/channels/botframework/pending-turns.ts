import { z } from 'zod';
import { Inbound } from '../../conversation/inbound';
import type { Clock, ConversationStore, Logger, Outlet, TakeTurn } from '../../conversation/ports';
import { hiddenCode } from '../../conversation/privacy';
import { isMeantAsResumeCode } from '../../conversation/resume-code';
import { createTrouble } from '../../conversation/trouble';
import { inTime, late } from '../../in-time';
import { RecentMap } from '../../recent-map';
import { BotFrameworkPayload } from './deliver';

/** How the answer of a turn leaves: where to, and what takes the place of the card that was pressed. */
const Way = z.object({
  reference: BotFrameworkPayload.shape.reference,
  answered: z.object({ replaces: z.string(), activity: BotFrameworkPayload.shape.activity }).nullable(),
});
export type Way = z.infer<typeof Way>;

/** What a pending turn of this channel holds. */
const Payload = Way.extend({ channel: z.literal('botframework'), inbound: Inbound });

export type PendingDeps = {
  store: Pick<ConversationStore, 'pending'>;
  takeTurn: TakeTurn;
  outletOf(way: Way): Outlet;
  /** Takes out every number that identifies a person. */
  mask(text: string): string;
  clock: Clock;
  logger: Logger;
  /** After so many milliseconds a message is acknowledged before its turn is stored. Default 5000: Teams sends again after 15,000. */
  acknowledgeAfter?: number;
};

export type PendingTurns = {
  /** Takes a turn; resolves when it is stored, or stored as pending because it takes too long. Rejects when it is neither. */
  take(inbound: Inbound, way: Way): Promise<void>;
  /** Takes up the pending turns that nobody is at: they have failed, or their process has died. Never rejects. */
  sweep(): Promise<void>;
  /** Resolves when no pending turn runs here. */
  idle(): Promise<void>;
  /** Leaves what still runs here to another process, at once. */
  leave(): Promise<void>;
};

/** How long a pending turn belongs to who runs it, in milliseconds; who has not come back by then counts as gone. */
const held = 60_000;
/** After so many runs that ended with the process, or never, the message is not read again. */
const mostTries = 2;
/** Nor after so many runs that have failed here, a minute apart, while the store took notice of it. */
const mostFailures = 30;
/** Turns whose failures are remembered. */
const mostRemembered = 1000;
/** Most conversations taken up in one sweep. */
const sweepSize = 200;

type Key = Pick<Inbound, 'conversationId' | 'activityId'>;
/** A turn that is pending and runs here: `acknowledged` when it, or that it is pending, is stored. */
type Run = { turn: Key; acknowledged: Promise<unknown>; ended: Promise<void> };

const keyOf = ({ conversationId, activityId }: Key): string => `${conversationId}\n${activityId}`;

/**
 * Acknowledges in time: a turn that takes too long is stored as pending and goes on; its answer leaves through the outbox as always. It has
 * one effect, however often it is begun: the commit knows the activity's id.
 */
export function createPendingTurns(deps: PendingDeps): PendingTurns {
  const { takeTurn, outletOf, mask, clock, logger, acknowledgeAfter = 5000 } = deps;
  const { pending } = deps.store;
  const runs = new Map<string, Run>();
  const failures = new RecentMap<string, number>(mostRemembered);
  const fromNow = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds).toISOString();
  const unreadable = createTrouble(logger, 'error', 'PENDING_UNREADABLE', 'pending turns cannot be read');
  const unwritable = createTrouble(logger, 'error', 'PENDING_UNREADABLE', 'pending turns cannot be written');

  /** Stores a turn as pending: what a person wrote only masked. False when it is there already. */
  async function keep(inbound: Inbound, way: Way): Promise<boolean> {
    const { conversationId, activityId, text, value } = inbound;
    const masked = {
      ...inbound,
      text: isMeantAsResumeCode(text) ? hiddenCode : mask(text),
      ...(value === undefined ? {} : { value: mask(value) }),
    };
    const payload: z.infer<typeof Payload> = { channel: 'botframework', inbound: masked, ...way };
    return pending.keep({ conversationId, activityId, payload }, fromNow(0), fromNow(held));
  }

  /** What becomes of a pending turn when its run has ended: it is gone, or waits in the store. Never rejects. */
  async function settle(turn: Key, running: Promise<unknown>, keeping: Promise<boolean>): Promise<void> {
    const failure = await running.then(
      () => null,
      (error: Error) => error,
    );
    const mine = await keeping.catch(() => false);
    try {
      // Else it was left to another process.
      if (!runs.has(keyOf(turn))) return;
      if (failure === null) await pending.remove(turn);
      else if (!mine) return;
      else {
        logger.error({ code: 'TURN_NOT_STORED', reason: failure.name }, 'a pending turn could not be stored');
        await pending.giveBack(turn, fromNow(held));
        failures.set(keyOf(turn), (failures.get(keyOf(turn)) ?? 0) + 1);
      }
      unwritable.ends();
    } catch (error) {
      unwritable.meets(error);
    } finally {
      runs.delete(keyOf(turn));
    }
  }

  function follow(turn: Key, running: Promise<unknown>, keeping: Promise<boolean>): Run {
    const acknowledged = Promise.any([running, keeping]).catch(() => running);
    const run = { turn, acknowledged, ended: settle(turn, running, keeping) };
    runs.set(keyOf(turn), run);
    return run;
  }

  async function take(inbound: Inbound, way: Way): Promise<void> {
    const key = keyOf(inbound);
    if (!runs.has(key)) {
      const running = takeTurn(inbound, outletOf(way));
      if ((await inTime(running, acknowledgeAfter)) !== late) return;
      const { channel } = inbound;
      logger.warn({ code: 'TURN_LATE', channel }, 'a message is acknowledged before its turn is stored');
      if (!runs.has(key)) follow(inbound, running, keep(inbound, way));
    }
    await runs.get(key)?.acknowledged;
  }

  /** Runs the pending turns of a conversation, the oldest first, until one fails or somebody holds the next. */
  async function takeUp(conversationId: string): Promise<void> {
    for (;;) {
      const turn = await pending.take(conversationId, fromNow(0), fromNow(held));
      if (!turn) return;
      const payload = Payload.safeParse(turn.payload).data;
      // Written by a newer version of the program, or by another channel.
      if (!payload) return pending.giveBack(turn, fromNow(held));
      const { inbound, ...way } = payload;
      const givesUp = turn.tries > mostTries || (failures.get(keyOf(turn)) ?? 0) >= mostFailures;
      const running = takeTurn(inbound, { ...outletOf(way), givesUp });
      await follow(turn, running, Promise.resolve(true)).ended;
    }
  }

  return {
    take,
    async sweep() {
      try {
        const busy = new Set([...runs.values()].map(({ turn }) => turn.conversationId));
        for (const id of await pending.waiting(fromNow(0), sweepSize))
          if (!busy.has(id)) takeUp(id).catch(unwritable.meets);
        unreadable.ends();
      } catch (error) {
        unreadable.meets(error);
      }
    },
    async idle() {
      while (runs.size > 0) await Promise.all([...runs.values()].map(({ ended }) => ended));
    },
    async leave() {
      const left = [...runs.values()];
      runs.clear();
      await Promise.all(left.map(({ turn }) => pending.giveBack(turn, fromNow(0)))).catch(unwritable.meets);
    },
  };
}
