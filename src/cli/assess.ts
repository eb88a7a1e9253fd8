import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { dayInParis } from '../conversation/paris-day';
import { decide } from '../domain/decide';
import type { Outcome } from '../domain/outcome';
import { IsoDate, Profile } from '../domain/profile';
import type { RuleBook } from '../domain/rulebook';
import { loadRulebook } from '../library/load-rulebook';
import { projectRoot } from '../library/project-root';

/** One line of input. Other keys (an `expect` of the persona files) are allowed and ignored. */
const Line = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  today: IsoDate.optional(),
  profile: Profile,
});

/** The keys of an outcome that the vocabulary names, in its order. */
const publicKeys = [
  'id',
  'wait',
  'basis',
  'form',
  'sendTo',
  'adviser',
  'certainty',
  'then',
  'documents',
  'contacts',
  'articles',
  'sources',
] as const satisfies readonly (keyof Outcome)[];

const publish = (outcome: Outcome) =>
  Object.fromEntries(publicKeys.flatMap((key) => (outcome[key] === undefined ? [] : [[key, outcome[key]]])));

/** The answer to one line: a verdict, the slot to ask, or what is wrong with the line. */
export type Assessment =
  | { id?: string | number; outcome: Partial<Outcome> | null; asks: string | null }
  | { line: number; error: string };

/** Assesses one line of JSON; `today` (ISO day) stands for a line that names none. Never throws for what the line says. */
export function assessLine(text: string, number: number, book: RuleBook, today: string): Assessment {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { line: number, error: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = Line.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`);
    return { line: number, error: problems.join('; ') };
  }
  const { id, profile } = parsed.data;
  const { outcome, asks } = decide(profile, book, parsed.data.today ?? today);
  return { ...(id === undefined ? {} : { id }), outcome: outcome && publish(outcome), asks };
}

/** Assesses every line that is not blank; lines are numbered from 1, blank ones counted. */
export async function* assess(
  lines: AsyncIterable<string> | Iterable<string>,
  book: RuleBook,
  today: string,
): AsyncGenerator<Assessment> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') yield assessLine(line, number, book, today);
  }
}

/** `npm run --silent assess < profiles.jsonl`: one JSON line out for each in; exit status 1 when a line was bad. */
export async function main(
  _argv: string[],
  stdin: NodeJS.ReadableStream,
  stdout: NodeJS.WritableStream,
  content: string = join(projectRoot, 'content'),
): Promise<number> {
  const { rulebook } = loadRulebook(content);
  const today = dayInParis(new Date());
  let status = 0;
  const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const answer of assess(lines, rulebook, today)) {
    if ('error' in answer) status = 1;
    stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return status;
}

if (require.main === module) {
  void main(process.argv.slice(2), process.stdin, process.stdout).then((status) => {
    process.exitCode = status;
  });
}
