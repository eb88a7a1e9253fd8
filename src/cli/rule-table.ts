import type { RuleBook } from '../domain/rulebook';

const numbered = (prefix: string, count: number, width: number): string[] =>
  Array.from({ length: count }, (_, index) => prefix + String(index + 1).padStart(width, '0'));

/** Every row of the facts dossier that must be carried: the core rules and the profile table. */
export const factRows: readonly string[] = [...numbered('CR', 14, 1), ...numbered('E', 53, 2)];

/** Rows that no row of the rule files can carry alone, and the file that does: a calculation, or words that are always said. */
export const carriedByFile: Readonly<Record<string, string>> = {
  CR3: 'src/domain/view.ts',
  CR10: 'src/domain/countries.ts',
  CR13: 'content/faq/cost-of-coverage/article.yaml',
};

/** What carries a row, with what it says and on which sources. */
type Carrier = { name: string; outcomes: readonly string[]; sources: readonly string[]; certainty?: string };

/** What carries each row, in the order of the rule files; rows without a carrier are missing. */
export function carriersOf(book: RuleBook): Map<string, Carrier[]> {
  const carriers = new Map<string, Carrier[]>();
  const add = (rows: readonly string[], carrier: Carrier) => {
    for (const row of rows) carriers.set(row, [...(carriers.get(row) ?? []), carrier]);
  };
  for (const { id, rows, then, because } of book.rules)
    add(rows, { name: id, outcomes: [then.outcome], sources: because, certainty: then.certainty });
  for (const { id, rows, because, certainty, adviser } of book.additions)
    add(rows, { name: `+${id}${adviser ? ' (adviser)' : ''}`, outcomes: [], sources: because, certainty });
  for (const { id, rows, because } of book.documents)
    add(rows, { name: `document ${id}`, outcomes: [], sources: because });
  for (const { id, rows, because } of book.contradictions)
    add(rows, { name: `contradiction ${id}`, outcomes: [], sources: because });
  for (const [row, file] of Object.entries(carriedByFile)) add([row], { name: file, outcomes: [], sources: [] });
  return carriers;
}

const cell = (items: readonly (string | undefined)[]): string =>
  [...new Set(items.filter((item) => item !== undefined))].join(', ') || '–';

/** docs/rules.md: which rule, addition, document or contradiction carries each row of the facts. */
export function ruleTable(book: RuleBook): string {
  const carriers = carriersOf(book);
  const lines = factRows.map((row) => {
    const list = carriers.get(row) ?? [];
    const outcomes = cell(list.flatMap((carrier) => carrier.outcomes));
    const sources = cell(list.flatMap((carrier) => carrier.sources));
    const names = cell(list.map(({ name }) => `\`${name}\``));
    return `| ${row} | ${names} | ${outcomes} | ${sources} | ${cell(list.map(({ certainty }) => certainty))} |`;
  });
  return `# Which rule carries which fact

Written by \`npm run content -- --table\`; do not edit. Rows: the facts dossier, sections 2a (CR) and 2b (E). Carried by a rule of
\`content/rules/line-*.yaml\`, an addition (\`+\`, \`content/rules/additions.yaml\`), a document (\`content/documents.yaml\`), a
contradiction (\`content/rules/contradictions.yaml\`) or a file of the engine. Sources: \`content/sources.yaml\`.

| row | carried by | outcome | sources | certainty |
|---|---|---|---|---|
${lines.join('\n')}
`;
}
