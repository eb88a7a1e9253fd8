import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decide } from '../domain/decide';
import type { RuleBook } from '../domain/rulebook';
import { type Sample, walkSample } from '../domain/sample-profiles';
import { loadRulebook } from '../library/load-rulebook';
import { ContentError } from '../library/read-files';
import { personas } from './personas';

/** Interviews of the sample that are compared. */
const compared = 10_000;
/** What decides: rules, documents, journey, figures, sources; not the articles. */
const needed = /^content\/(rules\/)?[^/]+\.yaml$/;

/** The rule book of a git revision. Throws with a sentence when git knows no such revision or today's schema cannot read it. */
export function rulebookAt(root: string, revision: string): RuleBook {
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      const said = (error as { stderr?: string }).stderr?.split('\n')[0] ?? '';
      throw new Error(`git cannot show ${revision}: ${said}`, { cause: error });
    }
  };
  if (revision.startsWith('-')) throw new Error(`not a revision: ${revision}`);
  const directory = mkdtempSync(join(tmpdir(), 'guichet-content-'));
  try {
    for (const file of git('ls-tree', '-r', '--name-only', revision, 'content').trim().split('\n')) {
      if (!needed.test(file)) continue;
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), git('show', `${revision}:${file}`));
    }
    return loadRulebook(join(directory, 'content')).rulebook;
  } catch (error) {
    if (error instanceof ContentError)
      throw new Error(`the content of ${revision} does not fit the schema of today: ${error.message}`, {
        cause: error,
      });
    if ((error as { code?: string }).code === 'ENOENT')
      throw new Error(`the content of ${revision} lacks a file: ${(error as Error).message}`, { cause: error });
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One way in which verdicts changed, with those whom it changed for. */
export type Change = { from: string; to: string; samples: Sample[] };

function verdictOf({ profile, today }: Sample, book: RuleBook): { outcome: string; papers: string[] } {
  const { outcome, asks } = decide(profile, book, today);
  if (!outcome) return { outcome: `asks ${asks}`, papers: [] };
  const { id, wait, sendTo, adviser, documents } = outcome;
  const waits = wait ? `, wait ${wait.until ?? `${wait.months} months`}` : '';
  return {
    outcome: `${id}${waits}, to ${sendTo}${adviser ? ', adviser' : ''}`,
    papers: documents.map((item) => (item.level === 'required' ? item.id : `${item.id} (useful)`)),
  };
}

/** Which of the samples get another outcome or other documents, those with the same change together, the most frequent first. */
export function compareRulebooks(before: RuleBook, after: RuleBook, samples: Iterable<Sample>): Change[] {
  const changes = new Map<string, Change>();
  for (const sample of samples) {
    const [old, now] = [verdictOf(sample, before), verdictOf(sample, after)];
    const gone = old.papers.filter((id) => !now.papers.includes(id)).map((id) => `−${id}`);
    const come = now.papers.filter((id) => !old.papers.includes(id)).map((id) => `+${id}`);
    const papers = old.outcome.startsWith('asks') || now.outcome.startsWith('asks') ? [] : [...gone, ...come];
    if (old.outcome === now.outcome && papers.length === 0) continue;
    const to = [now.outcome === old.outcome ? 'same outcome' : now.outcome, ...papers].join(' ');
    const key = `${old.outcome} → ${to}`;
    const change = changes.get(key) ?? { from: old.outcome, to, samples: [] };
    change.samples.push(sample);
    changes.set(key, change);
  }
  return [...changes.values()].sort((a, b) => b.samples.length - a.samples.length);
}

/** `--diff REV`: one line for each change, with how many it concerns, the personas by name, and an example. */
export function contentDiff(root: string, revision: string, now: RuleBook): string[] {
  const samples = [...personas(root), ...walkSample(now, compared)];
  const changes = compareRulebooks(rulebookAt(root, revision), now, samples);
  const concerned = changes.reduce((sum, change) => sum + change.samples.length, 0);
  return [
    ...changes.map(({ from, to, samples: those }) => {
      const named = those.map(({ id }) => id).filter((id) => !id.startsWith('walk '));
      const who = [`${those.length} profiles`, ...named].join(', ');
      return `${from} → ${to} (${who}), for example ${JSON.stringify(those[0]?.profile)}`;
    }),
    `${concerned} of ${samples.length} profiles change since ${revision}`,
  ];
}
