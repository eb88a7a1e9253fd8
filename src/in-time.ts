/** What `inTime` gives for work that took too long. */
export const late = Symbol('late');

/** Does something once if some work takes longer than so many milliseconds. What comes of the work is unchanged. */
export function whenLate<T>(work: Promise<T>, milliseconds: number, act: () => void): Promise<T> {
  const timer = setTimeout(act, milliseconds);
  return work.finally(() => clearTimeout(timer));
}

/** What comes of some work, or `late` when it takes longer than so many milliseconds; the work itself goes on. Rejects as the work does. */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}
