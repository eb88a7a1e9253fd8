/** What one step of a suite has seen: what is wrong, one line each, and numbers for the result. Kept as JSON between two runs. */
export type Report = { wrong: string[] } & Record<string, unknown>;

/** A suite that is set up: takes its steps in order, any of them first. */
export type Course = {
  /** `number` counts from 0; `random` is the same each time for the same seed and number. */
  step(number: number, random: () => number): Promise<Report>;
  close(): Promise<void>;
};

/** A long proof. Each step stands alone, so that a run that was interrupted goes on with the next one. */
export type Suite = {
  /** What is done, in a few words: `{steps}` is replaced by their number. */
  what: string;
  /** How many steps make the proof, and how many of them run in `npm test`. */
  steps: { full: number; small: number };
  open(size: 'full' | 'small'): Promise<Course>;
  /** The result in one line, and what is wrong with all of it together. */
  judge(reports: Report[]): { result: string; wrong: string[] };
};

/** Takes the steps from `from` on up to `to`; `done` hears each report. */
export async function takeSteps(
  suite: Suite,
  size: 'full' | 'small',
  { seed, from = 0, to }: { seed: number; from?: number; to: number },
  done: (report: Report, number: number) => void,
): Promise<void> {
  const course = await suite.open(size);
  try {
    for (let number = from; number < to; number += 1) done(await course.step(number, seeded(seed + number)), number);
  } finally {
    await course.close();
  }
}

/** Numbers in [0, 1) that are the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every line that is wrong, with the number of the report. */
export const allWrong = (reports: Report[]): string[] =>
  reports.flatMap(({ wrong }, number) => wrong.map((line) => `${number}: ${line}`));

/** Sum of a number that every report has. */
export const sum = (reports: Report[], name: string): number =>
  reports.reduce((total, report) => total + Number(report[name] ?? 0), 0);

/** The value below which `share` of the values lie; 0 of nothing. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
