import { z } from 'zod';
import { asTable } from './table';

/** One row of a question file (format: the evaluation notes of the topics page). */
export const EvaluationRow = z.looseObject({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  topic: z.string(),
  also: z.array(z.string()).default([]),
  profile: z.record(z.string(), z.unknown()).default({}),
  scope: z.enum(['in', 'near', 'out']),
});
export type EvaluationRow = z.infer<typeof EvaluationRow>;

type Result = {
  language: string;
  status: string;
  articles: string[];
  shown?: string[];
  slots: Record<string, unknown>;
};
type Score = { lang: string; scope: string; topic: string; counts: Record<string, number> };
/**
 * Figures of one group of rows; shares between 0 and 1, null where there is nothing to count. `resolved`: the right article
 * answered or among the buttons, a person, or the interview; `answeredWrong`: of all in scope, answered with another article.
 */
export type Figures = Record<
  | 'language'
  | 'top1'
  | 'top3'
  | 'resolved'
  | 'answeredRight'
  | 'answeredWrong'
  | 'refusedRight'
  | 'refusedWrong'
  | 'crisis'
  | 'falseCrisis'
  | 'personalData'
  | 'falsePersonalData'
  | 'slotPrecision'
  | 'slotRecall',
  number | null
> & { rows: number };

/** Slots that the question files annotate; others cannot be judged by them. */
const annotated = new Set(['nationality', 'activity', 'permit', 'months', 'joining', 'protection']);

/** Counts of one row. A `*` of the file means some value other than `none`. */
export function scoreRow(row: EvaluationRow, result: Result): Score {
  const counts: Record<string, number> = { rows: 1, language: result.language === row.lang ? 1 : 0 };
  const right = new Set([row.topic, ...row.also]);
  const isCrisis = row.topic.startsWith('crisis-') || row.also.some((topic) => topic.startsWith('crisis-'));
  const add = (name: string, value: boolean) => {
    counts[`${name}Of`] = (counts[`${name}Of`] ?? 0) + 1;
    counts[name] = (counts[name] ?? 0) + (value ? 1 : 0);
  };
  if (row.scope === 'in') {
    add('top1', right.has(result.articles[0] ?? ''));
    add(
      'top3',
      result.articles.some((topic) => right.has(topic)),
    );
    add('refusedWrong', result.status.startsWith('refused'));
    const first = right.has(result.articles[0] ?? '');
    const shown = (result.shown ?? []).some((topic) => right.has(topic));
    // A wish for a person, and facts that the interview goes on from, need no article.
    add('resolved', shown || result.status === 'handoff-offered' || result.status === 'asked');
    if (result.status === 'answered') add('answeredRight', first);
    add('answeredWrong', result.status === 'answered' && !first);
  } else add('refusedRight', result.status !== 'answered');
  if (row.topic.startsWith('crisis-')) add('crisis', result.status === 'crisis');
  else if (!isCrisis) add('falseCrisis', result.status === 'crisis');
  if (row.topic === 'out-personal-data') add('personalData', result.status === 'privacy');
  else add('falsePersonalData', result.status === 'privacy');
  for (const [slot, value] of Object.entries(row.profile)) add('recall', slotMatches(value, result.slots[slot]));
  for (const [slot, value] of Object.entries(result.slots)) {
    if (annotated.has(slot)) add('precision', slot in row.profile && slotMatches(row.profile[slot], value));
  }
  return { lang: row.lang, scope: row.scope, topic: row.topic, counts };
}

/** Kinds of work that the question files, older than these values, call `employee`. */
const kindsOfWork = new Set<unknown>(['farm', 'posted', 'frontier', 'remoteForeignEmployer', 'languageAssistant']);

function slotMatches(expected: unknown, found: unknown): boolean {
  if (found === undefined) return false;
  if (expected === 'employee' && kindsOfWork.has(found)) return true;
  return expected === '*' ? found !== 'none' : JSON.stringify(expected) === JSON.stringify(found);
}

/** Figures of all rows, of each language, and of each language and scope. */
export function summarise(scores: readonly Score[]): Record<string, Figures> {
  const groups = new Map<string, Record<string, number>>();
  for (const { lang, scope, counts } of scores) {
    for (const group of ['all', lang, `${lang} ${scope}`]) {
      const sums = groups.get(group) ?? {};
      for (const [name, value] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + value;
      groups.set(group, sums);
    }
  }
  const share = (sums: Record<string, number>, name: string, of = `${name}Of`): number | null =>
    sums[of] ? Math.round(((sums[name] ?? 0) / (sums[of] ?? 1)) * 1000) / 1000 : null;
  return Object.fromEntries(
    [...groups.entries()].map(([group, sums]): [string, Figures] => [
      group,
      {
        rows: sums.rows ?? 0,
        language: share(sums, 'language', 'rows'),
        top1: share(sums, 'top1'),
        top3: share(sums, 'top3'),
        resolved: share(sums, 'resolved'),
        answeredRight: share(sums, 'answeredRight'),
        answeredWrong: share(sums, 'answeredWrong'),
        refusedRight: share(sums, 'refusedRight'),
        refusedWrong: share(sums, 'refusedWrong'),
        crisis: share(sums, 'crisis'),
        falseCrisis: share(sums, 'falseCrisis'),
        personalData: share(sums, 'personalData'),
        falsePersonalData: share(sums, 'falsePersonalData'),
        slotPrecision: share(sums, 'precision'),
        slotRecall: share(sums, 'recall'),
      },
    ]),
  );
}

/** The summary as a plain-text table, percentages without sign. */
export function formatTable(summary: Record<string, Figures>): string {
  const names = Object.keys(Object.values(summary)[0] ?? {}) as (keyof Figures)[];
  const cell = (name: keyof Figures, value: number | null): string =>
    value === null ? '-' : name === 'rows' ? String(value) : (value * 100).toFixed(1);
  const header = ['group', ...names];
  const lines = Object.entries(summary).map(([group, figures]) => [
    group,
    ...names.map((name) => cell(name, figures[name])),
  ]);
  return asTable([header, ...lines]);
}
