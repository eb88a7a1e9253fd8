import { createFacts } from '../domain/facts';
import { FormGuide } from '../domain/form-guide';
import type { RuleBook } from '../domain/rulebook';
import type { GlossaryEntry, Library } from './library';
import { ContentError, list, readYaml } from './read-files';
import { GlossaryFile } from './schemas';

/** Throws a ContentError for the first source id that `content/sources.yaml` does not have. */
function checkSources(file: string, rows: { id: string; because: string[] }[], sources: Library['sources']): void {
  for (const { id, because } of rows) {
    const stray = because.find((source) => !sources[source]);
    if (stray) throw new ContentError(file, 1, `${id}: unknown source ${stray}`);
  }
}

/**
 * Reads `content/forms/`: the guide to the one form that `content/documents.yaml` marks as explained. Throws a ContentError
 * when it is missing, or names a source or a fact that does not exist.
 */
export function readFormGuide(root: string, rulebook: RuleBook, sources: Library['sources']): FormGuide {
  const [form, ...more] = rulebook.documents.filter(({ explained }) => explained);
  const file = `content/forms/${form?.id}.yaml`;
  if (!form || more.length > 0) throw new ContentError('content/documents.yaml', 1, 'one form is explained, no more');
  if (!list(root, 'content/forms').includes(`${form.id}.yaml`)) throw new ContentError(file, 1, 'is missing');
  const guide = readYaml(root, file, FormGuide);
  if (guide.id !== form.id) throw new ContentError(file, 1, `id "${guide.id}" is not its file`);
  const items = Object.values(guide.sections).flat();
  checkSources(file, items, sources);
  const facts = createFacts(rulebook);
  for (const { id, when, unless } of items) {
    const named = [when ?? [], unless ?? []].flat(2).flatMap(({ fact }) => (fact === undefined ? [] : [fact].flat()));
    const stray = named.find((name) => !Object.hasOwn(facts, String(name)));
    if (stray !== undefined) throw new ContentError(file, 1, `${id}: unknown fact ${String(stray)}`);
  }
  return guide;
}

/** Reads `content/glossary.yaml`: how each term is written in French, and where to read more. */
export function readGlossary(root: string, sources: Library['sources']): Record<string, GlossaryEntry> {
  const file = 'content/glossary.yaml';
  const entries = readYaml(root, file, GlossaryFile);
  checkSources(file, entries, sources);
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}
