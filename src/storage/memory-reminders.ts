import type { Reminder, ReminderStep, ReminderStore } from '../conversation/reminder-ports';

/** Reminders as long as the process lives, by the same rules as the databases (`sql/reminders.ts`). */
export function createMemoryReminders() {
  let kept: Reminder[] = [];
  const sorted = (list: Reminder[]) =>
    structuredClone(list).sort((a, b) => (`${a.due} ${a.id}` < `${b.due} ${b.id}` ? -1 : 1));
  const forget = (conversationId: string) => {
    kept = kept.filter((one) => one.conversationId !== conversationId);
  };
  const store: ReminderStore = {
    of: async (conversationId) => sorted(kept.filter((one) => one.conversationId === conversationId)),
    due: async (day, limit, after) => {
      const place = ({ due, id }: Pick<Reminder, 'due' | 'id'>) => `${due} ${id}`;
      const first = after ? place(after) : '';
      return sorted(kept.filter((one) => one.due <= day && place(one) > first)).slice(0, limit);
    },
    drop: async (before) => {
      const all = kept.length;
      kept = kept.filter(({ due }) => due >= before);
      return all - kept.length;
    },
  };
  return {
    store,
    forget,
    has: (id: string): boolean => kept.some((one) => one.id === id),
    /** Applies the steps of a commit. */
    apply(conversationId: string, steps: ReminderStep[] = []): void {
      for (const step of steps) {
        if (step.do === 'cancel') forget(conversationId);
        else if (step.do === 'sent') kept = kept.filter(({ id }) => id !== step.id);
        else {
          const { kind } = step.reminder;
          kept = kept.filter((one) => one.conversationId !== conversationId || one.kind !== kind);
          kept.push(structuredClone({ ...step.reminder, conversationId }));
        }
      }
    },
  };
}
