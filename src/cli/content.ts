import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayInParis } from '../conversation/paris-day';
import { crossCheck, type Problem } from '../library/cross-check';
import { libraryFiles, loadLibrary } from '../library/load-library';
import { loadRulebook } from '../library/load-rulebook';
import { projectRoot } from '../library/project-root';
import { readPieces, sourceLanguage, writeStamps } from '../library/raw-texts';
import { ContentError } from '../library/read-files';
import { checkTranslations, coverage } from '../library/translations';
import { contentDiff } from './content-diff';
import { showMissed } from './content-missed';
import { exportSheet, importSheet, translatedLanguages } from './content-sheet';
import { examineRules } from './examine-rules';
import { ruleTable } from './rule-table';
import { askSeedQuestions, seedQuestionFile, seedQuestionPage } from './seed-questions';
import { asTable } from './table';

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
      text: readFileSync(join(projectRoot, file), 'utf8').replace(/^phrasings:[\s\S]*?^---$/m, ''),
    }));

/**
 * Every problem of the content in the working tree; the languages of `asLive` are examined as if they were live. A file that
 * cannot be read is the only problem reported.
 */
export function examineContent(today: string, asLive: readonly string[] = []): Problem[] {
  try {
    const loaded = loadLibrary(projectRoot);
    const languages = loaded.languages.map((info) => ({ ...info, live: info.live || asLive.includes(info.code) }));
    const library = { ...loaded, languages };
    return [
      ...crossCheck(library, typedTexts(), today),
      ...checkTranslations(projectRoot, library.languages),
      ...examineRules(library.rulebook, projectRoot),
    ];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return [{ file: `${error.file}:${error.line}`, level: 'error', text: error.problem }];
  }
}

/** Where the table of rules is written. */
export const tableFile = join(projectRoot, 'docs', 'rules.md');

/** What each language has, with a heading. */
function coverageTable(): (string | number)[][] {
  const rows = coverage(projectRoot, loadLibrary(projectRoot));
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
}

type Output = NodeJS.WritableStream;
type Subcommand = { needs: string; run: (args: string[], output: Output) => number | Promise<number> };

/** What else the command does, by its option. */
const subcommands: Record<string, Subcommand> = {
  '--table': { needs: '', run: writeTable },
  '--diff': { needs: 'REV', run: listDifferences },
  '--stamp': { needs: 'LANG', run: stamp },
  '--export': { needs: 'LANG', run: writeSheet },
  '--import': { needs: 'FILE', run: readSheet },
  '--seeds': { needs: '', run: writeSeedQuestions },
  '--missed': { needs: '', run: showMissed },
};

function writeTable(_args: string[], output: Output): number {
  writeFileSync(tableFile, ruleTable(loadRulebook(join(projectRoot, 'content')).rulebook));
  output.write('written: docs/rules.md\n');
  return 0;
}

function listDifferences([revision = '']: string[], output: Output): number {
  const { rulebook } = loadRulebook(join(projectRoot, 'content'));
  for (const line of contentDiff(projectRoot, revision, rulebook)) output.write(`${line}\n`);
  return 0;
}

/** Says why a language cannot be stamped or exported; false when it can. */
function refuses(language: string, output: Output): boolean {
  const codes = translatedLanguages(projectRoot);
  if (codes.includes(language)) return false;
  const why = language === sourceLanguage ? 'the source of the others, compared with nothing' : 'not in languages.yaml';
  output.write(`${language} is ${why}; known: ${codes.join(', ')}\n`);
  return true;
}

function stamp([language = '', ...pieces]: string[], output: Output): number {
  if (refuses(language, output)) return 2;
  const own = readPieces(projectRoot, language);
  const unknown = pieces.filter((id) => !own.has(id));
  for (const id of unknown) output.write(`${language} has no ${id}\n`);
  if (unknown.length > 0) return 2;
  const wanted = new Set(pieces.length > 0 ? pieces : own.keys());
  writeStamps(projectRoot, language, wanted);
  output.write(`${wanted.size} pieces of ${language} marked as compared with their source\n`);
  return 0;
}

function writeSheet([language = '', file = `guichet-${language}.csv`]: string[], output: Output): number {
  if (refuses(language, output)) return 2;
  writeFileSync(file, exportSheet(projectRoot, language));
  output.write(`written: ${file}\n`);
  return 0;
}

function readSheet([file = '']: string[], output: Output): number {
  const result = importSheet(projectRoot, readFileSync(file, 'utf8'));
  if ('problems' in result) {
    for (const { line, text } of result.problems) output.write(`${file}, row ${line}: ${text}\n`);
    output.write('nothing was written\n');
    return 1;
  }
  output.write(`${result.language}: ${result.changed} texts changed, ${result.checked} pieces marked as checked\n`);
  for (const id of result.stale) output.write(`${id} is not marked: its French is no longer that of the sheet\n`);
  return 0;
}

/** Asks every seed question and writes the page; exit status 1 when one landed nowhere. */
async function writeSeedQuestions(_args: string[], output: Output): Promise<number> {
  const landings = await askSeedQuestions(projectRoot);
  writeFileSync(seedQuestionFile(projectRoot), seedQuestionPage(landings, dayInParis(new Date())));
  const missed = landings.filter(({ as }) => as === 'missed');
  for (const { id, language, asked } of missed) output.write(`${language} ${id} landed nowhere: ${asked}\n`);
  output.write(`written: docs/seed-questions.md, ${landings.length - missed.length} of ${landings.length} landed\n`);
  return missed.length > 0 ? 1 : 0;
}

/**
 * `npm run content [-- --release]`: problems, then what each language has; exit status 1 on an error, with `--release`
 * also on a warning. `--as-live LANG…` examines languages as if they were live, and shows their problems alone. `--table` writes docs/rules.md; `--diff REV` lists which profiles get another outcome or other
 * documents since a git revision; `--export LANG [FILE]` and `--import FILE` carry a language to a CSV sheet and back;
 * `--stamp LANG [PIECE…]` marks translations as compared with their source; `--seeds` asks the seed questions and writes their page; `--missed` shows
 * what people asked in vain.
 */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const option = args.find((argument) => Object.hasOwn(subcommands, argument));
  if (option !== undefined) {
    const { needs, run } = subcommands[option] as Subcommand;
    const rest = args.slice(args.indexOf(option) + 1);
    if (needs === '' || rest[0] !== undefined) return run(rest, output);
    output.write(`usage: npm run content -- ${option} ${needs}\n`);
    return 2;
  }
  const flags = new Set(['--release', '--as-live']);
  const asLive = args.includes('--as-live') ? args.filter((argument) => !argument.startsWith('-')) : [];
  const stranger = args.find((argument) => !flags.has(argument) && !asLive.includes(argument));
  if (stranger !== undefined) {
    output.write(`unknown: ${stranger}; known: ${[...flags, ...Object.keys(subcommands)].join(', ')}\n`);
    return 2;
  }
  if (asLive.some((language) => refuses(language, output))) return 2;
  const today = dayInParis(new Date());
  const others = new Set(asLive.length > 0 ? examineContent(today).map(({ file, text }) => `${file} ${text}`) : []);
  const problems = examineContent(today, asLive).filter(
    ({ file, level, text }) => level === 'error' || !others.has(`${file} ${text}`),
  );
  for (const { file, level, text } of problems) output.write(`${file}: ${level}: ${text}\n`);
  const errors = problems.filter(({ level }) => level === 'error').length;
  if (errors === 0) output.write(`${asTable(coverageTable())}\n`);
  output.write(`${errors} errors, ${problems.length - errors} warnings\n`);
  return errors > 0 || (args.includes('--release') && problems.length > 0) ? 1 : 0;
}
