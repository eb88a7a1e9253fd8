import { randomBytes } from 'node:crypto';
import type Database from 'libsql';
import type {
  CommitResult,
  ConversationStore,
  LoggedActivity,
  TranscriptLine,
  TurnCommit,
} from '../conversation/ports';
import { createDeskStore, type DeskWrite, deskWrites, never, numbersSince, referenceWrites } from './desk';
import { createOperatorStore, missedWrites } from './operator';
import { toTake } from './outbox';
import { createPendingStore } from './pending';
import { createReminderStore, reminderWrites } from './reminders';
import { forgetWrites } from './sql/desk';
import type { OutboxRow } from './sql/outbox';
import type { PendingStatement } from './sql/pending';
import { sqliteStatements } from './sql/sqlite-statements';
import { openSqliteFile, type SqliteOptions } from './sqlite-file';

type Statement = Pick<Database.Statement, 'run' | 'get' | 'all'>;
type Prepared = Record<keyof typeof sqliteStatements, Statement>;
type Row = Record<'id' | 'channel' | 'saved' | 'updatedAt', string> & { revision: number };
type Place = { sequence: number | null } | undefined;
type Committed = { revision: number; sequence: number | null } | undefined;

/** Entries that end at sequence `last`. */
const numbered = (last: number, entries: unknown[]): LoggedActivity[] =>
  entries.map((activity, index) => ({ sequence: last - entries.length + 1 + index, activity }));

/**
 * A store in one SQLite file (plus its `-wal` and `-shm` companions). Calls answer synchronously inside; several processes may share
 * the file on one machine. Throws `STORE_OPEN` or `STORE_NEWER` at start; later errors mean a broken disk.
 */
export function createSqliteStore(options: SqliteOptions): ConversationStore {
  const database = openSqliteFile(options);
  const on = Object.fromEntries(
    Object.entries(sqliteStatements).map(([name, sql]) => [name, database.prepare(sql)]),
  ) as unknown as Prepared;

  /** One write transaction, undone when `work` throws or returns through `undo`. */
  function write<Result>(work: (undo: (result: Result) => Result) => Result): Result {
    let end: 'commit' | 'rollback' = 'commit';
    on.begin.run();
    try {
      const result = work((undone) => {
        end = 'rollback';
        return undone;
      });
      on[end].run();
      return result;
    } catch (error) {
      if (database.inTransaction) on.rollback.run();
      throw error;
    }
  }

  /** Adds entries to the log; `last` = the sequence that the conversation's counter has already moved on to. */
  function append(id: string, last: number, entries: unknown[]): LoggedActivity[] {
    if (entries.length > 0) on.entries.run(id, last, JSON.stringify(entries));
    return numbered(last, entries);
  }

  /** Statements that read give rows, all others how many rows they changed. */
  function runDesk(
    name: DeskWrite['name'] | PendingStatement,
    values: unknown[],
  ): { rows: unknown[]; changes: number } {
    if (/^SELECT|RETURNING/.test(sqliteStatements[name])) return { rows: on[name].all(...values), changes: 0 };
    return { rows: [], changes: on[name].run(...values).changes };
  }

  /** Inside a transaction; what is not ok must be undone. */
  function writeTurn(turn: TurnCommit): CommitResult {
    const { conversationId: id, expectedRevision, log } = turn;
    const revision = expectedRevision + 1;
    const conversation = [id, log.length, turn.channel, turn.at, JSON.stringify(turn.saved)];
    const desk: DeskWrite[] = [
      ...deskWrites(id, turn.at, turn.handoff),
      ...referenceWrites(id, turn.reference),
      ...missedWrites(turn.at, turn.missed),
      ...reminderWrites(id, turn.reminders),
    ];
    const [reply, transcript] = [JSON.stringify(turn.reply), JSON.stringify(turn.transcript)];
    if (on.take.run(id, turn.activityId, revision, reply, transcript).changes === 0)
      return { ok: false, reason: 'handled' };
    const place = (
      expectedRevision === 0 ? on.saveFirst.get(...conversation) : on.save.get(...conversation, expectedRevision)
    ) as Committed;
    if (!place) return { ok: false, reason: 'stale' };
    const logged = append(id, place.sequence ?? 0, log);
    for (const item of turn.outbox) on.send.run(item.id, item.conversationId, JSON.stringify(item.payload));
    for (const step of desk)
      if (runDesk(step.name, step.values).changes === 0 && step.must) return { ok: false, reason: 'lost' };
    return { ok: true, revision: place.revision, logged };
  }

  const commitAlone = (turn: TurnCommit): CommitResult =>
    write((undo) => {
      const result = writeTurn(turn);
      return result.ok ? result : undo(result);
    });

  /** All of them in one transaction; null when one of them cannot be, and then nothing was written. */
  function commitAll(turns: TurnCommit[]): CommitResult[] | null {
    try {
      return write((undo) => {
        const results = turns.map(writeTurn);
        return results.every(({ ok }) => ok) ? results : undo(null);
      });
    } catch {
      return null;
    }
  }

  let waiting: { turn: TurnCommit; resolve(result: CommitResult): void; reject(error: unknown): void }[] = [];
  /** What came to its commit meanwhile shares a transaction, which is a good part of what a commit costs. */
  function commitWaiting(): void {
    const round = waiting;
    waiting = [];
    const results = round.length > 1 ? commitAll(round.map(({ turn }) => turn)) : null;
    for (const [index, { turn, resolve, reject }] of round.entries()) {
      try {
        resolve(results?.[index] ?? commitAlone(turn));
      } catch (error) {
        reject(error);
      }
    }
  }

  function eraseRows(id: string): void {
    for (const statement of [on.eraseTurns, on.eraseLog, on.eraseOutbox, on.erasePending]) statement.run(id);
    for (const name of forgetWrites) on[name].run(id);
  }

  /** Deleted bytes stay in the write-ahead log until it is emptied; when another process reads, its next checkpoint does it. */
  const emptyJournal = () => void database.pragma('wal_checkpoint(TRUNCATE)');
  let emptying: NodeJS.Timeout | undefined;
  /** The same a little later, once for many deletions, without waiting for anybody: whoever reads is asked again at the next look. */
  function emptyJournalSoon(): void {
    emptying ??= setTimeout(() => {
      emptying = undefined;
      if (!database.open) return;
      try {
        database.pragma('busy_timeout = 0');
        const [done] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        if (done?.busy) emptyJournalSoon();
      } catch {
        emptyJournalSoon();
      } finally {
        database.pragma(`busy_timeout = ${options.busyTimeout ?? 5000}`);
      }
    }, options.journalMilliseconds ?? 3000).unref();
  }
  const secrets = new Map<string, string>();

  return {
    load: async (id) => {
      const row = on.load.get(id) as Row | undefined;
      if (!row) return null;
      const { channel, revision, saved, updatedAt } = row;
      return { id, channel, revision, saved: JSON.parse(saved), updatedAt };
    },
    handledReply: async (id, activityId) => {
      const row = on.reply.get(id, activityId) as { reply: string } | undefined;
      return row ? JSON.parse(row.reply) : null;
    },
    commit: (turn) =>
      new Promise((resolve, reject) => {
        waiting.push({ turn, resolve, reject });
        if (waiting.length === 1) process.nextTick(commitWaiting);
      }),
    openLog: async (id, at) => on.open.run(id, at).changes > 0,
    hasLog: async (id) => ((on.place.get(id) as Place)?.sequence ?? null) !== null,
    appendLog: async (id, entries, at) =>
      write((): LoggedActivity[] => {
        const place = on.advance.get(entries.length, at, id) as Place;
        return place ? append(id, place.sequence ?? 0, entries) : [];
      }),
    readLog: async (id, after, limit) => {
      type Entries = { last: number; activities: string }[];
      const unfold = (rows: Entries) => rows.flatMap(({ last, activities }) => numbered(last, JSON.parse(activities)));
      if (limit !== undefined && limit < 0)
        return unfold((on.logEnd.all(id, -limit) as Entries).reverse()).slice(limit);
      return unfold(on.log.all(id, after, limit ?? -1) as Entries)
        .filter(({ sequence }) => sequence > after)
        .slice(0, limit);
    },
    logEnds: async (ids) =>
      new Map(
        (on.logEnds.all(JSON.stringify(ids)) as { id: string; sequence: number }[]).map(({ id, sequence }) => [
          id,
          sequence,
        ]),
      ),
    transcript: async (id) =>
      (on.transcript.all(id) as { transcript: string }[]).flatMap((row): TranscriptLine[] =>
        JSON.parse(row.transcript),
      ),
    waitingOutbox: async (now, limit) =>
      (on.outboxWaiting.all(now, limit) as { conversationId: string }[]).map(({ conversationId }) => conversationId),
    takeOutbox: async (id, now, until) => toTake(on.outboxTake.get(id, now, until) as OutboxRow | undefined),
    returnOutbox: async (outboxId, until, refused) => void on.outboxReturn.run(outboxId, until, refused ? 1 : 0),
    removeOutbox: async (outboxId) => {
      if (on.outboxRemove.run(outboxId).changes > 0) emptyJournalSoon();
    },
    erase: async (id) => {
      write(() => {
        eraseRows(id);
        on.reminderCancel.run(id);
        on.blank.run(id);
      });
      emptyJournal();
    },
    expire: async (before, waitingSince = never) => {
      let count = 0;
      on.deskForgetOld.run(numbersSince(before));
      const pending = on.pendingForgetOld.run(before).changes;
      for (;;) {
        const removed = write(() => {
          const rows = on.expired.all(before, waitingSince) as { id: string }[];
          for (const { id } of rows) {
            eraseRows(id);
            on.eraseConversation.run(id);
          }
          return rows.length;
        });
        count += removed;
        if (removed === 0) break;
      }
      if (count + pending > 0) emptyJournal();
      return count;
    },
    secret: async (name) => {
      let value = secrets.get(name);
      if (value === undefined) {
        on.makeSecret.run(name, randomBytes(32).toString('base64url'));
        value = (on.secret.get(name) as { value: string }).value;
        secrets.set(name, value);
      }
      return value;
    },
    operator: createOperatorStore(async (name, values) => runDesk(name, values)),
    reminders: createReminderStore(async (name, values) => runDesk(name, values)),
    pending: createPendingStore(async (name, values) => {
      const done = runDesk(name, values);
      if (name === 'pendingRemove' && done.changes > 0) emptyJournalSoon();
      return done;
    }),
    desk: createDeskStore(
      async (name, values) => runDesk(name, values),
      async (writes) =>
        write(
          (undo) => writes.every(({ name, values, must }) => runDesk(name, values).changes > 0 || !must) || undo(false),
        ),
    ),
    close: async () => {
      clearTimeout(emptying);
      if (!database.open) return;
      emptyJournal();
      database.close();
    },
  };
}
