import type { Outcome } from '../domain/outcome';
import type { Expectation } from './story';

/** What a turn gave, as the stories look at it and as `--trace` prints it. */
export type TurnTrace = {
  text: string;
  language: string;
  status: string;
  asks: string | null;
  articles: string[];
  profile: Record<string, unknown>;
  outcome: Outcome | null;
  handoff: 'none' | 'offered' | 'waiting' | 'active';
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** True when a value is the expected one, or one of the expected ones; null = absent. */
function fits(actual: unknown, expected: unknown): boolean {
  const value = actual ?? null;
  if (Array.isArray(expected)) {
    return (
      expected.some((one) => fits(value, one)) ||
      (Array.isArray(value) && same([...value].sort(), [...expected].sort()))
    );
  }
  if (Array.isArray(value)) return value.includes(expected);
  if (expected !== null && typeof expected === 'object' && value !== null && typeof value === 'object') {
    return Object.entries(expected).every(([key, one]) => fits((value as Record<string, unknown>)[key], one));
  }
  return same(value, expected);
}

const listed = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

/** Everything that does not hold, one line each; empty when all does. */
export function unmet(expectation: Expectation, trace: TurnTrace): string[] {
  const lines: string[] = [];
  const check = (key: string, actual: unknown, expected: unknown) => {
    if (!fits(actual, expected))
      lines.push(`${key}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual ?? null)}`);
  };
  const simple = { language: trace.language, asks: trace.asks, status: trace.status, handoff: trace.handoff };
  for (const [key, actual] of Object.entries(simple)) {
    const expected = expectation[key as keyof Expectation];
    if (expected !== undefined) check(key, actual, expected);
  }
  for (const [slot, expected] of Object.entries(expectation.profile ?? {}))
    check(`profile.${slot}`, trace.profile[slot], expected);
  if (expectation.articles && !expectation.articles.some((topic) => trace.articles.includes(topic))) {
    lines.push(
      `articles: expected one of ${JSON.stringify(expectation.articles)}, got ${JSON.stringify(trace.articles)}`,
    );
  }
  const { outcome } = trace;
  const verdict = { outcome: outcome?.id, wait: outcome?.wait, adviser: outcome?.adviser };
  for (const [key, actual] of Object.entries(verdict)) {
    const expected = expectation[key as keyof Expectation];
    if (expected === undefined) continue;
    if (outcome === null) lines.push(`${key}: no verdict stands`);
    else check(key, actual, expected);
  }
  const ids = (items: { id: string }[] | undefined): string[] => (items ?? []).map(({ id }) => id);
  const presence: [string, string[] | undefined, string[], boolean][] = [
    ['documents', expectation.documents, ids(outcome?.documents), true],
    ['noDocuments', expectation.noDocuments, ids(outcome?.documents), false],
    ['contacts', expectation.contacts, ids(outcome?.contacts), true],
  ];
  for (const [key, expected, actual, wanted] of presence) {
    if (expected === undefined) continue;
    const wrong = outcome === null ? ['no verdict stands'] : expected.filter((id) => actual.includes(id) !== wanted);
    if (wrong.length > 0) lines.push(`${key}: ${wanted ? 'missing' : 'present'} ${wrong.join(', ')}`);
  }
  const texts = [trace.text, trace.text.replaceAll('\u00a0', ' ')];
  const found = (pattern: string) => texts.some((text) => new RegExp(pattern, 'iu').test(text));
  for (const pattern of listed(expectation.says)) if (!found(pattern)) lines.push(`says: nothing matches /${pattern}/`);
  for (const pattern of listed(expectation.neverSays))
    if (found(pattern)) lines.push(`neverSays: /${pattern}/ matches`);
  return lines;
}
