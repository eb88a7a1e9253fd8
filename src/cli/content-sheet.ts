import Papa from 'papaparse';
import { type Piece, phrasings, readPieces, sourceLanguage, writeChanges, writeStamps } from '../library/raw-texts';
import { isSpared } from '../library/staff-texts';
import { reviewState } from '../library/translations';

/** Language that stands beside the source in a sheet, for reviewers who read no French. */
const secondLanguage = 'en';
const byteOrderMark = '\uFEFF';
const columns = { piece: 'piece', part: 'part', state: 'state', checked: 'checked' } as const;

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
 * Takes a sheet back: writes the texts that changed, and marks as reviewed what was `checked` on every line. Nothing is
 * written when a line is wrong. Returns what was changed, or the lines that are wrong.
 */
export function importSheet(
  root: string,
  sheet: string,
): { language: string; changed: number; checked: number } | { problems: SheetProblem[] } {
  const parsed = Papa.parse<Record<string, string>>(sheet.replace(byteOrderMark, ''), {
    header: true,
    skipEmptyLines: true,
  });
  const known = new Set<string>([...Object.values(columns), sourceLanguage, secondLanguage]);
  const fields = parsed.meta.fields ?? [];
  const language = fields.find((field) => !known.has(field)) ?? fields.find((field) => field === secondLanguage);
  const first = parsed.errors[0];
  if (language === undefined || first) {
    const text = first ? first.message : 'no column for a language: the first line must be the one that --export wrote';
    return { problems: [{ line: (first?.row ?? -1) + 2, text }] };
  }
  const source = readPieces(root, sourceLanguage);
  const own = readPieces(root, language);
  const problems: SheetProblem[] = [];
  const changes = new Map<string, Record<string, string>>();
  const unchecked = new Set<string>();
  const seen = new Set<string>();
  let changed = 0;
  for (const [index, row] of parsed.data.entries()) {
    const { piece: id = '', part = '', checked = '' } = row;
    const text = plain(row[language] ?? '');
    seen.add(id);
    if (checked.trim() === '') unchecked.add(id);
    const before = own.get(id)?.parts[part] ?? '';
    if (source.has(id) && text === before) continue;
    const problem = problemOf(source.get(id), before, part, text);
    if (problem) problems.push({ line: index + 2, text: `${id} ${part}: ${problem}` });
    if (problem) continue;
    changes.set(id, { ...changes.get(id), [part]: text });
    changed += 1;
  }
  if (problems.length > 0) return { problems };
  writeChanges(root, language, changes);
  const checked = new Set([...seen].filter((id) => !unchecked.has(id)));
  if (checked.size > 0) writeStamps(root, language, checked);
  return { language, changed, checked: checked.size };
}

function problemOf(source: Piece | undefined, before: string, part: string, text: string): string | null {
  if (!source) return 'there is no such piece';
  if (text === '' && before !== '') return 'the text was emptied; write it again, or leave it as it was';
  const original = source.parts[part];
  if (original === undefined || part === phrasings || text === '') return null;
  const missing = [...placeholders(original)].filter((name) => !placeholders(text).has(name));
  const added = [...placeholders(text)].filter(
    (name) => !placeholders(original).has(name) && !name.startsWith('contact.'),
  );
  if (missing.some((name) => !name.startsWith('contact.'))) return `the placeholder {{${missing[0]}}} is gone`;
  return added.length > 0 ? `the placeholder {{${added[0]}}} is not in the source` : null;
}

const placeholders = (text: string): Set<string> =>
  new Set([...text.matchAll(/\{\{\s*([^}]+?)\s*\}\}/g)].map(([, name]) => name as string));

/** A spreadsheet must not take a text for a formula: what begins like one gets an apostrophe, which comes off again. */
const safe = (text: string): string => (/^['=+\-@\t]/.test(text) ? `'${text}` : text);
const plain = (cell: string): string => cell.replace(/\r\n?/g, '\n').replace(/^'/, '');
