import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayInParis } from '../conversation/paris-day';
import { crossCheck, type Problem } from '../library/cross-check';
import { libraryFiles, loadLibrary } from '../library/load-library';
import { loadRulebook } from '../library/load-rulebook';
import { projectRoot } from '../library/project-root';
import { ContentError } from '../library/read-files';
import { contentDiff } from './content-diff';
import { examineRules } from './examine-rules';
import { ruleTable } from './rule-table';

/** The texts as editors typed them: every content and locale file but the contacts. */
const typedTexts = () =>
  libraryFiles(projectRoot)
    .filter(
      (file) =>
        file !== 'content/contacts.yaml' &&
        !file.startsWith('content/lexicon/') &&
        !file.startsWith('content/redirects/'),
    )
    .map((file) => ({
      file,
      language: '',
      key: file,
      text: readFileSync(join(projectRoot, file), 'utf8').replace(/^phrasings:[\s\S]*?^---$/m, ''),
    }));

/** Every problem of the content in the working tree. A file that cannot be read is the only problem reported. */
export function examineContent(today: string): Problem[] {
  try {
    const library = loadLibrary(projectRoot);
    return [...crossCheck(library, typedTexts(), today), ...examineRules(library.rulebook, projectRoot)];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return [{ file: `${error.file}:${error.line}`, level: 'error', text: error.problem }];
  }
}

/** Where the table of rules is written. */
export const tableFile = join(projectRoot, 'docs', 'rules.md');

/**
 * `npm run content [-- --release]`: exit status 1 on an error, with `--release` also on a warning.
 * `--table` writes docs/rules.md; `--diff REV` lists which profiles get another outcome or other documents since a git revision.
 */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  if (args.includes('--table')) {
    writeFileSync(tableFile, ruleTable(loadRulebook(join(projectRoot, 'content')).rulebook));
    output.write('written: docs/rules.md\n');
    return 0;
  }
  if (args.includes('--diff')) {
    const revision = args[args.indexOf('--diff') + 1];
    if (!revision) throw new Error('--diff needs a git revision: npm run content -- --diff HEAD~1');
    const { rulebook } = loadRulebook(join(projectRoot, 'content'));
    for (const line of contentDiff(projectRoot, revision, rulebook)) output.write(`${line}\n`);
    return 0;
  }
  const problems = examineContent(dayInParis(new Date()));
  for (const { file, level, text } of problems) output.write(`${file}: ${level}: ${text}\n`);
  const errors = problems.filter(({ level }) => level === 'error').length;
  output.write(`${errors} errors, ${problems.length - errors} warnings\n`);
  return errors > 0 || (args.includes('--release') && problems.length > 0) ? 1 : 0;
}
