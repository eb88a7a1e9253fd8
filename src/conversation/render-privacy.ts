import type { Person } from '../../dialogs/context';
import type { Effect } from '../../dialogs/effects';
import { type Slot, type SlotValue, slots } from '../domain/profile';
import { button, type Part, say } from './part';
import { slotLabel, valueLabel } from './render-question';
import type { Scene } from './scene';

/** What is known of one person, one answer a line. */
function answerLines(scene: Scene, { relation, profile }: Person): string[] {
  const who = relation === 'self' ? '' : `${scene.t(`common:family.${relation}`)}${scene.t('common:separator')}`;
  const known = slots.filter((slot) => profile[slot] !== undefined);
  return known.map(
    (slot: Slot) =>
      `- ${who}${slotLabel(scene, slot)}${scene.t('common:separator')}${valueLabel(scene, slot, profile[slot] as SlotValue)}`,
  );
}
const allAnswers = (scene: Scene): string[] =>
  scene.snapshot.context.people.flatMap((person) => answerLines(scene, person));

/** The code to go on with, as text and as a picture; read from left to right in every language. */
export function codePart(scene: Scene): Part {
  const { t, words, language, resume } = scene;
  if (!resume) return say(t('privacy:later.empty'));
  const code = `**\u2066${resume.code}\u2069**`;
  const text = t('privacy:later.code', { code, date: words.date(language, resume.until) });
  const how = { text: [text, t('privacy:later.how')].join('\n\n') };
  if (resume.address === undefined) return { bubbles: [how], statuses: ['clarified'] };
  const title = t('privacy:later.picture');
  return { bubbles: [how, { text: title, qr: { text: resume.address, title } }], statuses: ['clarified'] };
}

/** The answers of a code are here again. */
export function resumedPart(scene: Scene): Part {
  const { t } = scene;
  const text = [t('privacy:resumed'), allAnswers(scene).join('\n'), t('privacy:resumedMissing')].join('\n\n');
  return { ...say(text, 'clarified'), choices: [button(scene, 'edit', 'do=edit')] };
}

/** Everything that is kept of the conversation, in plain words. */
export function dataPart(scene: Scene): Part {
  const { t, library, snapshot, words, language } = scene;
  const answers = allAnswers(scene);
  const days = t('common:unit.day', { count: library.desk.requestDays });
  const lines = [
    `- ${t('privacy:data.answers')}${t('common:separator')}${answers.length > 0 ? '' : t('privacy:data.none')}`.trimEnd(),
    ...answers.map((line) => `  ${line}`),
    `- ${words.languageName(language, language)}`,
    ...(scene.kept === undefined ? [] : [`- ${t('privacy:data.messages', { number: scene.kept })}`]),
    ...(scene.reminders ?? []).map(({ due }) => `- ${t('reminders:line', { date: words.date(language, due) })}`),
    ...(snapshot.context.requested ? [`- ${t('privacy:data.request')}`] : []),
  ];
  const text = [t('privacy:data.title'), lines.join('\n'), t('privacy:data.until', { days })];
  const web = scene.onPage ? [t('privacy:data.file')] : [];
  return {
    ...say([...text, ...web, t('privacy:data.forget')].join('\n\n'), 'clarified'),
    choices: [{ title: t('privacy:later.button'), value: 'do=later' }],
  };
}

/** Asks, once, whether questions without an answer may be kept. */
export function missedPart(
  { t }: Scene,
  { asks }: Extract<Effect, { type: 'question.missed' }>['params'],
): Part | null {
  if (!asks) return null;
  const choices = [
    { title: t('privacy:questions.yes'), value: 'do=keepYes' },
    { title: t('privacy:questions.no'), value: 'do=keepNo' },
  ];
  return { bubbles: [{ text: t('privacy:questions.ask') }], statuses: [], choices };
}
