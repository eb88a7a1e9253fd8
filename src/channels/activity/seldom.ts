import type { Clock } from '../../conversation/ports';
import { RecentMap } from '../../recent-map';

/** Milliseconds between two answers without a turn to one conversation: who writes too fast is told so, not flooded in turn. */
export const asidePause = 10_000;

const mostKeys = 10_000;

/** True at most once in so many milliseconds for each key. Remembered in memory only. */
export function createSeldom(milliseconds: number, clock: Clock): (key: string) => boolean {
  const last = new RecentMap<string, number>(mostKeys);
  return (key) => {
    const now = clock.now().getTime();
    if (Math.abs(now - (last.get(key) ?? Number.NEGATIVE_INFINITY)) < milliseconds) return false;
    last.set(key, now);
    return true;
  };
}
