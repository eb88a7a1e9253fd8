import type { Effect } from '../../dialogs/effects';
import { promptOf } from '../../dialogs/prompts';
import { button, type Part, say } from './part';
import { linesInText } from './phone-lines';
import { articleBubble, articleChoices, isDue } from './render-article';
import { formChoices } from './render-form';
import type { Scene } from './scene';

/** Misses in a row after which a person is offered. */
const missesBeforeOffer = 2;

/** Says, in the language of the message, which languages are spoken so far. */
function otherLanguagePart({ library, words, language }: Scene, spoken = language): Part {
  const t = words.in(spoken);
  const live = library.languages.filter((one) => one.live).map(({ name }) => name);
  return say(t('common:spokenLanguages', { languages: live.join(t('common:comma')) }), 'clarified');
}

/** What is said to a message without a use. */
export function unclearPart(
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

/** An answer, an offer of answers, or a pointer elsewhere. */
export function questionPart(
  scene: Scene,
  { policy, topics, misses, also = [], aside = false }: Extract<Effect, { type: 'question.answered' }>['params'],
): Part {
  const { t, library, language } = scene;
  const lost = misses >= missesBeforeOffer;
  const human = lost ? [button(scene, 'human', 'do=human')] : [];
  const offer = lost ? `\n\n${t('common:offerHuman', linesInText(library, language, t))}` : '';
  if (policy === 'answer') {
    const bubbles = topics.flatMap((topic) => articleBubble(scene, topic, also) ?? []);
    const free = promptOf(scene.snapshot).kind !== 'question';
    const related = free ? articleChoices(scene, library.articles[topics[0] ?? '']?.related.slice(0, 2) ?? []) : [];
    const form = topics.some((topic) => library.formGuide.articles.includes(topic)) ? formChoices(scene) : [];
    const confirm = topics.some((topic) => isDue(scene, topic)) ? [button(scene, 'human', 'do=human')] : [];
    return { bubbles, statuses: ['answered'], choices: [...related, ...form, ...confirm], glossed: true };
  }
  if (policy === 'suggest') {
    // Beside facts, the next question comes first, with its own buttons.
    if (aside)
      return {
        bubbles: [{ text: t('common:suggestAside') }],
        statuses: ['suggested'],
        choices: articleChoices(scene, topics.slice(0, 2)),
      };
    const choices = [...articleChoices(scene, topics.slice(0, 3)), button(scene, 'none', 'do=none'), ...human];
    return { bubbles: [{ text: t('common:suggest') + offer }], statuses: ['suggested'], choices, holdsPrompt: true };
  }
  const redirect = library.redirects[topics[0] ?? '']?.texts;
  const text = redirect?.[language]?.say ?? redirect?.en?.say ?? t('common:refusedOut');
  return { ...say(text + offer, policy === 'refuse-near' ? 'refused-near' : 'refused-out'), choices: human };
}

/** Thanks for saying whether an answer was useful; when it was not, a person and its neighbours are offered. */
export function ratedPart(scene: Scene, { topic, useful }: Extract<Effect, { type: 'article.rated' }>['params']): Part {
  const { t, library, language } = scene;
  if (useful) return say(t('common:useful.thanks'));
  const offer = t('common:offerHuman', linesInText(library, language, t));
  const related = articleChoices(scene, library.articles[topic]?.related.slice(0, 3) ?? []);
  return {
    ...say([t('common:useful.sorry'), offer].join('\n\n'), 'handoff-offered'),
    choices: [button(scene, 'human', 'do=human'), ...related],
  };
}
