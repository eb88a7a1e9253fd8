import type { ContactId } from './ids';
import type { Verdict } from './policy';
import type { RuleBook } from './rulebook';
import type { View } from './view';

/** Both phone lines, then whom to turn to for this verdict, without repeats. */
export function contactsFor(verdict: Verdict, view: View, book: RuleBook): { id: ContactId }[] {
  const { always, outsideFrance, bySendTo } = book.contacts;
  const outside = view.values.livesIn === 'notYet' || view.values.livesIn === 'abroad';
  const ids = new Set<ContactId>([
    ...always,
    ...(outside ? outsideFrance : []),
    ...verdict.rule.then.contacts,
    ...verdict.additions.flatMap((row) => row.contacts),
    ...(bySendTo[verdict.sendTo] ?? []),
  ]);
  return [...ids].map((id) => ({ id }));
}
