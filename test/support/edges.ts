import type { Inbound } from '../../src/conversation/inbound';
import { type Conversation, openConversation } from '../../src/conversation/open';
import type { Clock, ConversationStore, Logger, Outlet } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';

/** A clock that stands still until it is set. */
export function fakeClock(now = '2026-05-04T08:00:00Z'): Clock & { set(now: string): void } {
  let instant = new Date(now);
  return {
    now: () => new Date(instant),
    set: (text) => {
      instant = new Date(text);
    },
  };
}

/** A logger that keeps its warnings and errors. */
export function keepingLogger(): Logger & { lines: { fields: Record<string, unknown>; message: string }[] } {
  const lines: { fields: Record<string, unknown>; message: string }[] = [];
  const keep = (fields: Record<string, unknown>, message: string) => void lines.push({ fields, message });
  return { lines, info: () => undefined, warn: keep, error: keep };
}

export const nowhere: Outlet = { record: () => ({ log: [], outbox: [] }), delivered() {} };

/** A conversation over the compiled library with fakes at its edges. */
export async function openTestConversation(
  store: ConversationStore = createMemoryStore(),
  { clock = fakeClock() }: { clock?: ReturnType<typeof fakeClock> } = {},
) {
  const logger = keepingLogger();
  const counted: { status: string; channel: string }[] = [];
  const ratings: { article: string; language: string; useful: boolean }[] = [];
  const metrics = {
    turn: ({ status, channel }: { status: string; channel: string }) => void counted.push({ status, channel }),
    useful: (rating: { article: string; language: string; useful: boolean }) => void ratings.push(rating),
  };
  const conversation: Conversation = await openConversation({ store, clock, logger, metrics });
  return { ...conversation, store, clock, logger, counted, ratings };
}

let serial = 0;
const nextId = (): string => {
  serial += 1;
  return `a${serial}`;
};

/** What a person sends. */
export const says = (text: string, more: Partial<Inbound> = {}): Inbound => ({
  conversationId: 'c1',
  activityId: nextId(),
  channel: 'test',
  from: 'person',
  kind: 'message',
  text,
  locale: 'en-GB',
  ...more,
});
/** A button that a person presses. */
export const presses = (value: string, more: Partial<Inbound> = {}): Inbound =>
  says('', { kind: 'choice', value, ...more });
