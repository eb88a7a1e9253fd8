import type { MissedQuestion, OperatorStore, SwitchEntry } from '../conversation/operator-ports';

export type MemoryOperator = OperatorStore & { keep(at: string, missed?: Omit<MissedQuestion, 'day'>[]): void };

/** What is kept for operators, as long as the process lives. */
export function createMemoryOperator(): MemoryOperator {
  const switches: SwitchEntry[] = [];
  let missed: MissedQuestion[] = [];
  return {
    turn: async (entry) => void switches.push({ ...entry }),
    switches: async () => switches.map((entry) => ({ ...entry })),
    missed: async () => missed.map((question) => ({ ...question })),
    forgetMissed: async (before) => {
      const old = missed.length;
      missed = missed.filter(({ day }) => day >= before);
      return old - missed.length;
    },
    keep: (at, questions = []) => void missed.push(...questions.map((one) => ({ day: at.slice(0, 10), ...one }))),
  };
}
