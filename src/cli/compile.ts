import { writeCompiled } from '../library/compile';
import { loadLibrary } from '../library/load-library';
import { projectRoot } from '../library/project-root';
import { ContentError } from '../library/read-files';
import { indexName } from '../nlu/open-understanding';
import { buildIndexes } from '../nlu/understand';

/** Compiles `content/` and `locales/` into `dist/library/`: the library, and one index a language. */
export function compileLibrary(root: string): void {
  const library = loadLibrary(root);
  for (const [language, index] of Object.entries(buildIndexes(library))) writeCompiled(indexName(language), index);
  writeCompiled('library', library);
}

if (require.main === module) {
  try {
    compileLibrary(projectRoot);
  } catch (error) {
    process.stderr.write(`${error instanceof ContentError ? error.message : ((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
