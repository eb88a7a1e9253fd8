import { randomUUID } from 'node:crypto';
import type { MissedQuestion, OperatorStore, SwitchEntry } from '../conversation/operator-ports';
import type { DeskWrite } from './desk';
import type { OperatorStatement } from './sql/operator';

/** Runs one statement: gives its rows, and how many it changed. */
type Run = (name: OperatorStatement, values: unknown[]) => Promise<{ rows: unknown[]; changes: number }>;

/** What keeping questions takes; part of the turn's commit. */
export const missedWrites = (at: string, missed: Omit<MissedQuestion, 'day'>[] = []): DeskWrite[] =>
  missed.map(({ language, text }) => ({
    name: 'missedKeep',
    values: [randomUUID(), at.slice(0, 10), language, text],
    must: false,
  }));

type SwitchRow = Omit<SwitchEntry, 'off'> & { off: number };

/** What is kept for operators, in any database that runs the statements. */
export function createOperatorStore(run: Run): OperatorStore {
  return {
    turn: async ({ kind, name, at, off, who, why }) => {
      await run('switchTurn', [kind, name, at, off ? 1 : 0, who, why]);
    },
    switches: async () =>
      (await run('switchHistory', [])).rows.map((row) => {
        const { off, ...rest } = row as SwitchRow;
        return { ...rest, off: off === 1 };
      }),
    missed: async () => (await run('missedAll', [])).rows.map((row) => ({ ...(row as MissedQuestion) })),
    forgetMissed: async (before) => (await run('missedForget', [before])).changes,
  };
}
