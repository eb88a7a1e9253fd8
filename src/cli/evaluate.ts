import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { loadLibrary } from '../library/load-library';
import { loadDetector } from '../nlu/detect-language';
import { buildIndexes, createUnderstand } from '../nlu/understand';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import { calibrate } from './evaluate-calibrate';
import { curve } from './evaluate-curve';
import { calibration, confusions, formatReports, riskCoverage, type Verdict, verdictOf } from './evaluate-report';
import { EvaluationRow, formatTable, scoreRow, summarise } from './evaluate-score';

/** What one message came out as. */
type RowResult = {
  id: string;
  language: string;
  status: string;
  articles: string[];
  /** Topics that are answered or offered as buttons. */
  shown: string[];
  slots: Understanding['answers'];
};

/** The status of a turn, as the vocabulary has it, of a message that opens a fresh conversation. */
export function statusOf(understood: Understanding): string {
  if (understood.crisis !== null) return 'crisis';
  if (understood.personalData.length > 0) return 'privacy';
  if (understood.command === 'human') return 'handoff-offered';
  const { policy } = understood.question;
  if (policy === 'answer') return 'answered';
  if (policy === 'suggest') return 'suggested';
  if (policy !== 'none') return policy.replace('refuse', 'refused');
  if (understood.language.explicit) return 'language-changed';
  if (understood.command === 'greeting') return 'greeted';
  if (understood.command === 'thanks') return 'closed';
  return 'asked';
}

/**
 * Scores understanding on question files (`evaluate FILE.jsonl [--json]`) with the topics taken for others, the calibration
 * and the risk by coverage; fits the weights of the confidence anew (`--calibrate`); or draws the curve of phrasings
 * (`--curve`). Returns the exit status: 2 = wrong usage.
 */
export async function main(argv: string[], _stdin: Readable, stdout: Writable): Promise<number> {
  if (argv.includes('--calibrate')) return calibrate(stdout);
  if (argv.includes('--curve')) return curve(stdout);
  const files = argv.filter((argument) => !argument.startsWith('--'));
  if (files.length === 0) {
    stdout.write('usage: evaluate FILE.jsonl… [--json] | evaluate --calibrate | evaluate --curve\n');
    return 2;
  }
  const rows: EvaluationRow[] = [];
  for (const file of files) {
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      try {
        rows.push(EvaluationRow.parse(JSON.parse(line)));
      } catch {
        stdout.write(`${file}:${index + 1}: not a question row\n`);
        return 1;
      }
    }
  }
  const library = loadLibrary();
  await loadDetector();
  const understand = createUnderstand(library, buildIndexes(library));
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
  const context: UnderstandingContext = { language: null, today, asked: null, offered: [], profile: {}, topic: null };
  const verdicts: Verdict[] = [];
  const results = rows.map((row): RowResult => {
    const understood = understand(row.text, context);
    const verdict = verdictOf(row, understood.ranked[0]);
    if (verdict) verdicts.push(verdict);
    return {
      id: row.id,
      language: understood.language.detected ?? understood.language.code,
      status: statusOf(understood),
      articles: understood.ranked.map(({ topic }) => topic),
      shown: understood.question.answers ?? understood.question.topics,
      slots: understood.answers,
    };
  });
  const summary = summarise(rows.map((row, index) => scoreRow(row, results[index] as RowResult)));
  const reports = {
    confusions: confusions(verdicts),
    calibration: calibration(verdicts),
    riskCoverage: riskCoverage(verdicts),
  };
  stdout.write(
    argv.includes('--json')
      ? `${JSON.stringify({ summary, rows: results, ...reports })}\n`
      : `${formatTable(summary)}\n\n${formatReports(verdicts)}\n`,
  );
  return 0;
}
