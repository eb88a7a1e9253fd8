import { randomBytes } from 'node:crypto';
import { Client, Pool, type PoolClient } from 'pg';
import type { ConversationStore, LoggedActivity, Logger, TranscriptLine, TurnCommit } from '../conversation/ports';
import { CodedError } from '../errors';
import { migrationsAfter } from './migrate';
import { postgresMigrations } from './sql/postgres';

export type PostgresOptions = {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  logger: Logger;
  /** Most connections of this process, without the one that listens. Default 10. */
  connections?: number;
};

/** Channel of NOTIFY: the payload is the id of a conversation whose log has grown, and only a hint. */
const channel = 'guichet_log';
/** Milliseconds a statement may take before the database gives it up, and before a lost listener is opened again. */
const statementTimeout = 10_000;
const listenAgainAfter = 1000;
/** Keys of advisory locks: what one instance does at a time. */
const locks = { migrate: 7_190_001, expire: 7_190_002 } as const;

/** What one commit writes, once `moved` has a row; `handled` tells why it has none. */
const written = `
  turned AS (INSERT INTO turns SELECT $1::text, $2::text, moved.revision, $6::text, $7::text FROM moved),
  logged AS (INSERT INTO log SELECT $1::text, moved.log_sequence, $8::text FROM moved WHERE $3::integer > 0),
  sent AS (
    INSERT INTO outbox (id, conversation_id, payload)
    SELECT item.* FROM moved, unnest($9::text[], $10::text[], $11::text[]) AS item (id, conversation, payload)
  )
  SELECT moved.log_sequence AS sequence, CASE WHEN $3::integer > 0 THEN pg_notify('${channel}', $1::text) END FROM moved`;
const handled = 'handled AS (SELECT 1 FROM turns WHERE conversation_id = $1::text AND activity_id = $2::text)';
const advanced = `CASE $3::integer WHEN 0 THEN conversations.log_sequence ELSE coalesce(conversations.log_sequence, 0) + $3::integer END`;

const statements = {
  load: 'SELECT id, channel, revision, saved, updated_at AS "updatedAt" FROM conversations WHERE id = $1 AND revision > 0',
  reply: 'SELECT reply FROM turns WHERE conversation_id = $1 AND activity_id = $2',
  // A conversation's first commit. No row comes back when the activity was handled, or when it is not the first.
  commitFirst: `WITH ${handled}, moved AS (
      INSERT INTO conversations (id, revision, log_sequence, channel, updated_at, saved)
      SELECT $1::text, 1, nullif($3::integer, 0), $4::text, $5::text, $12::text WHERE NOT EXISTS (SELECT FROM handled)
      ON CONFLICT (id) DO UPDATE SET revision = 1, log_sequence = ${advanced}, channel = $4, updated_at = $5, saved = $12
      WHERE conversations.revision = 0 RETURNING revision, log_sequence
    ), ${written}`,
  // A later one; $13 = the revision that was loaded.
  commit: `WITH ${handled}, moved AS (
      UPDATE conversations SET revision = revision + 1, log_sequence = ${advanced}, channel = $4, updated_at = $5, saved = $12
      WHERE id = $1 AND revision = $13 AND NOT EXISTS (SELECT FROM handled) RETURNING revision, log_sequence
    ), ${written}`,
  open: `INSERT INTO conversations (id, revision, log_sequence, channel, updated_at) VALUES ($1, 0, 0, '', $2)
    ON CONFLICT (id) DO UPDATE SET log_sequence = 0 WHERE conversations.log_sequence IS NULL`,
  place: 'SELECT log_sequence AS sequence FROM conversations WHERE id = $1',
  append: `WITH moved AS (
      UPDATE conversations SET log_sequence = log_sequence + $2::integer, updated_at = $3
      WHERE id = $1 AND log_sequence IS NOT NULL RETURNING log_sequence
    ), logged AS (INSERT INTO log SELECT $1::text, log_sequence, $4::text FROM moved)
    SELECT log_sequence AS sequence, pg_notify('${channel}', $1::text) FROM moved`,
  // A row holds at least one entry.
  log: `SELECT last_sequence AS last, activities FROM log WHERE conversation_id = $1 AND last_sequence > $2
    ORDER BY last_sequence LIMIT $3`,
  logEnd: `SELECT last_sequence AS last, activities FROM log WHERE conversation_id = $1
    ORDER BY last_sequence DESC LIMIT $2`,
  transcript: 'SELECT transcript FROM turns WHERE conversation_id = $1 ORDER BY revision',
  pending: 'SELECT id, conversation_id AS "conversationId", payload FROM outbox ORDER BY number LIMIT $1',
  delivered: 'DELETE FROM outbox WHERE id = $1',
  expired: 'SELECT id FROM conversations WHERE updated_at < $1 LIMIT 500 FOR UPDATE SKIP LOCKED',
  eraseTurns: 'DELETE FROM turns WHERE conversation_id = ANY($1)',
  eraseLog: 'DELETE FROM log WHERE conversation_id = ANY($1)',
  eraseOutbox: 'DELETE FROM outbox WHERE conversation_id = ANY($1)',
  eraseConversations: 'DELETE FROM conversations WHERE id = ANY($1)',
  blank: "UPDATE conversations SET revision = 0, saved = NULL, channel = '' WHERE id = $1 AND log_sequence IS NOT NULL",
  forget: 'DELETE FROM conversations WHERE id = $1 AND log_sequence IS NULL',
  makeSecret: 'INSERT INTO secrets VALUES ($1, $2) ON CONFLICT DO NOTHING',
  secret: 'SELECT value FROM secrets WHERE name = $1',
} as const;

type LogRow = { last: number; activities: string };

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
}: PostgresOptions): Promise<ConversationStore> {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    statement_timeout: statementTimeout,
    connectionTimeoutMillis: statementTimeout,
    application_name: 'guichet',
  });
  // A broken idle connection is replaced by the next query; without a listener it would end the process.
  pool.on('error', (error) => logger.warn({ code: 'STORE_CONNECTION', error }, 'a database connection broke'));
  try {
    await transaction(pool, async (client) => bringUpToDate(client));
  } catch (error) {
    await pool.end();
    throw error instanceof CodedError ? error : new CodedError('STORE_OPEN', codeOf(error), { cause: error });
  }
  /** Prepared once a connection, under the name of the statement. */
  const run = async <Row>(name: keyof typeof statements, values: unknown[], client: Pool | PoolClient = pool) => {
    const { rows, rowCount } = await client.query({ name, text: statements[name], values });
    return { rows: rows as Row[], count: rowCount ?? 0 };
  };
  const secrets = new Map<string, string>();
  const stops: (() => Promise<void>)[] = [];

  async function eraseRows(client: PoolClient, ids: string[]): Promise<void> {
    for (const name of ['eraseTurns', 'eraseLog', 'eraseOutbox'] as const) await run(name, [ids], client);
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
    commit: async (turn: TurnCommit) => {
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
        ? run<{ sequence: number | null }>('commitFirst', values)
        : run<{ sequence: number | null }>('commit', [...values, expected])
      ).catch((error: unknown) => {
        // Two first commits of one activity at once: the second stops at the primary key.
        if (codeOf(error) === uniqueViolation) return { rows: [] };
        throw error;
      });
      if (rows[0]) return { ok: true, revision: expected + 1, logged: numbered(rows[0].sequence ?? 0, log) };
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
    pendingOutbox: async (limit) => {
      const { rows } = await run<Record<'id' | 'conversationId' | 'payload', string>>('pending', [limit]);
      return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) }));
    },
    markDelivered: async (outboxId) => {
      await run('delivered', [outboxId]);
    },
    erase: (id) =>
      transaction(pool, async (client) => {
        await eraseRows(client, [id]);
        await run('forget', [id], client);
        await run('blank', [id], client);
      }),
    expire: async (before) => {
      let count = 0;
      for (;;) {
        const removed = await transaction(pool, async (client) => {
          const lock = await client.query('SELECT pg_try_advisory_xact_lock($1) AS mine', [locks.expire]);
          if (!(lock.rows[0] as { mine: boolean }).mine) return 0;
          const ids = (await run<{ id: string }>('expired', [before], client)).rows.map((row) => row.id);
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
    watch: async (wake) => {
      const stop = await listen(url, logger, wake);
      stops.push(stop);
    },
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await pool.end();
    },
  };
}

const uniqueViolation = '23505';
const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

async function transaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    client.release(codeOf(error) === undefined);
    throw error;
  }
}

async function bringUpToDate(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [locks.migrate]);
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM migrations');
  for (const { version, name, sql } of migrationsAfter((rows[0] as { version: number }).version, postgresMigrations)) {
    await client.query(sql);
    await client.query('INSERT INTO migrations (version, name) VALUES ($1, $2)', [version, name]);
  }
}

/** Listens on a connection of its own (a pooler would lose it), opened again when it breaks; ends with the function that it gives. */
async function listen(
  url: string,
  logger: Logger,
  wake: (conversationId: string) => void,
): Promise<() => Promise<void>> {
  let client: Client | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const again = (error: unknown) => {
    if (stopped || timer) return;
    logger.warn({ code: 'STORE_CONNECTION', error }, 'the listening connection broke');
    void client?.end().catch(() => {});
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, listenAgainAfter);
  };
  async function open(): Promise<void> {
    client = new Client({ connectionString: url, keepAlive: true, application_name: 'guichet-listen' });
    client.on('notification', ({ payload }) => payload && wake(payload));
    client.on('error', again);
    client.on('end', () => again(undefined));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      again(error);
    }
  }
  await open();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => {});
  };
}
