import { randomBytes } from 'node:crypto';
import type { DeskItem } from '../conversation/handoff-ports';
import type { ConversationStore, LoggedActivity, StoredConversation } from '../conversation/ports';
import { never, numbersSince } from './desk';
import { createMemoryDesk } from './memory-desk';
import { createMemoryOperator } from './memory-operator';
import { createMemoryPending } from './memory-pending';
import { createMemoryReminders } from './memory-reminders';

type Kept = {
  revision: number;
  channel: string;
  /** JSON, so that nothing outside can change what is stored. */
  saved: string;
  updatedAt: string;
  handled: Map<string, string>;
  transcript: string[];
  /** null = no activity log. */
  sequence: number | null;
  log: { sequence: number; json: string }[];
};

/** An item of the outbox, as the databases keep it (`sql/outbox.ts`). */
type Waiting = {
  conversationId: string;
  about?: string;
  json: string;
  heldUntil: string;
  tries: number;
  unsure: number;
};

const nothing = 'null';

/** A store that lives as long as the process: for tests, stories and the terminal. Follows the same contract as the databases. */
export function createMemoryStore(): ConversationStore {
  const conversations = new Map<string, Kept>();
  const outbox = new Map<string, Waiting>();
  const secrets = new Map<string, string>();
  const send = (items: DeskItem[]) => {
    for (const { id, conversationId, about, payload } of items)
      outbox.set(id, { conversationId, about, json: JSON.stringify(payload), heldUntil: '', tries: 0, unsure: 0 });
  };
  const memory = createMemoryDesk(send);
  const operator = createMemoryOperator();
  const reminders = createMemoryReminders();
  const pending = createMemoryPending();
  const fresh = (updatedAt: string): Kept => ({
    revision: 0,
    channel: '',
    saved: nothing,
    updatedAt,
    handled: new Map(),
    transcript: [],
    sequence: null,
    log: [],
  });
  /** Nothing of it is kept: it has not begun, or was erased. */
  const isBlank = ({ saved }: Kept) => saved === nothing;
  const append = (kept: Kept, entries: unknown[]): LoggedActivity[] =>
    entries.map((activity) => {
      kept.sequence = (kept.sequence ?? 0) + 1;
      kept.log.push({ sequence: kept.sequence, json: JSON.stringify(activity) });
      return { sequence: kept.sequence, activity };
    });
  const forget = (id: string) => {
    conversations.delete(id);
    for (const [key, item] of outbox) if (item.conversationId === id || item.about === id) outbox.delete(key);
    pending.forget(id);
    memory.forget(id);
  };

  return {
    load: async (id): Promise<StoredConversation | null> => {
      const kept = conversations.get(id);
      if (!kept || isBlank(kept)) return null;
      const { channel, revision, saved, updatedAt } = kept;
      return { id, channel, revision, saved: JSON.parse(saved), updatedAt };
    },
    handledReply: async (id, activityId) => JSON.parse(conversations.get(id)?.handled.get(activityId) ?? 'null'),
    commit: async (turn) => {
      const kept = conversations.get(turn.conversationId) ?? fresh(turn.at);
      if (kept.handled.has(turn.activityId)) return { ok: false, reason: 'handled' };
      if ((isBlank(kept) ? 0 : kept.revision) !== turn.expectedRevision) return { ok: false, reason: 'stale' };
      if (turn.reminders?.some((step) => step.do === 'sent' && !reminders.has(step.id)))
        return { ok: false, reason: 'lost' };
      if (!memory.apply(turn.conversationId, turn.at, turn.handoff ?? [])) return { ok: false, reason: 'lost' };
      memory.keepReference(turn.conversationId, turn.reference);
      operator.keep(turn.at, turn.missed);
      reminders.apply(turn.conversationId, turn.reminders);
      conversations.set(turn.conversationId, kept);
      kept.revision += 1;
      kept.channel = turn.channel;
      kept.saved = JSON.stringify(turn.saved);
      kept.updatedAt = turn.at;
      kept.handled.set(turn.activityId, JSON.stringify(turn.reply));
      kept.transcript.push(...turn.transcript.map((line) => JSON.stringify(line)));
      send(turn.outbox);
      return { ok: true, revision: kept.revision, logged: append(kept, turn.log) };
    },
    openLog: async (id, at) => {
      const kept = conversations.get(id) ?? fresh(at);
      if (kept.sequence !== null) return false;
      kept.sequence = 0;
      conversations.set(id, kept);
      return true;
    },
    hasLog: async (id) => (conversations.get(id)?.sequence ?? null) !== null,
    appendLog: async (id, entries, at) => {
      const kept = conversations.get(id);
      if (!kept || kept.sequence === null || entries.length === 0) return [];
      kept.updatedAt = at;
      return append(kept, entries);
    },
    readLog: async (id, after, limit = Number.POSITIVE_INFINITY) =>
      (conversations.get(id)?.log ?? [])
        .filter(({ sequence }) => limit < 0 || sequence > after)
        .slice(...(limit < 0 ? [limit] : [0, limit]))
        .map(({ sequence, json }) => ({ sequence, activity: JSON.parse(json) })),
    logEnds: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const sequence = conversations.get(id)?.sequence ?? null;
          return sequence === null ? [] : [[id, sequence] as const];
        }),
      ),
    transcript: async (id) => (conversations.get(id)?.transcript ?? []).map((line) => JSON.parse(line)),
    waitingOutbox: async (now, limit) => {
      const oldest = new Map<string, Waiting>();
      for (const item of outbox.values()) if (!oldest.has(item.conversationId)) oldest.set(item.conversationId, item);
      return [...oldest.values()]
        .filter(({ heldUntil }) => heldUntil <= now)
        .slice(0, limit)
        .map(({ conversationId }) => conversationId);
    },
    takeOutbox: async (conversationId, now, until) => {
      const [id, item] = [...outbox].find(([, one]) => one.conversationId === conversationId) ?? [];
      if (id === undefined || !item || item.heldUntil > now) return null;
      item.heldUntil = until;
      item.tries += 1;
      item.unsure += 1;
      return { id, conversationId, payload: JSON.parse(item.json), tries: item.tries, repeats: item.unsure > 1 };
    },
    returnOutbox: async (id, until, refused) => {
      const item = outbox.get(id);
      if (!item) return;
      item.heldUntil = until;
      if (refused) item.unsure -= 1;
    },
    removeOutbox: async (id) => void outbox.delete(id),
    erase: async (id) => {
      const kept = conversations.get(id);
      forget(id);
      reminders.forget(id);
      if (!kept) return;
      const { updatedAt, revision, sequence } = kept;
      conversations.set(id, { ...fresh(updatedAt), revision, sequence });
    },
    expire: async (before, waitingSince = never) => {
      const old = [...conversations]
        .filter(([id, { updatedAt }]) => updatedAt < before && !memory.hasOpenRequest(id, waitingSince))
        .map(([id]) => id);
      memory.forgetNumbers(numbersSince(before));
      pending.forgetOld(before);
      for (const id of old) forget(id);
      return old.length;
    },
    secret: async (name) => {
      const value = secrets.get(name) ?? randomBytes(32).toString('base64url');
      secrets.set(name, value);
      return value;
    },
    operator,
    reminders: reminders.store,
    pending: pending.store,
    desk: memory.desk,
    close: async () => {},
  };
}
