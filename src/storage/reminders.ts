import type { Reminder, ReminderStep, ReminderStore } from '../conversation/reminder-ports';
import type { DeskWrite } from './desk';
import type { ReminderStatement } from './sql/reminders';

/** The statements behind the reminder steps of a commit. */
export function reminderWrites(conversationId: string, steps: ReminderStep[] = []): DeskWrite[] {
  const writeOf = (step: ReminderStep): DeskWrite => {
    switch (step.do) {
      case 'set': {
        const { id, channel, kind, due, language, reference } = step.reminder;
        const values = [id, conversationId, channel, kind, due, language, JSON.stringify(reference)];
        return { name: 'reminderSet', values, must: false };
      }
      case 'cancel':
        return { name: 'reminderCancel', values: [conversationId], must: false };
      case 'sent':
        return { name: 'reminderSent', values: [step.id], must: true };
    }
  };
  return steps.map(writeOf);
}

const toReminder = (row: unknown): Reminder => {
  const { reference, ...rest } = row as Reminder & { reference: string };
  return { ...rest, reference: JSON.parse(reference) };
};

/** Reminders in any database that runs the statements. */
export function createReminderStore(
  run: (name: ReminderStatement, values: unknown[]) => Promise<{ rows: unknown[]; changes: number }>,
): ReminderStore {
  return {
    of: async (conversationId) => (await run('reminderOf', [conversationId])).rows.map(toReminder),
    due: async (day, limit, after) =>
      (await run('reminderDue', [day, limit, after?.due ?? '', after?.id ?? ''])).rows.map(toReminder),
    drop: async (before) => (await run('reminderDrop', [before])).changes,
  };
}
