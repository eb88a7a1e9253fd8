import { currentPerson } from '../../dialogs/context';
import { answeredSlots } from '../../dialogs/prompts';
import { decideFor } from '../../dialogs/verdict';
import type { Outcome } from '../domain/outcome';
import type { Profile, Slot, SlotValue } from '../domain/profile';
import { slotLabel, valueLabel } from './render-question';
import type { Card, Choice } from './reply';
import type { Scene } from './scene';

/** One button an answer, to change it. */
export function correctionChoices(scene: Scene): Choice[] {
  const { profile } = currentPerson(scene.snapshot.context);
  return answeredSlots(scene.snapshot).map((slot) => ({
    title: `${slotLabel(scene, slot)}${scene.t('common:separator')}${valueLabel(scene, slot, profile[slot] as SlotValue)}`,
    value: `edit=${slot}`,
  }));
}

/** What is known so far: each answer a button to change it. */
export const summaryCard = (scene: Scene, choices: Choice[]): Card => ({
  kind: 'summary',
  title: scene.t('common:known'),
  sections: [{ heading: '', open: true, lines: [], choices }],
});

const names = (scene: Scene, ids: string[]): string =>
  scene.words.list(
    scene.language,
    ids.map((id) => scene.t(`documents:${id}.name`)),
  );

/** How the verdict differs from the one before; nothing when there was none, or is none now. */
function differenceText(scene: Scene, before: Outcome | null, after: Outcome | null): string[] {
  const { t } = scene;
  if (!before || !after) return [];
  const title = (outcome: Outcome) => t(`outcomes:${outcome.id}.title`);
  const had = new Set<string>(before.documents.map(({ id }) => id));
  const has = new Set<string>(after.documents.map(({ id }) => id));
  const added = [...has].filter((id) => !had.has(id));
  const dropped = [...had].filter((id) => !has.has(id));
  return [
    before.id === after.id
      ? t('common:outcomeSame', { after: title(after) })
      : t('common:outcomeChanged', { before: title(before), after: title(after) }),
    ...(added.length > 0 ? [t('common:documentsAdded', { list: names(scene, added) })] : []),
    ...(dropped.length > 0 ? [t('common:documentsDropped', { list: names(scene, dropped) })] : []),
  ];
}

/** Says which answers were replaced, and what that changes in outcome and documents. */
export function changeText(scene: Scene, { slots, previous }: { slots: Slot[]; previous: Profile }): string {
  const { t, snapshot, library, today } = scene;
  const person = currentPerson(snapshot.context);
  const changes = slots.map((slot) =>
    t('common:corrected', {
      label: slotLabel(scene, slot),
      from: valueLabel(scene, slot, previous[slot] as SlotValue),
      to: valueLabel(scene, slot, person.profile[slot] ?? 'unknown'),
    }),
  );
  const people = snapshot.context.people.map((one) => (one.id === person.id ? { ...one, profile: previous } : one));
  const before = decideFor({ ...snapshot.context, people, unknownsInARow: 0 }, library.rulebook, today).outcome;
  const after = decideFor(snapshot.context, library.rulebook, today).outcome;
  return [...changes, ...differenceText(scene, before, after)].join(' ');
}
