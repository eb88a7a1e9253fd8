import type {
  AdviserAccount,
  AdviserSession,
  DeskMark,
  DeskStore,
  Handoff,
  HandoffNote,
  HandoffStep,
} from '../conversation/handoff-ports';
import type { DeskStatement } from './sql/desk';
import type { OperatorStatement } from './sql/operator';
import type { ReminderStatement } from './sql/reminders';

/** Runs one statement of the desk: gives its rows, and how many it changed. */
export type RunDesk = (name: DeskStatement, values: unknown[]) => Promise<{ rows: unknown[]; changes: number }>;

/** One step as a statement; `must`: the turn is lost when it changes nothing. */
export type DeskWrite = {
  name: DeskStatement | OperatorStatement | ReminderStatement;
  values: unknown[];
  must: boolean;
};

/** The statements behind the steps of a commit. */
export function deskWrites(conversationId: string, at: string, steps: HandoffStep[] = []): DeskWrite[] {
  const writeOf = (step: HandoffStep): DeskWrite => {
    switch (step.do) {
      case 'open': {
        const { id, language, channel, reason, stage, returnHash = null } = step;
        const values = [id, at, conversationId, language, channel, reason, stage, returnHash];
        return { name: 'deskOpen', values, must: false };
      }
      case 'claim':
        return { name: 'deskClaim', values: [step.id, at, step.adviser], must: true };
      case 'speak':
        return { name: 'deskSpeak', values: [step.id, at, step.adviser], must: true };
      case 'touch':
        return { name: 'deskTouch', values: [step.id, at, step.adviser], must: true };
      case 'requeue':
        return { name: 'deskRequeue', values: [step.id, at, step.version, step.adviser, step.to], must: true };
      case 'end':
        return { name: 'deskEnd', values: [step.id, at, step.version, step.adviser, step.outcome], must: true };
      case 'tell':
        return { name: 'deskTell', values: [step.id, at, step.version], must: true };
      case 'hear':
        return { name: 'deskHear', values: [conversationId, at], must: false };
      case 'withdraw':
        return { name: 'deskWithdraw', values: [conversationId, at], must: false };
      case 'judge':
        return { name: 'deskJudge', values: [conversationId, at, step.helped ? 1 : 0, step.reason], must: false };
    }
  };
  return steps.map(writeOf);
}

/** What keeping or dropping an address takes; nothing when it stays as it is. */
export function referenceWrites(conversationId: string, reference: unknown): DeskWrite[] {
  if (reference === undefined) return [];
  return reference === null
    ? [{ name: 'deskDropReference', values: [conversationId], must: false }]
    : [{ name: 'deskKeepReference', values: [conversationId, JSON.stringify(reference)], must: false }];
}

/** A time after all others: no request keeps a conversation. */
export const never = '9999';

/** Days for which the numbers of erased conversations are kept. */
const numbersDays = 30;

/** Since when numbers are kept, for an expiry of what is older than `before`. */
export const numbersSince = (before: string): string =>
  new Date(new Date(before).getTime() - numbersDays * 86_400_000).toISOString();

type HandoffRow = Omit<Handoff, 'helped'> & { helped: number | null };
type AccountRow = Omit<AdviserAccount, 'languages'> & { languages: string };

const toHandoff = (row: unknown): Handoff => {
  const { helped, conversationId, ...rest } = row as HandoffRow;
  return {
    ...rest,
    conversationId: conversationId.startsWith('#') ? '' : conversationId,
    helped: helped === null ? null : helped === 1,
  };
};
const toAccount = (row: unknown): AdviserAccount => {
  const { languages, ...rest } = row as AccountRow;
  return { ...rest, languages: JSON.parse(languages) };
};
const fromAccount = ({ name, shown, hash, languages, uiLanguage }: AdviserAccount): unknown[] => [
  name,
  shown,
  hash,
  JSON.stringify(languages),
  uiLanguage,
];

const toMark = (row: unknown): DeskMark => {
  const { value, ...rest } = row as DeskMark & { value: string };
  return { ...rest, value: JSON.parse(value) };
};

/** What is kept for advisers, in any database that runs the statements; `together`: all in one transaction, false when undone. */
export function createDeskStore(run: RunDesk, together: (writes: DeskWrite[]) => Promise<boolean>): DeskStore {
  const list = async <T>(name: DeskStatement, values: unknown[], as: (row: unknown) => T): Promise<T[]> =>
    (await run(name, values)).rows.map(as);
  const one = async <T>(name: DeskStatement, values: unknown[], as: (row: unknown) => T): Promise<T | null> =>
    (await list(name, values, as))[0] ?? null;
  const asIs = <T>(row: unknown): T => ({ ...(row as object) }) as T;
  return {
    openHandoffs: () => list('deskOpenOnes', [], toHandoff),
    handoff: (id) => one('deskOne', [id], toHandoff),
    handoffOf: (conversationId) => one('deskNewest', [conversationId], toHandoff),
    handoffByReturn: (hash) => one('deskByReturn', [hash], toHandoff),
    handoffsSince: (at) => list('deskSince', [at], toHandoff),
    addNote: async ({ id, handoffId, adviser, at, text }) => {
      await run('deskAddNote', [id, handoffId, adviser, at, text]);
    },
    notes: (handoffId) => list('deskNotes', [handoffId], asIs<HandoffNote>),
    account: (name) => one('deskAccount', [name], toAccount),
    accounts: () => list('deskAccounts', [], toAccount),
    saveAccount: async (account) => {
      await run('deskSaveAccount', fromAccount(account));
    },
    firstAccount: async (account) => (await run('deskFirstAccount', fromAccount(account))).changes > 0,
    removeAccount: async (name) => {
      await run('deskRemoveSessions', [name]);
      await run('deskRemoveAccount', [name]);
    },
    openSession: async ({ hash, adviser, csrf, expiresAt, seenAt }) => {
      await run('deskOpenSession', [hash, adviser, csrf, expiresAt, seenAt]);
    },
    session: (hash) => one('deskSession', [hash], asIs<AdviserSession>),
    seeSession: async (hash, at) => {
      await run('deskSeeSession', [hash, at]);
    },
    endSession: async (hash) => {
      await run('deskEndSession', [hash]);
    },
    sessionsSeen: async (since, now) => {
      await run('deskEndSessions', [now]);
      await run('deskDropMarks', [now]);
      return list('deskSessions', [since], asIs<AdviserSession>);
    },
    reference: (conversationId) =>
      one('deskReference', [conversationId], (row) => JSON.parse((row as { reference: string }).reference)),
    mark: (kind, id) => one('deskMark', [kind, id], toMark),
    marks: (kind) => list('deskMarks', [kind], toMark),
    setMark: ({ kind, id, value, until, version }, outbox = []) => {
      const values = [kind, id, JSON.stringify(value), until];
      const move: DeskWrite =
        version === 0
          ? { name: 'deskNewMark', values, must: true }
          : { name: 'deskMoveMark', values: [...values, version], must: true };
      const sends = outbox.map((item): DeskWrite => {
        return {
          name: 'deskSend',
          values: [item.id, item.conversationId, JSON.stringify(item.payload), item.about ?? null],
          must: true,
        };
      });
      return together([move, ...sends]);
    },
    dropMark: async ({ kind, id, version }) => (await run('deskDropMark', [kind, id, version])).changes > 0,
  };
}
