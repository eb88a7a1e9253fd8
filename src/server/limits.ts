import type { Clock } from '../conversation/ports';
import type { Reply } from '../conversation/reply';
import { RecentMap } from '../recent-map';

export type LimiterOptions = {
  /** Calls allowed in a minute on average; 0 turns the limit off. */
  perMinute: number;
  /** Calls allowed at once. Default: as many as in a minute. */
  burst?: number;
  clock: Clock;
  /** Most keys remembered; the oldest are forgotten first. Default 10,000. */
  mostKeys?: number;
};

/** Takes one call for a key: 0 = go ahead, else seconds to wait. */
export type Limiter = (key: string) => number;

/** Remembers for each key, in memory only, when its allowance will be whole again. */
export function createLimiter({ perMinute, burst = perMinute, clock, mostKeys = 10_000 }: LimiterOptions): Limiter {
  const wholeAt = new RecentMap<string, number>(mostKeys);
  const step = 60_000 / perMinute;
  const span = step * burst;
  return (key) => {
    if (perMinute <= 0) return 0;
    const now = clock.now().getTime();
    const whole = Math.min(Math.max(wholeAt.get(key) ?? now, now), now + span);
    const wait = whole + step - (now + span);
    if (wait > 0) return Math.ceil(wait / 1000);
    wholeAt.set(key, whole + step);
    return 0;
  };
}

/** Why no turn is taken: the person (or somebody at the same address) writes too fast; the conversation has become too long. */
export type SlowReason = 'fast' | 'long';

export type SlowDownOptions = {
  clock: Clock;
  /** The polite answer, in the language of the page when its locale is known. */
  reply(reason: SlowReason, locale: string | undefined): Reply;
  /** Messages of one conversation in ten seconds. Default 30. */
  perConversation?: number;
  /** Messages from one address in a minute. Default 300. */
  perAddress?: number;
  /** Messages that one conversation may hold, counted in memory. Default 1,000. */
  mostTurns?: number;
};

/** Most conversations whose messages are counted; those that have been silent longest are forgotten first. */
const mostCounted = 50_000;

/** Decides before each message whether a turn is taken (null) or only a polite answer is given. */
export function createSlowDown(options: SlowDownOptions) {
  const { clock, reply, perConversation = 30, perAddress = 300, mostTurns = 1000 } = options;
  const conversations = createLimiter({ perMinute: perConversation * 6, burst: perConversation, clock });
  const addresses = createLimiter({ perMinute: perAddress, clock });
  const turns = new RecentMap<string, number>(mostCounted);
  return (conversationId: string, address: string, locale?: string): Reply | null => {
    const taken = turns.get(conversationId) ?? 0;
    if (taken >= mostTurns) return reply('long', locale);
    if (conversations(conversationId) > 0 || addresses(address) > 0) return reply('fast', locale);
    turns.set(conversationId, taken + 1);
    return null;
  };
}

/** PDFs per minute for one address: many people may share it. */
const pdfsPerMinute = 60;
/** New conversations per minute from one address. */
const conversationsPerMinute = 30;
/** Calls other than messages per minute with one token: two windows that ask five times a second need half of it. */
const callsPerMinute = 1200;

/** Every limit of the program, counted in this process. */
export function openLimits({
  perAddress,
  clock,
  reply,
}: Pick<SlowDownOptions, 'clock' | 'reply'> & { perAddress: number }) {
  return {
    pdfs: createLimiter({ perMinute: pdfsPerMinute, clock }),
    conversations: createLimiter({ perMinute: conversationsPerMinute, clock }),
    calls: createLimiter({ perMinute: callsPerMinute, clock }),
    pageMessages: createSlowDown({ clock, reply, perAddress }),
    /** A conversation of a channel is never over: there is no new page to open. */
    channelMessages: createSlowDown({ clock, reply, perAddress, mostTurns: Number.POSITIVE_INFINITY }),
  };
}
