import { randomBytes } from 'node:crypto';
import { Client, Pool, type PoolClient } from 'pg';
import type { ConversationStore, LoggedActivity, Logger, TranscriptLine, TurnCommit } from '../conversation/ports';
import { CodedError } from '../errors';
import { createDeskStore, type DeskWrite, deskWrites, never, numbersSince, referenceWrites } from './desk';
import { createOperatorStore, missedWrites } from './operator';
import { toTake } from './outbox';
import { createPendingStore } from './pending';
import { asking } from './postgres-away';
import { listen } from './postgres-listen';
import { bringUpToDate } from './postgres-migrate';
import { createReminderStore, reminderWrites } from './reminders';
import { forgetWrites } from './sql/desk';
import type { OutboxRow } from './sql/outbox';
import { postgresStatements } from './sql/postgres-statements';

export type PostgresOptions = {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  logger: Logger;
  /** Most connections of this process, without the one that listens. Default 10. */
  connections?: number;
  /** How long one waits for a free connection, in milliseconds. Default 5000. */
  patience?: number;
  /** After so many milliseconds of silence a connection counts as broken, for us and inside a transaction for the database. Default 12,000. */
  longestAnswer?: number;
};

/** Milliseconds a statement may take before the database gives it up; less than it may be silent. */
const statementTimeout = 10_000;
/** Key of an advisory lock: one instance expires at a time. */
const expireLock = 7_190_002;

type LogRow = { last: number; activities: string };
type Committed = { revision: number; sequence: number | null };
type Written = { revision: number; logged: LoggedActivity[] };

/** Entries that end at sequence `last`. */
const numbered = (last: number, entries: unknown[]): LoggedActivity[] =>
  entries.map((activity, index) => ({ sequence: last - entries.length + 1 + index, activity }));

/**
 * A store in PostgreSQL, for several instances behind a load balancer. A commit is one statement: the row of the conversation is
 * locked, its revision compared, and everything written or nothing. Throws `STORE_OPEN` or `STORE_NEWER` at start.
 */
export async function createPostgresStore({
  url,
  logger,
  connections = 10,
  patience = 5000,
  longestAnswer = 12_000,
}: PostgresOptions): Promise<ConversationStore> {
  const connecting = { connectionString: url, connectionTimeoutMillis: patience, application_name: 'guichet' };
  const pool = new Pool({
    max: connections,
    statement_timeout: statementTimeout,
    query_timeout: longestAnswer,
    idle_in_transaction_session_timeout: longestAnswer,
    ...connecting,
  });
  // A broken idle connection is replaced by the next query; without a listener it would end the process.
  const broken = (error: Error) => logger.warn({ code: 'STORE_CONNECTION', error }, 'a database connection broke');
  pool.on('error', broken);
  // Nor does one that breaks between two statements of a transaction.
  pool.on('connect', (client) => void client.on('error', silence));
  try {
    await bringUpToDate(new Client(connecting));
  } catch (error) {
    const newer = error instanceof CodedError && error.code === 'STORE_NEWER';
    throw newer ? error : new CodedError('STORE_OPEN', codeOf(error), { cause: error });
  }
  /** Prepared once a connection, under the name of the statement. */
  const run = async <Row>(
    name: keyof typeof postgresStatements,
    values: unknown[],
    client: Pool | PoolClient = pool,
  ) => {
    const query = { name, text: postgresStatements[name], values };
    const { rows, rowCount } = await asking(() => client.query(query));
    return { rows: rows as Row[], count: rowCount ?? 0 };
  };
  /** The same for the stores that share their statements with SQLite. */
  const runOne = async (name: keyof typeof postgresStatements, values: unknown[]) => {
    const { rows, count } = await run(name, values);
    return { rows, changes: count };
  };
  const secrets = new Map<string, string>();
  const stops: (() => Promise<void>)[] = [];

  /** Throws `Lost` when something that must hold does not. */
  async function runAll(client: PoolClient, writes: DeskWrite[]): Promise<void> {
    for (const { name, values, must } of writes)
      if ((await run(name, values, client)).count === 0 && must) throw new Lost();
  }

  async function eraseRows(client: PoolClient, ids: string[]): Promise<void> {
    for (const name of ['eraseTurns', 'eraseLog', 'eraseOutbox', 'erasePending', ...forgetWrites] as const)
      await run(name, [ids], client);
  }

  /** Writes a turn; null when somebody else was faster, or it was there already. */
  async function write(turn: TurnCommit, client: Pool | PoolClient): Promise<Written | null> {
    const { conversationId: id, expectedRevision: expected, log, outbox } = turn;
    const values = [
      id,
      turn.activityId,
      log.length,
      turn.channel,
      turn.at,
      JSON.stringify(turn.reply),
      JSON.stringify(turn.transcript),
      JSON.stringify(log),
      outbox.map((item) => item.id),
      outbox.map((item) => item.conversationId),
      outbox.map((item) => JSON.stringify(item.payload)),
      JSON.stringify(turn.saved),
    ];
    const { rows } = await (expected === 0
      ? run<Committed>('commitFirst', values, client)
      : run<Committed>('commit', [...values, expected], client));
    return rows[0] ? { revision: rows[0].revision, logged: numbered(rows[0].sequence ?? 0, log) } : null;
  }

  return {
    load: async (id) => {
      const { rows } = await run<{ id: string; channel: string; revision: number; saved: string; updatedAt: string }>(
        'load',
        [id],
      );
      return rows[0] ? { ...rows[0], saved: JSON.parse(rows[0].saved) } : null;
    },
    handledReply: async (id, activityId) => {
      const { rows } = await run<{ reply: string }>('reply', [id, activityId]);
      return rows[0] ? JSON.parse(rows[0].reply) : null;
    },
    commit: async (turn) => {
      const { conversationId: id, at } = turn;
      const desk = [
        ...deskWrites(id, at, turn.handoff),
        ...referenceWrites(id, turn.reference),
        ...missedWrites(turn.at, turn.missed),
        ...reminderWrites(id, turn.reminders),
      ];
      const written = await (desk.length === 0
        ? write(turn, pool)
        : transaction(pool, async (client) => {
            const entries = await write(turn, client);
            if (!entries) return null;
            await runAll(client, desk);
            await run('tellDesk', [], client);
            return entries;
          })
      ).catch((error: unknown) => {
        if (error instanceof Lost) return 'lost' as const;
        // Two first commits of one activity at once: the second stops at the primary key.
        if (codeOf(error) === uniqueViolation) return null;
        throw error;
      });
      if (written === 'lost') return { ok: false, reason: 'lost' };
      if (written) return { ok: true, ...written };
      const known = await run('reply', [id, turn.activityId]);
      return { ok: false, reason: known.count > 0 ? 'handled' : 'stale' };
    },
    openLog: async (id, at) => (await run('open', [id, at])).count > 0,
    hasLog: async (id) => {
      const { rows } = await run<{ sequence: number | null }>('place', [id]);
      return rows[0]?.sequence != null;
    },
    appendLog: async (id, entries, at) => {
      if (entries.length === 0) return [];
      const { rows } = await run<{ sequence: number }>('append', [id, entries.length, at, JSON.stringify(entries)]);
      return rows[0] ? numbered(rows[0].sequence, entries) : [];
    },
    readLog: async (id, after, limit = 1_000_000) => {
      const { rows } = await (limit < 0 ? run<LogRow>('logEnd', [id, -limit]) : run<LogRow>('log', [id, after, limit]));
      const inOrder = limit < 0 ? rows.reverse() : rows;
      const entries = inOrder.flatMap(({ last, activities }) => numbered(last, JSON.parse(activities)));
      return limit < 0 ? entries.slice(limit) : entries.filter(({ sequence }) => sequence > after).slice(0, limit);
    },
    transcript: async (id) => {
      const { rows } = await run<{ transcript: string }>('transcript', [id]);
      return rows.flatMap((row): TranscriptLine[] => JSON.parse(row.transcript));
    },
    waitingOutbox: async (now, limit) => {
      const { rows } = await run<{ conversationId: string }>('outboxWaiting', [now, limit]);
      return rows.map(({ conversationId }) => conversationId);
    },
    takeOutbox: async (id, now, until) => toTake((await run<OutboxRow>('outboxTake', [id, now, until])).rows[0]),
    returnOutbox: async (outboxId, until, refused) => {
      await run('outboxReturn', [outboxId, until, refused ? 1 : 0]);
    },
    removeOutbox: async (outboxId) => {
      await run('outboxRemove', [outboxId]);
    },
    erase: (id) =>
      transaction(pool, async (client) => {
        await run('lock', [id], client);
        await eraseRows(client, [id]);
        await run('reminderCancel', [id], client);
        await run('blank', [id], client);
      }),
    expire: async (before, waitingSince = never) => {
      let count = 0;
      await run('deskForgetOld', [numbersSince(before)]);
      await run('pendingForgetOld', [before]);
      for (;;) {
        const removed = await transaction(pool, async (client) => {
          const lock = await client.query('SELECT pg_try_advisory_xact_lock($1) AS mine', [expireLock]);
          if (!(lock.rows[0] as { mine: boolean }).mine) return 0;
          const ids = (await run<{ id: string }>('expired', [before, waitingSince], client)).rows.map((row) => row.id);
          await eraseRows(client, ids);
          await run('eraseConversations', [ids], client);
          return ids.length;
        });
        count += removed;
        if (removed === 0) return count;
      }
    },
    secret: async (name) => {
      let value = secrets.get(name);
      if (value === undefined) {
        await run('makeSecret', [name, randomBytes(32).toString('base64url')]);
        value = ((await run<{ value: string }>('secret', [name])).rows[0] as { value: string }).value;
        secrets.set(name, value);
      }
      return value;
    },
    logEnds: async (ids) => {
      const { rows } = await run<{ id: string; sequence: number }>('logEnds', [ids]);
      return new Map(rows.map(({ id, sequence }) => [id, sequence]));
    },
    watch: async (news) => void stops.push(await listen(url, logger, news)),
    operator: createOperatorStore(runOne),
    reminders: createReminderStore(runOne),
    pending: createPendingStore(runOne),
    desk: createDeskStore(runOne, (writes) =>
      transaction(pool, (client) => runAll(client, writes).then(() => true)).catch(falseWhenLost),
    ),
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await pool.end();
    },
  };
}

/** A handoff was not as a step of the turn expects it. */
class Lost extends Error {
  readonly code = 'lost';
}

const falseWhenLost = (error: unknown): false => {
  if (error instanceof Lost) return false;
  throw error;
};

const silence = () => {};
const uniqueViolation = '23505';
const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

async function transaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await asking(() => pool.connect());
  try {
    await asking(() => client.query('BEGIN'));
    const result = await work(client);
    await asking(() => client.query('COMMIT'));
    client.release();
    return result;
  } catch (error) {
    // Anything else ends the connection, and what was begun with it: it may be the connection that has failed.
    if (error instanceof Lost) await client.query('ROLLBACK').catch(() => {});
    client.release(!(error instanceof Lost));
    throw error;
  }
}
