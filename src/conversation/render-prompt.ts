import { currentPerson } from '../../dialogs/context';
import type { Effect } from '../../dialogs/effects';
import type { Prompt } from '../../dialogs/prompts';
import { decideFor } from '../../dialogs/verdict';
import { journeyOf } from '../domain/journey';
import { isLeftToAdviser } from '../domain/outcome';
import { button, type Part } from './part';
import { articleChoices } from './render-article';
import { correctionChoices, summaryCard } from './render-correction';
import { formPart } from './render-form';
import { tellsOfRequest, withdrawChoice } from './render-handoff';
import { journeyText } from './render-journey';
import { outcomeCard, outcomeText } from './render-outcome';
import { paperChoice } from './render-papers';
import { choicesOf, questionText } from './render-question';
import { reminderChoices } from './render-reminder';
import type { Choice } from './reply';
import type { Scene } from './scene';
import type { TurnStatus } from './status';

function outcomePart(scene: Scene, effects: Effect[]): Part {
  const { snapshot, library, today } = scene;
  const { outcome } = decideFor(snapshot.context, library.rulebook, today);
  if (!outcome) throw new Error('an outcome state without outcome');
  const choices = [
    ...articleChoices(scene, outcome.articles.slice(0, 3)),
    ...reminderChoices(scene, effects),
    button(scene, 'edit', 'do=edit'),
    { title: scene.t('common:begin.other'), value: 'edit=subject' },
    button(scene, 'human', 'do=human'),
    { title: scene.t('privacy:later.button'), value: 'do=later' },
    button(scene, 'restart', 'do=restart'),
  ];
  if (!effects.some(({ type }) => type === 'outcome.reached')) return { bubbles: [], statuses: [], choices };
  const card = outcomeCard(scene, outcome);
  const note = outcome.adviser ? scene.t('outcomes:adviserNote') : '';
  const statuses: TurnStatus[] = isLeftToAdviser(outcome) ? ['handoff-offered', 'outcome'] : ['outcome'];
  return { bubbles: [{ text: outcomeText(scene, outcome) }, { text: note, card }], statuses, choices, glossed: true };
}

/** Questions that people ask where this person stands on the journey. */
const usualQuestions = (scene: Scene): Choice[] => {
  const { snapshot, library, today } = scene;
  const { articles } = journeyOf(currentPerson(snapshot.context).profile, library.rulebook, today);
  return articleChoices(scene, articles.slice(0, 3));
};

/** What the settled state puts to the person. */
export function promptPart(scene: Scene, prompt: Prompt, effects: Effect[]): Part {
  const { t } = scene;
  switch (prompt.kind) {
    case 'greeting': {
      const value: Record<string, string> = {
        start: 'do=start',
        notYet: 'livesIn=notYet',
        sent: 'stage=sent',
        number: 'edit=number',
        other: 'edit=subject',
      };
      const choices = Object.entries(value).map(([key, to]) => ({ title: t(`common:begin.${key}`), value: to }));
      return {
        bubbles: [{ text: t('common:greetingAsk') }],
        statuses: ['greeted'],
        choices: [...choices, ...usualQuestions(scene)],
      };
    }
    case 'question':
      return {
        bubbles: [{ text: questionText(scene, prompt.slot, prompt.contradiction) }],
        statuses: ['asked'],
        choices: choicesOf(scene, prompt.slot),
        glossed: true,
      };
    case 'form':
      return formPart(scene, prompt.section);
    case 'outcome':
      return outcomePart(scene, effects);
    case 'correction': {
      const answers = correctionChoices(scene);
      const text = t(answers.length > 0 ? 'common:correction' : 'common:correctionEmpty');
      const card = answers.length > 0 ? { card: summaryCard(scene, answers) } : {};
      const forget = answers.length > 0 ? [button(scene, 'forget', 'do=forget')] : [];
      return {
        bubbles: [{ text, ...card }],
        statuses: ['asked'],
        choices: [button(scene, 'continue', 'do=continue'), ...forget],
      };
    }
    case 'journey': {
      const choices = [
        ...reminderChoices(scene, effects),
        button(scene, 'check', 'do=start'),
        ...usualQuestions(scene),
        paperChoice(scene, 'script'),
        button(scene, 'human', 'do=human'),
      ];
      return { bubbles: [{ text: journeyText(scene) }], statuses: ['answered'], choices };
    }
    case 'waiting': {
      const told = effects.some(({ type }) => tellsOfRequest.includes(type));
      const bubbles = told ? [] : [{ text: t('handoff:stillWaiting') }];
      const choices = [button(scene, 'continue', 'do=continue'), withdrawChoice(scene)];
      return { bubbles, statuses: ['handoff-waiting'], choices };
    }
    case 'paused':
      return { bubbles: [], statuses: ['asked'], choices: [button(scene, 'continue', 'do=continue')] };
    case 'silent':
      return { bubbles: [], statuses: ['handoff-active'] };
    case 'closed':
      return { bubbles: [], statuses: ['closed'], choices: [button(scene, 'restart', 'do=restart')] };
  }
}
