import type { Outlet } from '../../src/conversation/ports';
import { openTestConversation, says } from '../support/edges';
import { startPostgres } from '../support/postgres';
import { type Backend, postgresBackend, sqliteBackend } from './backend';
import { allWrong, type Course, quantile, type Report, type Suite } from './suite';

/** Conversations stored in the fuller one of two databases, turns measured on each, and how much dearer a turn may be there. */
const sizes = {
  full: { stored: 1_000_000, turns: 2000, limit: 1.15 },
  small: { stored: 10_000, turns: 60, limit: 3 },
};

/** Every turn writes a log like Direct Line's. */
const logging: Outlet = {
  record: ({ text }, { bubbles }) => ({ log: [{ text }, ...bubbles], outbox: [] }),
  delivered() {},
};

const sentences = [
  'I am an employee from Morocco',
  'do I have to translate my birth certificate?',
  'I have a visa',
  'yes',
];

type Side = { backend: Backend; conversation: Awaited<ReturnType<typeof openTestConversation>> };

/** A database with so many copies of one real conversation. */
async function fill(backend: Backend, stored: number): Promise<Side> {
  const conversation = await openTestConversation(backend.store);
  for (const text of sentences) await conversation.takeTurn(says(text, { conversationId: 'first' }), logging);
  const series = `WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${stored - 1})`;
  const copies: Record<string, string> = {
    conversations: 'revision, log_sequence, channel, updated_at, saved',
    turns: 'activity_id, revision, reply, transcript',
    log: 'last_sequence, activities',
  };
  for (const [table, columns] of Object.entries(copies)) {
    const key = table === 'conversations' ? 'id' : 'conversation_id';
    const newest = table === 'turns' ? ' AND revision = 1' : '';
    await backend.query(
      `${series} INSERT INTO ${table} (${key}, ${columns}) SELECT 'copy-' || n, ${columns} FROM series, ${table} WHERE ${key} = 'first'${newest}`,
    );
  }
  await backend.query(backend.name === 'SQLite' ? 'ANALYZE' : 'VACUUM ANALYZE');
  return { backend, conversation };
}

/** Milliseconds of each turn on both sides, turn by turn in alternation, so that a busy machine disturbs both alike. */
async function measure(sides: Side[], turns: number): Promise<number[][]> {
  const times: number[][] = sides.map(() => []);
  for (let count = -sentences.length * 10; count < turns; count += 1) {
    const number = count + sentences.length * 10;
    const message = says(sentences[number % sentences.length] as string, {
      conversationId: `measured-${Math.floor(number / sentences.length)}`,
    });
    for (const side of number % 2 === 0 ? [0, 1] : [1, 0]) {
      const started = performance.now();
      await sides[side]?.conversation.takeTurn(message, logging);
      if (count >= 0) times[side]?.push(performance.now() - started);
    }
  }
  return times;
}

async function open(size: 'full' | 'small'): Promise<Course> {
  const server = await startPostgres();
  const { stored, turns, limit } = sizes[size];
  return {
    async step(number): Promise<Report> {
      const make = () => (number === 0 ? sqliteBackend() : postgresBackend(server));
      const sides = [await fill(await make(), 1000), await fill(await make(), stored)];
      const [few, many] = (await measure(sides, turns)).map((times) => quantile(times, 0.5)) as [number, number];
      for (const { backend } of sides) await backend.close();
      const ratio = many / few;
      const database = sides[0]?.backend.name;
      const wrong = ratio > limit ? [`${database}: ${ratio.toFixed(3)} times as dear, more than ${limit}`] : [];
      return { wrong, database, stored, turns, few, many, ratio };
    },
    close: () => server.stop(),
  };
}

/** A turn costs the same, however many conversations are stored. */
export const rows: Suite = {
  what: 'cost of a turn with 1,000 and with 1,000,000 stored conversations',
  steps: { full: 2, small: 2 },
  open,
  judge: (reports) => ({
    result: reports
      .map(({ database, few, many, ratio, turns }) => {
        const milliseconds = (value: unknown) => Number(value).toFixed(3);
        return `${database}: median of ${turns} turns ${milliseconds(few)} and ${milliseconds(many)} ms, ratio ${milliseconds(ratio)}`;
      })
      .join('; '),
    wrong: allWrong(reports),
  }),
};
