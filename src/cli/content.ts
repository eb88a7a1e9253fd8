import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayInParis } from '../conversation/paris-day';
import { findRuleConflicts } from '../domain/rule-conflicts';
import { crossCheck, type Problem } from '../library/cross-check';
import { libraryFiles, loadLibrary } from '../library/load-library';
import { projectRoot } from '../library/project-root';
import { ContentError } from '../library/read-files';

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
    const conflicts = findRuleConflicts(library.rulebook).map(
      (text): Problem => ({ file: 'content/rules', level: 'error', text }),
    );
    return [...crossCheck(library, typedTexts(), today), ...conflicts];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return [{ file: `${error.file}:${error.line}`, level: 'error', text: error.problem }];
  }
}

/** `npm run content [-- --release]`: exit status 1 on an error, with `--release` also on a warning. */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const problems = examineContent(dayInParis(new Date()));
  for (const { file, level, text } of problems) output.write(`${file}: ${level}: ${text}\n`);
  const errors = problems.filter(({ level }) => level === 'error').length;
  output.write(`${errors} errors, ${problems.length - errors} warnings\n`);
  return errors > 0 || (args.includes('--release') && problems.length > 0) ? 1 : 0;
}
