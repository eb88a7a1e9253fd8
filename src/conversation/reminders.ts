import type { Effect } from '../../dialogs/effects';
import { requestId } from './handoff-steps';
import type { Inbound } from './inbound';
import type { ConversationStore, Outlet } from './ports';
import type { ReminderStep } from './reminder-ports';
import type { Scene } from './scene';

/** What a turn changes about the reminders of its conversation. `reference`: where the channel can be written to later. */
export function reminderSteps(
  inbound: Inbound,
  { writesLater }: Outlet,
  effects: Effect[],
  reference: unknown,
  language: string,
): ReminderStep[] {
  return effects.flatMap((effect): ReminderStep[] => {
    if (effect.type === 'reminder.cancelled') return [{ do: 'cancel' }];
    if (effect.type === 'reminder.due') return [{ do: 'sent', id: effect.params.reminder }];
    if (effect.type !== 'reminder.asked' || effect.params.due === null || !writesLater) return [];
    const { kind, due } = effect.params;
    const { channel } = inbound;
    return [{ do: 'set', reminder: { id: requestId(inbound), channel, kind, due, language, reference } }];
  });
}

/** The reminders of a conversation, where a turn speaks of them. */
export async function remindersScene(
  { reminders }: Pick<ConversationStore, 'reminders'>,
  { conversationId }: Inbound,
  effects: Effect[],
): Promise<Pick<Scene, 'reminders'>> {
  const speaks = effects.some(({ type }) => type === 'reminder.cancelled' || type === 'data.asked');
  return speaks ? { reminders: await reminders.of(conversationId) } : {};
}
