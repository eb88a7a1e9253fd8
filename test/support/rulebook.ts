import { join } from 'node:path';
import { loadRulebook } from '../../src/library/load-rulebook';

/** The content folder of this repository. */
export const contentDirectory = join(__dirname, '..', '..', 'content');

/** The real rule book, read once per test file. */
export const { rulebook, sources, conflicts } = loadRulebook(contentDirectory);
