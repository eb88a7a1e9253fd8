import type { OutboxTake } from '../conversation/ports';
import type { OutboxRow } from './sql/outbox';

/** A row that was taken, as the port gives it. */
export function toTake(row: OutboxRow | undefined): OutboxTake | null {
  if (!row) return null;
  const { id, conversationId, payload, tries, unsure } = row;
  return { id, conversationId, payload: JSON.parse(payload), tries, repeats: unsure > 1 };
}
