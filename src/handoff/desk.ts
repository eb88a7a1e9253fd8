import type { DeskStatus, Handoff, HandoffStep } from '../conversation/handoff-ports';
import type { Clock, ConversationStore, Logger } from '../conversation/ports';
import type { DeskSettings } from '../library/library';
import { createHours } from './hours';
import type { Desk, DeskMetrics, DeskNews } from './room';

/** An adviser who was seen so long ago, in milliseconds, still counts as present. */
const presentFor = 90_000;

export type DeskDeps = {
  store: Pick<ConversationStore, 'desk'>;
  clock: Clock;
  logger: Logger;
  metrics: DeskMetrics;
  settings: DeskSettings;
  /** Called when somebody new waits. */
  requested?(handoff: Handoff): void;
};

/** What is counted for operators, by the step of a turn. */
const counted: Partial<Record<HandoffStep['do'], string>> = {
  claim: 'handoffs_claimed_total',
  requeue: 'handoffs_requeued_total',
  end: 'handoffs_ended_total',
  withdraw: 'handoffs_withdrawn_total',
  tell: 'handoffs_unanswered_total',
};
const help = 'Requests for a person, by what became of them.';

/** The desk as the conversation sees it: who is there, when it opens, and news for advisers. Everything is read from the store. */
export function createDesk({ store, clock, logger, metrics, settings, requested }: DeskDeps): Desk {
  const hours = createHours(settings);
  const listeners = new Set<(news: DeskNews) => void>();
  let present = 0;
  let languages: string[] = [];
  let open = new Map<string, Handoff>();
  let timed = { minute: Number.NaN, isOpen: false, opens: null as DeskStatus['opens'] };
  let looking: Promise<void> | null = null;
  let again = false;

  metrics.gauge('handoffs_waiting', 'People who wait for an adviser.', () => waiting().length);
  metrics.gauge('handoffs_longest_wait_seconds', 'Longest wait of those who wait now.', () => {
    const since = waiting().map(({ requestedAt }) => Date.parse(requestedAt));
    return since.length > 0 ? Math.round((clock.now().getTime() - Math.min(...since)) / 1000) : 0;
  });
  metrics.gauge('advisers_present', 'Advisers who are signed in and look at the queue.', () => present);

  const waiting = () => [...open.values()].filter(({ state }) => state === 'waiting');

  async function readPresence(): Promise<void> {
    const now = clock.now();
    const since = new Date(now.getTime() - presentFor).toISOString();
    const sessions = await store.desk.sessionsSeen(since, now.toISOString());
    const names = new Set(sessions.map(({ adviser }) => adviser));
    const there = (await store.desk.accounts()).filter(({ name }) => names.has(name));
    present = there.length;
    languages = [...new Set(there.flatMap((account) => account.languages))];
  }

  function tell(news: DeskNews): void {
    for (const listener of listeners) listener(news);
  }

  async function readChanges(): Promise<void> {
    const now = new Map((await store.desk.openHandoffs()).map((handoff) => [handoff.id, handoff]));
    const before = open;
    open = now;
    for (const [id, { version, state }] of now) {
      const known = before.get(id);
      if (known?.version === version) continue;
      if (known?.state !== state) tell({ type: 'queue', id });
      if (known) tell({ type: 'handoff', id });
    }
    for (const id of before.keys()) {
      if (now.has(id)) continue;
      tell({ type: 'queue', id });
      tell({ type: 'handoff', id });
    }
  }

  function look(): Promise<void> {
    again = true;
    looking ??= (async () => {
      while (again) {
        again = false;
        await readPresence();
        await readChanges();
      }
    })()
      .catch((error: unknown) => logger.error({ code: 'HANDOFF_UNREADABLE', error }, 'the desk could not be read'))
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  async function announce(conversationId: string, steps: HandoffStep[]): Promise<void> {
    const opened = steps.find((step) => step.do === 'open');
    if (!opened) return;
    const handoff = await store.desk.handoffOf(conversationId);
    if (handoff?.id !== opened.id) return;
    metrics.count('handoffs_requested_total', help);
    requested?.(handoff);
  }

  return {
    status(now) {
      const minute = Math.floor(now.getTime() / 60_000);
      if (timed.minute !== minute) {
        const isOpen = hours.isOpen(now);
        timed = { minute, isOpen, opens: isOpen ? null : hours.next(now) };
      }
      return {
        // Whoever has come outside the hours is there all the same.
        open: timed.isOpen || present > 0,
        present,
        opens: present > 0 ? null : timed.opens,
        languages: languages.length > 0 ? languages : settings.languages,
      };
    },
    changed(conversationId, steps) {
      for (const { do: kind } of steps) {
        const name = counted[kind];
        if (name) metrics.count(name, help);
      }
      announce(conversationId, steps).catch((error: unknown) =>
        logger.error({ code: 'HANDOFF_UNREADABLE', error }, 'a new request could not be announced'),
      );
      void look();
    },
    look,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    waiting: () => waiting().length,
  };
}
