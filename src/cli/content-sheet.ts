import Papa from 'papaparse';
import { type Piece, phrasings, readPieces, sourceLanguage, writeChanges, writeStamps } from '../library/raw-texts';
import { readYaml } from '../library/read-files';
import { LanguagesFile } from '../library/schemas';
import { isSpared } from '../library/staff-texts';
import { reviewState } from '../library/translations';

/** Language that stands beside the source in a sheet, for reviewers who read no French. */
const secondLanguage = 'en';
const byteOrderMark = '\uFEFF';
const columns = { piece: 'piece', part: 'part', state: 'state', checked: 'checked' } as const;

/** Codes of the languages that a sheet or a stamp can be of: all but the source. */
export const translatedLanguages = (root: string): string[] =>
  readYaml(root, 'locales/languages.yaml', LanguagesFile)
    .map(({ code }) => code)
    .filter((code) => code !== sourceLanguage);

/** One line of a sheet that cannot be taken over, and why. */
export type SheetProblem = { line: number; text: string };

/**
 * One language as a CSV sheet: a line for each text, French and English beside it. `state` says `missing` or `to review`;
 * a reviewer writes anything into `checked` once a line is right.
 */
export function exportSheet(root: string, language: string): string {
  const source = readPieces(root, sourceLanguage);
  const second = readPieces(root, secondLanguage);
  const own = readPieces(root, language);
  const states = reviewState(root, language);
  const rows: Record<string, string>[] = [];
  for (const [id, { parts }] of source) {
    if (isSpared(language, id)) continue;
    const names = new Set([...Object.keys(parts), ...Object.keys(own.get(id)?.parts ?? {})]);
    for (const part of names) {
      const text = own.get(id)?.parts[part];
      rows.push({
        [columns.piece]: id,
        [columns.part]: part,
        [sourceLanguage]: safe(parts[part] ?? ''),
        ...(language === secondLanguage ? {} : { [secondLanguage]: safe(second.get(id)?.parts[part] ?? '') }),
        [language]: safe(text ?? ''),
        [columns.state]: text === undefined ? 'missing' : (states.get(id) ?? ''),
        [columns.checked]: '',
      });
    }
  }
  return byteOrderMark + Papa.unparse(rows, { quotes: true });
}

/**
 * Takes a sheet back: writes the texts that changed, and marks as reviewed what was `checked` on every line, unless its source
 * has changed since the sheet was written (`stale`). Nothing is written when a line is wrong. Returns what was changed, or the
 * lines that are wrong.
 */
export function importSheet(
  root: string,
  sheet: string,
): { language: string; changed: number; checked: number; stale: string[] } | { problems: SheetProblem[] } {
  const parsed = Papa.parse<Record<string, string>>(sheet.replace(byteOrderMark, ''), {
    header: true,
    skipEmptyLines: true,
  });
  const fields = parsed.meta.fields ?? [];
  const languages = fields.filter((field) => translatedLanguages(root).includes(field));
  const language = languages.find((code) => code !== secondLanguage) ?? languages[0];
  const strangers = fields.filter(
    (field) => ![...Object.values<string>(columns), sourceLanguage, ...languages].includes(field),
  );
  // Without its own column the sheet of another language looks like that of the second one.
  const mistaken = language === secondLanguage && strangers.length > 0;
  const complete = [columns.piece, columns.part, columns.checked, sourceLanguage].every((name) =>
    fields.includes(name),
  );
  const first = parsed.errors[0];
  if (language === undefined || first || !complete || mistaken) {
    const found = fields.join(', ');
    const text = first?.message ?? `these columns are not those that --export wrote: ${found}`;
    return { problems: [{ line: (first?.row ?? -1) + 2, text }] };
  }
  const source = readPieces(root, sourceLanguage);
  const own = readPieces(root, language);
  const problems: SheetProblem[] = [];
  const changes = new Map<string, Record<string, string>>();
  const reviewed = new Map<string, Set<string>>();
  const stale = new Set<string>();
  const seen = new Set<string>();
  let changed = 0;
  for (const [index, row] of parsed.data.entries()) {
    const { piece: id = '', part = '', checked = '' } = row;
    const text = plain(row[language] ?? '');
    if (checked.trim() !== '') reviewed.set(id, (reviewed.get(id) ?? new Set()).add(part));
    if (plain(row[sourceLanguage] ?? '') !== (source.get(id)?.parts[part] ?? '')) stale.add(id);
    const twice = seen.has(`${id} ${part}`);
    seen.add(`${id} ${part}`);
    const before = own.get(id)?.parts[part] ?? '';
    if (!twice && source.has(id) && text === before) continue;
    const problem = twice ? 'this line stands twice' : problemOf(source.get(id), own.get(id), part, text);
    if (problem) problems.push({ line: index + 2, text: `${id} ${part}: ${problem}` });
    if (problem) continue;
    changes.set(id, { ...changes.get(id), [part]: text });
    changed += 1;
  }
  for (const [index, { piece: id = '', part = '' }] of parsed.data.entries()) {
    const added = changes.has(id) && !own.has(id) && !id.startsWith('locales/');
    const gap = added && source.get(id)?.parts[part] && changes.get(id)?.[part] === undefined;
    if (gap) problems.push({ line: index + 2, text: `${id} ${part}: fill this line too: a new text is taken whole` });
  }
  if (problems.length > 0) return { problems };
  writeChanges(root, language, changes);
  const now = readPieces(root, language);
  const whole = [...reviewed.keys()].filter(
    (id) => now.has(id) && Object.keys(source.get(id)?.parts ?? {}).every((part) => reviewed.get(id)?.has(part)),
  );
  const checked = new Set(whole.filter((id) => !stale.has(id)));
  if (checked.size > 0) writeStamps(root, language, checked);
  return { language, changed, checked: checked.size, stale: whole.filter((id) => stale.has(id)) };
}

function problemOf(source: Piece | undefined, own: Piece | undefined, part: string, text: string): string | null {
  if (!source) return 'there is no such piece';
  const original = source.parts[part];
  const before = own?.parts[part];
  if (original === undefined && before === undefined) return 'there is no such part';
  if (text.trim() === '' && before) return 'the text was emptied; write it again, or leave it as it was';
  if (text.includes('\uFFFD')) return 'letters were lost: save the sheet as "CSV UTF-8"';
  if (source.id.startsWith('faq/') && /^## /m.test(text)) return 'a line begins with "## ", which opens another part';
  if (part !== phrasings && original?.startsWith('- ') && !text.startsWith('- ')) return 'each step begins with "- "';
  if (original === undefined || part === phrasings || text === '') return null;
  const missing = [...placeholders(original)].filter((name) => !placeholders(text).has(name));
  const added = [...placeholders(text)].filter(
    (name) => !placeholders(original).has(name) && !name.startsWith('contact.'),
  );
  if (missing.some((name) => !name.startsWith('contact.'))) return `the placeholder {{${missing[0]}}} is gone`;
  return added.length > 0 ? `the placeholder {{${added[0]}}} is not in the source` : null;
}

const placeholders = (text: string): Set<string> =>
  new Set([...text.matchAll(/\{\{([^}]+)\}\}/g)].map(([, name]) => name as string));

/** A spreadsheet must not take a text for a formula: what begins like one gets an apostrophe, which comes off again. */
const safe = (text: string): string => (/^['=+\-@\t]/.test(text) ? `'${text}` : text);
const plain = (cell: string): string => cell.replace(/\r\n?/g, '\n').replace(/^'(?=['=+\-@\t])/, '');
