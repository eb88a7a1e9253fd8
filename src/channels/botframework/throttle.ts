import { RecentMap } from '../../recent-map';

/** A bucket that holds `capacity` messages and fills again by `perSecond`: at most `capacity + perSecond × t` in t seconds. */
type Bucket = { capacity: number; perSecond: number };

/**
 * What a channel takes. Teams, of one bot in one conversation: 7 messages in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in 3,600 s; of one app:
 * 50 in 1 s (learn.microsoft.com, "Optimize your bot with rate limiting"). Two buckets stay below all four windows.
 */
const limits: Record<string, { conversation: Bucket[]; all: Bucket[] }> = {
  msteams: {
    conversation: [
      { capacity: 6, perSecond: 1 },
      { capacity: 60, perSecond: 0.48 },
    ],
    all: [{ capacity: 25, perSecond: 25 }],
  },
};

/** Takes one message out of the allowance of a conversation: 0 = go ahead, else milliseconds to wait, and nothing is taken. */
export type Throttle = (channel: string, conversationId: string, now: number) => number;

/** Most conversations that are remembered; those that were silent longest are forgotten first. */
const mostRemembered = 10_000;

/** Remembers in memory how full the buckets are: each instance for itself, what is too much together the channel answers with 429. */
export function createThrottle(): Throttle {
  const kept = new RecentMap<string, { levels: number[]; at: number }>(mostRemembered);

  function filled(key: string, buckets: Bucket[], now: number): number[] {
    const before = kept.get(key);
    return buckets.map(({ capacity, perSecond }, index) => {
      if (!before) return capacity;
      return Math.min(capacity, (before.levels[index] ?? 0) + (Math.max(0, now - before.at) / 1000) * perSecond);
    });
  }

  return (channel, conversationId, now) => {
    // Ids of channels come from outside: "constructor" is no key of ours.
    const limit = Object.hasOwn(limits, channel) ? limits[channel] : undefined;
    if (!limit) return 0;
    const parts = [
      { key: conversationId, buckets: limit.conversation },
      { key: channel, buckets: limit.all },
    ].map((part) => ({ ...part, levels: filled(part.key, part.buckets, now) }));
    const waits = parts.flatMap(({ buckets, levels }) =>
      buckets.map(({ perSecond }, index) => Math.max(0, 1 - (levels[index] as number)) / perSecond),
    );
    const wait = Math.ceil(Math.max(...waits) * 1000);
    if (wait > 0) return wait;
    for (const { key, levels } of parts) kept.set(key, { levels: levels.map((level) => level - 1), at: now });
    return 0;
  };
}
