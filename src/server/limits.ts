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

/** Remembers for each key, in memory only, when its allowance will be whole again. */
export function createLimiter({ perMinute, clock, mostKeys = 10_000 }: LimiterOptions): Limiter {
  const wholeAt = new Map<string, number>();
  const step = 60_000 / perMinute;
  return (key) => {
    if (perMinute <= 0) return 0;
    const now = clock.now().getTime();
    const whole = Math.min(Math.max(wholeAt.get(key) ?? now, now), now + 60_000);
    const wait = whole + step - (now + 60_000);
    if (wait > 0) return Math.ceil(wait / 1000);
    wholeAt.delete(key);
    wholeAt.set(key, whole + step);
    if (wholeAt.size > mostKeys) wholeAt.delete(wholeAt.keys().next().value as string);
    return 0;
  };
}
