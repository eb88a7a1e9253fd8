import { currentPerson } from '../../dialogs/context';
import type { Effect } from '../../dialogs/effects';
import { type Prompt, promptOf } from '../../dialogs/prompts';
import { decideFor } from '../../dialogs/verdict';
import { journeyOf } from '../domain/journey';
import { isLeftToAdviser } from '../domain/outcome';
import { linesInText } from './phone-lines';
import { articleBubble, articleChoices } from './render-article';
import { changeText, correctionChoices } from './render-correction';
import { journeyText } from './render-journey';
import { outcomeCard, outcomeText } from './render-outcome';
import { choicesOf, questionText } from './render-question';
import { reasonText } from './render-why';
import type { Bubble, Choice, Reply } from './reply';
import type { Scene } from './scene';
import type { TurnStatus } from './status';
import { turnStatuses } from './status';

/** Misses in a row after which a person is offered. */
const missesBeforeOffer = 2;

/** `endsTurn`: nothing else is said. `holdsPrompt`: the pending question is not put again, though its buttons stay. */
type Part = {
  bubbles: Bubble[];
  choices?: Choice[];
  statuses: TurnStatus[];
  endsTurn?: boolean;
  holdsPrompt?: boolean;
};

const say = (text: string, ...statuses: TurnStatus[]): Part => ({ bubbles: [{ text }], statuses });
const button = (scene: Scene, name: string, value: string): Choice => ({
  title: scene.t(`common:buttons.${name}`),
  value,
});

/** Says, in the language of the message, which languages are spoken so far. */
function otherLanguagePart({ library, words, language }: Scene, spoken = language): Part {
  const live = library.languages.filter((one) => one.live).map(({ name }) => name);
  return say(words.in(spoken)('common:spokenLanguages', { languages: live.join(', ') }), 'clarified');
}

function unclearPart(
  scene: Scene,
  { reason, misses, language: spoken }: Extract<Effect, { type: 'message.unclear' }>['params'],
): Part {
  const { t, words, language, library, snapshot } = scene;
  const prompt = promptOf(snapshot);
  if (reason === 'otherLanguage') return otherLanguagePart(scene, spoken);
  const texts = [t(`common:unclear.${reason}`)];
  if (reason === 'notUnderstood') {
    const help = prompt.kind === 'question' ? `questions:${prompt.slot}.help` : 'common:unclear.help';
    if (words.has(language, help)) texts.push(t(help));
  }
  const counts = reason === 'notUnderstood' || reason === 'empty';
  if (!counts || misses < missesBeforeOffer) {
    const friendly = ['thanks', 'greeting', 'help', 'bye'].includes(reason);
    return say(texts.join(' '), ...(friendly ? [] : (['clarified'] as const)));
  }
  const offer = t('common:offerHuman', linesInText(library, language, t));
  return {
    ...say([texts.join(' '), offer].join('\n\n'), 'handoff-offered'),
    choices: [button(scene, 'human', 'do=human')],
  };
}

function questionPart(
  scene: Scene,
  { policy, topics, misses }: Extract<Effect, { type: 'question.answered' }>['params'],
): Part {
  const { t, library, language } = scene;
  const lost = misses >= missesBeforeOffer;
  const human = lost ? [button(scene, 'human', 'do=human')] : [];
  const offer = lost ? `\n\n${t('common:offerHuman', linesInText(library, language, t))}` : '';
  if (policy === 'answer') {
    const bubbles = topics.flatMap((topic) => articleBubble(scene, topic) ?? []);
    const free = promptOf(scene.snapshot).kind !== 'question';
    const related = free ? articleChoices(scene, library.articles[topics[0] ?? '']?.related.slice(0, 2) ?? []) : [];
    return { bubbles, statuses: ['answered'], choices: related };
  }
  if (policy === 'suggest') {
    const choices = [...articleChoices(scene, topics.slice(0, 3)), button(scene, 'none', 'do=none'), ...human];
    return { bubbles: [{ text: t('common:suggest') + offer }], statuses: ['suggested'], choices, holdsPrompt: true };
  }
  const redirect = library.redirects[topics[0] ?? '']?.texts;
  const text = redirect?.[language]?.say ?? redirect?.en?.say ?? t('common:refusedOut');
  return { ...say(text + offer, policy === 'refuse-near' ? 'refused-near' : 'refused-out'), choices: human };
}

/** What an effect says. */
function effectPart(scene: Scene, effect: Effect): Part | null {
  const { t, library, language, snapshot } = scene;
  switch (effect.type) {
    case 'person.greeted':
      return say(t('common:greeting'), 'greeted');
    case 'language.changed':
      return effect.params.explicit
        ? say(t('common:languageChanged'), 'language-changed')
        : { bubbles: [], statuses: ['language-changed'] };
    case 'answer.changed':
      return say(changeText(scene, effect.params), 'corrected');
    case 'question.answered':
      return questionPart(scene, effect.params);
    case 'reason.asked': {
      const prompt = promptOf(snapshot);
      if (prompt.kind !== 'question') return say(t('common:unclear.help'));
      return say(reasonText(scene, prompt.slot), 'clarified');
    }
    case 'message.unclear':
      return unclearPart(scene, effect.params);
    case 'danger.met':
      return {
        ...say(`${t(`common:crisis.${effect.params.danger}`)}\n\n${t('common:crisis.after')}`, 'crisis'),
        choices: [button(scene, 'continue', 'do=continue')],
        endsTurn: true,
      };
    case 'privacy.kept':
      return say(t('common:privacy'), 'privacy');
    case 'adviser.requested':
      return say(
        `${t('handoff:waiting')}\n\n${t('handoff:meanwhile')}\n\n${t('common:linesAlone', linesInText(library, language, t))}`,
        'handoff-waiting',
      );
    case 'adviser.returned':
      return say(t('handoff:returned'));
    case 'conversation.restarted':
      return say(t('common:restarted'));
    case 'conversation.forgotten':
      return say(t('common:forgotten'), 'closed');
    case 'outcome.reached':
      return null;
  }
}

function outcomePart(scene: Scene, reached: boolean): Part {
  const { snapshot, library, today } = scene;
  const { outcome } = decideFor(snapshot.context, library.rulebook, today);
  if (!outcome) throw new Error('an outcome state without outcome');
  const choices = [
    ...articleChoices(scene, outcome.articles.slice(0, 3)),
    button(scene, 'edit', 'do=edit'),
    { title: scene.t('common:begin.other'), value: 'edit=subject' },
    button(scene, 'human', 'do=human'),
    button(scene, 'restart', 'do=restart'),
  ];
  if (!reached) return { bubbles: [], statuses: [], choices };
  const card = outcomeCard(scene, outcome);
  const note = outcome.adviser ? scene.t('outcomes:adviserNote') : '';
  const statuses: TurnStatus[] = isLeftToAdviser(outcome) ? ['handoff-offered', 'outcome'] : ['outcome'];
  return { bubbles: [{ text: outcomeText(scene, outcome) }, { text: note, card }], statuses, choices };
}

/** What the settled state puts to the person. */
function promptPart(scene: Scene, prompt: Prompt, effects: Effect[]): Part {
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
      return { bubbles: [{ text: t('common:greetingAsk') }], statuses: ['greeted'], choices };
    }
    case 'question':
      return {
        bubbles: [{ text: questionText(scene, prompt.slot, prompt.contradiction) }],
        statuses: ['asked'],
        choices: choicesOf(scene, prompt.slot),
      };
    case 'outcome':
      return outcomePart(
        scene,
        effects.some(({ type }) => type === 'outcome.reached'),
      );
    case 'correction': {
      const choices = correctionChoices(scene);
      const text = t(choices.length > 0 ? 'common:correction' : 'common:correctionEmpty');
      return {
        bubbles: [{ text }],
        statuses: ['asked'],
        choices: [...choices, button(scene, 'continue', 'do=continue')],
      };
    }
    case 'journey': {
      const choices = [
        button(scene, 'check', 'do=start'),
        ...articleChoices(
          scene,
          journeyOf(currentPerson(scene.snapshot.context).profile, scene.library.rulebook, scene.today).articles.slice(
            0,
            3,
          ),
        ),
        button(scene, 'human', 'do=human'),
      ];
      return { bubbles: [{ text: journeyText(scene) }], statuses: ['answered'], choices };
    }
    case 'waiting': {
      const fresh = effects.some(({ type }) => type === 'adviser.requested');
      const bubbles = fresh ? [] : [{ text: t('handoff:stillWaiting') }];
      return { bubbles, statuses: ['handoff-waiting'], choices: [button(scene, 'continue', 'do=continue')] };
    }
    case 'paused':
      return { bubbles: [], statuses: ['asked'], choices: [button(scene, 'continue', 'do=continue')] };
    case 'silent':
      return { bubbles: [], statuses: ['handoff-active'] };
    case 'closed':
      return { bubbles: [], statuses: ['closed'], choices: [button(scene, 'restart', 'do=restart')] };
  }
}

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
  const info = scene.library.languages.find(({ code }) => code === scene.language);
  const choices = shown.flatMap((part) => part.choices ?? []);
  return {
    language: scene.language,
    direction: info?.direction ?? 'ltr',
    status: firstStatus(shown.flatMap(({ statuses }) => statuses)),
    bubbles: shown.flatMap(({ bubbles }) => bubbles),
    choices: choices.filter(({ value }, index) => choices.findIndex((other) => other.value === value) === index),
    articles: effects.flatMap((effect) =>
      effect.type === 'question.answered' && effect.params.policy === 'answer' ? effect.params.topics : [],
    ),
  };
}
