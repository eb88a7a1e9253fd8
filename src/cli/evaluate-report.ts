import type { EvaluationRow } from './evaluate-score';
import { asTable } from './table';

/** What the reports need of one in-scope message: what was wanted, what came out, and how sure it was. */
export type Verdict = { language: string; topic: string; right: boolean; first: string; sure: number };

/** A row as the reports see it; null out of scope, where no topic is right. */
export function verdictOf(
  row: EvaluationRow,
  first: { topic: string; probability: number } | undefined,
): Verdict | null {
  if (row.scope !== 'in') return null;
  const right = first !== undefined && [row.topic, ...row.also].includes(first.topic);
  return { language: row.lang, topic: row.topic, right, first: first?.topic ?? '-', sure: first?.probability ?? 0 };
}

/** Which topic was taken for which other, most often first. */
export function confusions(
  verdicts: readonly Verdict[],
): { topic: string; taken: string; times: number; languages: string }[] {
  const found = new Map<string, { topic: string; taken: string; times: number; in: Set<string> }>();
  for (const { topic, first, right, language } of verdicts) {
    if (right) continue;
    const entry = found.get(`${topic} ${first}`) ?? { topic, taken: first, times: 0, in: new Set() };
    entry.times += 1;
    entry.in.add(language);
    found.set(`${topic} ${first}`, entry);
  }
  return [...found.values()]
    .sort((a, b) => b.times - a.times)
    .map(({ topic, taken, times, in: languages }) => ({ topic, taken, times, languages: [...languages].join(' ') }));
}

const bins = 5;

/** How often the best topic is right where the ranking says a probability: by fifths, with the mean of what it said. */
export function calibration(
  verdicts: readonly Verdict[],
): { from: number; rows: number; said: number; right: number }[] {
  return Array.from({ length: bins }, (_, bin) => {
    const inside = verdicts.filter(({ sure }) => Math.min(bins - 1, Math.floor(sure * bins)) === bin);
    const mean = (value: (verdict: Verdict) => number) =>
      inside.length === 0 ? 0 : inside.reduce((sum, verdict) => sum + value(verdict), 0) / inside.length;
    return {
      from: bin / bins,
      rows: inside.length,
      said: mean(({ sure }) => sure),
      right: mean(({ right }) => Number(right)),
    };
  });
}

/**
 * Share of wrong answers (risk) when only the surest part (coverage) is answered, in tenths, and the area under that
 * curve: 0 when every wrong one is less sure than every right one and none is wrong.
 */
export function riskCoverage(verdicts: readonly Verdict[]): {
  points: { coverage: number; risk: number }[];
  area: number;
} {
  const sorted = [...verdicts].sort((a, b) => b.sure - a.sure);
  let wrong = 0;
  let area = 0;
  const risks = sorted.map(({ right }, index) => {
    if (!right) wrong += 1;
    area += wrong / (index + 1) / sorted.length;
    return wrong / (index + 1);
  });
  const points = Array.from({ length: 10 }, (_, tenth) => (tenth + 1) / 10).map((coverage) => ({
    coverage,
    risk: risks[Math.max(0, Math.round(coverage * sorted.length) - 1)] ?? 0,
  }));
  return { points, area };
}

const percent = (share: number): string => (share * 100).toFixed(1);

/** The three reports as text. */
export function formatReports(verdicts: readonly Verdict[]): string {
  const wrong = confusions(verdicts);
  const { points, area } = riskCoverage(verdicts);
  return [
    'taken for another topic',
    asTable([['topic', 'taken for', 'times', 'languages'], ...wrong.map((row) => Object.values(row))]),
    '',
    'calibration: probability said, and share that was right',
    asTable([
      ['from', 'rows', 'said', 'right'],
      ...calibration(verdicts).map(({ from, rows, said, right }) => [from, rows, percent(said), percent(right)]),
    ]),
    '',
    `risk and coverage (area ${area.toFixed(3)})`,
    asTable([
      ['answered', ...points.map(({ coverage }) => percent(coverage))],
      ['wrong', ...points.map(({ risk }) => percent(risk))],
    ]),
  ].join('\n');
}
