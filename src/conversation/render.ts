import type { Effect } from '../../dialogs/effects';
import { promptOf } from '../../dialogs/prompts';
import { directionOf } from '../library/library';
import { say } from './part';
import { askFor } from './render-article';
import { effectPart } from './render-effect';
import { termChoices } from './render-glossary';
import { promptPart } from './render-prompt';
import { progressOf } from './render-question';
import type { Reply } from './reply';
import type { Scene } from './scene';
import type { TurnStatus } from './status';
import { turnStatuses } from './status';

/** The first status of the vocabulary's order that applies. */
const firstStatus = (statuses: TurnStatus[]): TurnStatus =>
  turnStatuses.find((status) => statuses.includes(status)) ?? 'asked';

/** True for what found no answer: while the bot waits after danger, it only says that it waits. */
const isLost = (effect: Effect): boolean =>
  effect.type === 'message.unclear' || (effect.type === 'question.answered' && effect.params.policy !== 'answer');

/** Renders the settled conversation and its effects as one reply in the person's language. */
export function render(scene: Scene, effects: Effect[]): Reply {
  const pending = promptOf(scene.snapshot);
  const greets = effects.some(({ type }) => type === 'person.greeted');
  const parts = effects
    .filter((effect) => !(greets && effect.type === 'message.unclear' && effect.params.reason === 'greeting'))
    .map((effect) =>
      pending.kind === 'paused' && isLost(effect) ? say(scene.t('common:crisis.after')) : effectPart(scene, effect),
    )
    .filter((part) => part !== null);
  const last = parts.find(({ endsTurn }) => endsTurn);
  const prompt = promptPart(scene, pending, effects);
  const held = pending.kind === 'question' && parts.some(({ holdsPrompt }) => holdsPrompt);
  const shown = last ? [last] : [...parts, held ? { ...prompt, bubbles: [] } : prompt];
  const glossed = shown.filter((part) => part.glossed).flatMap(({ bubbles }) => bubbles);
  const articles = effects.flatMap((effect) =>
    effect.type === 'question.answered' && effect.params.policy === 'answer' ? effect.params.topics : [],
  );
  const choices = [...shown.flatMap((part) => part.choices ?? []), ...termChoices(scene, glossed)].filter(
    // What has just been answered is not offered again.
    ({ value }) => !articles.some((topic) => value === askFor(topic)),
  );
  const progress = pending.kind === 'question' && !last ? progressOf(scene, pending.slot) : undefined;
  return {
    language: scene.language,
    direction: directionOf(scene.library, scene.language),
    status: firstStatus(shown.flatMap(({ statuses }) => statuses)),
    bubbles: shown.flatMap(({ bubbles }) => bubbles),
    choices: choices.filter(({ value }, index) => choices.findIndex((other) => other.value === value) === index),
    articles,
    ...(progress ? { progress } : {}),
  };
}
