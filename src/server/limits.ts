import type { Clock } from '../conversation/ports';

export type LimiterOptions = {
  /** Calls allowed in a minute, on average and at once; 0 turns the limit off. */
  perMinute: number;
  clock: Clock;
  /** Most keys remembered; the oldest are forgotten first. Default 10,000. */
  mostKeys?: number;
};

/** Takes one call for a key: 0 = go ahead, else seconds to wait. */
export type Limiter = (key: string) => number;

/** A token bucket for each key, in memory only. */
export function createLimiter({ perMinute, clock, mostKeys = 10_000 }: LimiterOptions): Limiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return (key) => {
    if (perMinute <= 0) return 0;
    const now = clock.now().getTime();
    const bucket = buckets.get(key) ?? { left: perMinute, at: now };
    const left = Math.min(perMinute, bucket.left + (Math.max(0, now - bucket.at) / 60_000) * perMinute);
    buckets.delete(key);
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
    if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value as string);
    return left >= 1 ? 0 : Math.ceil(((1 - left) * 60) / perMinute);
  };
}
