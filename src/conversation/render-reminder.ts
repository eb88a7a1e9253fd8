import type { Effect } from '../../dialogs/effects';
import { type ReminderKind, remindingOf } from '../../dialogs/reminder';
import { button, type Part, say } from './part';
import { linesInText } from './phone-lines';
import type { Card, Choice } from './reply';
import type { Scene } from './scene';

type ParamsOf<T extends Effect['type']> = Extract<Effect, { type: T; params: unknown }>['params'];

/** A reminder was wished: it is confirmed, with the word that cancels it; or what has to be known first is said. */
export function remindingPart(scene: Scene, reminding: ParamsOf<'reminder.asked'>): Part {
  const { t, library, language } = scene;
  if (reminding.due === null) {
    const { missing } = reminding;
    const text = t(`reminders:missing.${missing}`, linesInText(library, language, t));
    const choices = missing === 'dayOfArrival' ? [{ title: t('questions:arrival.label'), value: 'edit=arrival' }] : [];
    return { ...say(text, 'clarified'), choices };
  }
  const date = t(`reminders:date.${reminding.kind}`, { date: scene.words.date(language, reminding.due) });
  if (!scene.writesLater) return calendarPart(scene, reminding, date);
  const choices = [{ title: t('reminders:cancel'), value: 'do=unremind' }];
  return { ...say([date, t('reminders:set')].join('\n\n'), 'clarified'), choices };
}

/** Nobody can be written to later here: the day in words, and on our own page as a file for the person's calendar. */
function calendarPart(scene: Scene, { kind, due }: { kind: ReminderKind; due: string }, date: string): Part {
  const { t, checklistUrl } = scene;
  const text = say([date, t('reminders:here')].join('\n\n'), 'clarified');
  if (!scene.onPage || !checklistUrl) return text;
  const title = t('reminders:calendar.save');
  const link = { title, url: `${checklistUrl(scene)}/reminder.ics?about=${kind}&on=${due}` };
  const card: Card = {
    kind: 'reminder',
    title: t(`reminders:calendar.${kind}`),
    sections: [{ heading: '', open: true, lines: [], link }],
  };
  return { ...text, bubbles: [...text.bubbles, { text: '', card }] };
}

/** It was cancelled; or there was none. */
export const unremindedPart = ({ t, reminders = [] }: Scene): Part =>
  say(t(reminders.length > 0 ? 'reminders:cancelled' : 'reminders:none'), 'clarified');

/** Where each kind of reminder goes on: titles of buttons, and what they mean. */
const goOn: Record<ReminderKind, [string, string][]> = {
  waitOver: [['common:buttons.check', 'do=start']],
  chase: [
    ['reminders:answer.notYet', 'stage=sent'],
    ['reminders:answer.came', 'edit=number'],
  ],
  goOn: [
    ['common:begin.start', 'do=start'],
    ['common:begin.sent', 'stage=sent'],
    ['common:begin.number', 'edit=number'],
  ],
};

/** The day has come: why we write, what to do now, both lines, and a way to go on, for nothing was kept of the case. */
export function reminderPart(scene: Scene, { kind }: ParamsOf<'reminder.due'>): Part {
  const { t, library, language } = scene;
  const todo = kind === 'chase' ? t('journey:sent.chase') : t('common:linesAlone', linesInText(library, language, t));
  const choices = goOn[kind].map(([title, value]) => ({ title: t(title), value }));
  return {
    ...say([t(`reminders:due.${kind}`), todo, t('reminders:over')].join('\n\n'), 'clarified'),
    choices: [...choices, button(scene, 'human', 'do=human')],
    endsTurn: true,
  };
}

/** Offers a reminder where there is something to wait for, unless it was just spoken of. */
export function reminderChoices({ t, snapshot, library, today }: Scene, effects: Effect[]): Choice[] {
  if (effects.some(({ type }) => type === 'reminder.asked')) return [];
  const { kind, ...reminding } = remindingOf(snapshot.context, library.rulebook, today, null);
  const offers = reminding.due !== null || reminding.missing === 'dayOfArrival';
  return offers ? [{ title: t(`reminders:button.${kind}`), value: 'do=remind' }] : [];
}
