import type { DocumentId, OutcomeId } from './ids';
import type { ChecklistItem } from './outcome';
import type { CompiledDocument, Policy } from './policy';
import type { DocumentRow } from './rulebook';
import type { View } from './view';

/** The papers of an outcome for this person, in the order of content/documents.yaml. */
export function papersFor(policy: Policy, view: View, outcome: OutcomeId): ChecklistItem[] {
  return (policy.documents.get(outcome) ?? []).flatMap((document) => toItem(policy, view, document));
}

/** What to get before leaving for France: the papers of every new arrival, and those of the outcome that awaits. */
export function papersAbroad(policy: Policy, view: View, next: ChecklistItem[]): ChecklistItem[] {
  const rows = new Map(policy.book.documents.map((row) => [row.id, row]));
  const items = new Map<DocumentId, ChecklistItem>();
  for (const item of [...papersFor(policy, view, 'prepareAbroad'), ...next]) {
    if (rows.get(item.id)?.abroad && !items.has(item.id)) items.set(item.id, item);
  }
  const order = [...rows.keys()];
  return [...items.values()].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

function toItem(policy: Policy, view: View, { row, needs }: CompiledDocument): ChecklistItem[] {
  const need = needs.find(({ test }) => test(view) === true);
  if (!need) return [];
  return [
    {
      id: row.id,
      level: need.level,
      form: row.form,
      translation: byCountry(policy, view, row.translation, 'papersNotInFrench'),
      apostille: byCountry(policy, view, row.apostille, 'foreignPapers'),
      certainty: row.certainty,
      sources: row.because,
      checkedOn: row.checkedOn,
      ...(row.conflict === undefined ? {} : { conflict: row.conflict }),
    },
  ];
}

/**
 * Never needed for papers of an EU/EEA state, Switzerland or France. Elsewhere a treaty may waive a translation and the
 * issuing state decides about the apostille, so it depends; a translation is to be expected when the country is known.
 */
function byCountry(
  policy: Policy,
  view: View,
  value: DocumentRow['translation'],
  fact: string,
): ChecklistItem['translation'] {
  if (value !== 'byCountry') return value;
  if (policy.facts[fact]?.(view) !== true) return 'no';
  return fact === 'papersNotInFrench' && view.country.length > 0 ? 'yes' : 'depends';
}
