import type { GlossaryEntry, Library } from '../library/library';

/** Terms that stand in a text, each with the length of the longest name found there. */
type Found = ReadonlyMap<string, number>;

/** Texts are few and come again: what was found in them is kept, up to so many. */
const mostKept = 2000;
const finders = new WeakMap<Library, (text: string) => Found>();

/** One expression for all names, the longest first: "appli carte Vitale" is not found as "carte Vitale". */
function makeFinder(entries: GlossaryEntry[]): (text: string) => Found {
  const names = entries.flatMap(({ id, names }) => names.map((name) => ({ name, term: id })));
  const byName = new Map(names.map((one) => [one.name.toLowerCase(), one]));
  const written = names.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const alternatives = written.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  // Only Latin letters go on a word: in Chinese or Arabic a term stands right beside other letters.
  const edge = '\\p{Script=Latin}\\p{N}';
  const expression = new RegExp(`(?<![${edge}])(?:${alternatives})(?![${edge}])`, 'giu');
  return (text) => {
    const found = new Map<string, number>();
    for (const [written] of text.replaceAll('’', "'").matchAll(expression)) {
      const known = byName.get(written.toLowerCase());
      if (!known) continue;
      const inCapitals = known.name === known.name.toUpperCase();
      if (inCapitals && written !== known.name) continue;
      found.set(known.term, Math.max(written.length, found.get(known.term) ?? 0));
    }
    return found;
  };
}

function keeping(find: (text: string) => Found): (text: string) => Found {
  const kept = new Map<string, Found>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    if (kept.size >= mostKept) kept.clear();
    const found = find(text);
    kept.set(text, found);
    return found;
  };
}

/** The terms of the glossary whose French names stand in a text of any language. */
export function findTerms(library: Library, text: string): Found {
  const find = finders.get(library) ?? keeping(makeFinder(Object.values(library.glossary)));
  finders.set(library, find);
  return find(text);
}
