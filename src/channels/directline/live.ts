import { randomUUID } from 'node:crypto';
import type { DirectLineContext } from './context';

/** Shows an activity in the windows that are open; it is part of no history. Gives its id. */
export function showLive(
  { sockets, clock }: Pick<DirectLineContext, 'sockets' | 'clock'>,
  conversationId: string,
  activity: Record<string, unknown>,
  timestamp = clock.now().toISOString(),
): string {
  const id = `${conversationId}|live-${randomUUID()}`;
  sockets.live(conversationId, { ...activity, id, timestamp, conversation: { id: conversationId } });
  return id;
}
