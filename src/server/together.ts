/** Most requests that go on at once: the first of them is answered when all of them have come so far. */
const most = 32;

/**
 * Makes a wait that ends at once for all who come in the same round of the event loop. Requests that are served step by step beside
 * each other, instead of one after the other, find code and data of each step still in the processor's caches: under load a turn takes half
 * the time (`docs/measurements.md`).
 */
export function createTogether(): () => Promise<void> {
  let round: Promise<void> | undefined;
  let waiting = 0;
  return () => {
    if (round === undefined || waiting === most) {
      const mine = new Promise<void>((resolve) => {
        setImmediate(() => {
          if (round === mine) round = undefined;
          resolve();
        });
      });
      round = mine;
      waiting = 0;
    }
    waiting += 1;
    return round;
  };
}
