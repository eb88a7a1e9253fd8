import type {
  AdviserAccount,
  AdviserSession,
  DeskItem,
  DeskMark,
  DeskStore,
  Handoff,
  HandoffNote,
  HandoffStep,
} from '../conversation/handoff-ports';

/** The desk in memory, and what the conversations of the same store do to it. */
export type MemoryDesk = {
  desk: DeskStore;
  /** Applies the steps of a commit; false, and nothing changed, when one of them is lost. */
  apply(conversationId: string, at: string, steps: HandoffStep[]): boolean;
  keepReference(conversationId: string, reference: unknown): void;
  forget(conversationId: string): void;
  hasOpenRequest(conversationId: string, since: string): boolean;
  forgetNumbers(before: string): void;
};

const blank = {
  claimedBy: null,
  claimedAt: null,
  lastAdviserAt: null,
  owedSince: null,
  toldAt: null,
  closedAt: null,
  outcome: null,
  helped: null,
  helpReason: null,
};

/** Keeps the desk as long as the process lives, by the same rules as the databases (`sql/desk.ts`). */
export function createMemoryDesk(send: (items: DeskItem[]) => void): MemoryDesk {
  let handoffs: Handoff[] = [];
  let notes: HandoffNote[] = [];
  const accounts = new Map<string, AdviserAccount>();
  const sessions = new Map<string, AdviserSession>();
  const references = new Map<string, string>();
  const marks = new Map<string, DeskMark>();
  const markKey = ({ kind, id }: Pick<DeskMark, 'kind' | 'id'>) => `${kind} ${id}`;
  const isAt = (mark: Pick<DeskMark, 'kind' | 'id' | 'version'>) =>
    (marks.get(markKey(mark))?.version ?? 0) === mark.version;
  /** Hash of a return code → id of its handoff. */
  const returns = new Map<string, string>();
  const copy = <T>(value: T): T => structuredClone(value);
  const sorted = (list: Handoff[]) =>
    copy(list).sort((a, b) => (`${a.requestedAt} ${a.id}` < `${b.requestedAt} ${b.id}` ? -1 : 1));
  const openOf = (list: Handoff[], conversationId: string) =>
    list.find((one) => one.conversationId === conversationId && one.state !== 'closed');
  /** An ended one whose last word somebody with a return code has not answered. */
  const owes = ({ id, lastAdviserAt, lastPersonAt }: Handoff) =>
    [...returns.values()].includes(id) && (lastAdviserAt ?? '') > (lastPersonAt ?? '');
  const newestOf = (list: Handoff[], conversationId: string) =>
    sorted(list.filter((one) => one.conversationId === conversationId)).at(-1);

  /** The change that a step makes to the row it is about; null when it does not hold. */
  function changeOf(list: Handoff[], conversationId: string, at: string, step: HandoffStep) {
    const row = 'id' in step ? list.find(({ id }) => id === step.id) : openOf(list, conversationId);
    const fits = (state: Handoff['state'], version: number | null = null, adviser: string | null = null) =>
      row?.state === state &&
      (version === null || row.version === version) &&
      (adviser === null || row.claimedBy === adviser);
    const when = (holds: boolean, change: Partial<Handoff>) => (row && holds ? { id: row.id, change } : null);
    switch (step.do) {
      case 'claim':
        return when(fits('waiting'), { state: 'talking', claimedBy: step.adviser, claimedAt: at, owedSince: at });
      case 'speak':
        return when(fits('talking', null, step.adviser), { lastAdviserAt: at, owedSince: null });
      case 'touch':
        return when(fits('talking', null, step.adviser), { owedSince: row?.owedSince ? at : null });
      case 'requeue':
        return when(fits('talking', step.version, step.adviser), {
          state: 'waiting',
          claimedBy: step.to,
          claimedAt: null,
          owedSince: null,
        });
      case 'end':
        return when(fits('talking', step.version, step.adviser), {
          state: 'closed',
          closedAt: at,
          outcome: step.outcome,
          owedSince: null,
        });
      case 'tell':
        return when(fits('waiting', step.version) && row?.toldAt === null, { toldAt: at });
      case 'hear':
        return when(true, {
          lastPersonAt: at,
          ...(row?.state === 'talking' ? { owedSince: row.owedSince ?? at } : {}),
        });
      case 'withdraw':
        return when(fits('waiting'), { state: 'closed', closedAt: at, outcome: 'withdrawn', owedSince: null });
      case 'judge': {
        const last = newestOf(
          list.filter(({ state }) => state === 'closed'),
          conversationId,
        );
        const change = { helped: step.helped, helpReason: step.reason ?? last?.helpReason ?? null };
        return last ? { id: last.id, change } : null;
      }
      case 'open':
        return null;
    }
  }

  const optional = new Set<HandoffStep['do']>(['open', 'hear', 'withdraw', 'judge']);

  return {
    apply(conversationId, at, steps) {
      let next = handoffs;
      const opened: [string, string][] = [];
      for (const step of steps) {
        if (step.do === 'open') {
          const { do: _, returnHash, ...fields } = step;
          if (openOf(next, conversationId)) continue;
          if (returnHash) opened.push([returnHash, step.id]);
          const row: Handoff = {
            ...blank,
            ...fields,
            conversationId,
            state: 'waiting',
            requestedAt: at,
            lastPersonAt: at,
            version: 1,
          };
          next = [...next, row];
          continue;
        }
        const made = changeOf(next, conversationId, at, step);
        if (!made && !optional.has(step.do)) return false;
        if (made)
          next = next.map((row) => (row.id === made.id ? { ...row, ...made.change, version: row.version + 1 } : row));
      }
      handoffs = next;
      for (const [hash, id] of opened) returns.set(hash, id);
      return true;
    },
    keepReference(conversationId, reference) {
      if (reference === null) references.delete(conversationId);
      else if (reference !== undefined) references.set(conversationId, JSON.stringify(reference));
    },
    forget(conversationId) {
      references.delete(conversationId);
      const gone = handoffs.filter((one) => one.conversationId === conversationId).map(({ id }) => id);
      for (const [hash, id] of returns) if (gone.includes(id)) returns.delete(hash);
      notes = notes.filter(({ handoffId }) => !gone.includes(handoffId));
      handoffs = handoffs.map((row) => {
        if (!gone.includes(row.id)) return row;
        const ended = row.state === 'closed' ? {} : { outcome: 'erased' as const, closedAt: row.lastPersonAt };
        return { ...row, ...ended, state: 'closed', conversationId: '', claimedBy: null, version: row.version + 1 };
      });
    },
    hasOpenRequest: (conversationId, since) =>
      handoffs.some(
        (row) =>
          row.conversationId === conversationId && row.requestedAt >= since && (row.state !== 'closed' || owes(row)),
      ),
    forgetNumbers(before) {
      handoffs = handoffs.filter((row) => row.conversationId !== '' || row.requestedAt >= before);
    },
    desk: {
      openHandoffs: async () => sorted(handoffs.filter(({ state }) => state !== 'closed')),
      handoff: async (id) => copy(handoffs.find((row) => row.id === id) ?? null),
      handoffOf: async (conversationId) => newestOf(handoffs, conversationId) ?? null,
      handoffByReturn: async (hash) => copy(handoffs.find(({ id }) => id === returns.get(hash)) ?? null),
      handoffsSince: async (at) => sorted(handoffs.filter(({ requestedAt }) => requestedAt >= at)),
      addNote: async (note) => {
        if (!notes.some(({ id }) => id === note.id)) notes = [...notes, copy(note)];
      },
      notes: async (handoffId) => copy(notes.filter((note) => note.handoffId === handoffId)),
      account: async (name) => copy(accounts.get(name) ?? null),
      accounts: async () => copy([...accounts.values()]).sort((a, b) => (a.name < b.name ? -1 : 1)),
      saveAccount: async (account) => void accounts.set(account.name, copy(account)),
      firstAccount: async (account) => {
        if (accounts.size > 0) return false;
        accounts.set(account.name, copy(account));
        return true;
      },
      removeAccount: async (name) => {
        accounts.delete(name);
        for (const [hash, { adviser }] of sessions) if (adviser === name) sessions.delete(hash);
      },
      openSession: async (session) => void sessions.set(session.hash, copy(session)),
      session: async (hash) => copy(sessions.get(hash) ?? null),
      seeSession: async (hash, at) => {
        const session = sessions.get(hash);
        if (session) sessions.set(hash, { ...session, seenAt: at });
      },
      endSession: async (hash) => void sessions.delete(hash),
      sessionsSeen: async (since, now) => {
        for (const [hash, { expiresAt }] of sessions) if (expiresAt <= now) sessions.delete(hash);
        for (const [key, { until }] of marks) if (until <= now) marks.delete(key);
        return copy([...sessions.values()].filter(({ seenAt }) => seenAt >= since));
      },
      reference: async (conversationId) => JSON.parse(references.get(conversationId) ?? 'null'),
      mark: async (kind, id) => copy(marks.get(markKey({ kind, id })) ?? null),
      marks: async (kind) =>
        copy([...marks.values()].filter((mark) => mark.kind === kind)).sort((a, b) => (a.id < b.id ? -1 : 1)),
      setMark: async (mark, outbox = []) => {
        if (!isAt(mark)) return false;
        marks.set(markKey(mark), copy({ ...mark, version: mark.version + 1 }));
        send(outbox);
        return true;
      },
      dropMark: async (mark) => isAt(mark) && marks.delete(markKey(mark)),
    },
  };
}
