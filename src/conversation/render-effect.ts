import type { Effect } from '../../dialogs/effects';
import { promptOf } from '../../dialogs/prompts';
import { button, type Part, say } from './part';
import { questionPart, ratedPart, unclearPart } from './render-answer';
import { changeText } from './render-correction';
import { formOpenedPart, formUnneededPart } from './render-form';
import { termPart } from './render-glossary';
import {
  finishedPart,
  givenPart,
  judgedPart,
  nobodyPart,
  requestedPart,
  spokenPart,
  verdictPart,
  withNoted,
} from './render-handoff';
import { paperPart } from './render-papers';
import { codePart, dataPart, missedPart, resumedPart } from './render-privacy';
import { reminderPart, remindingPart, unremindedPart } from './render-reminder';
import { reasonText } from './render-why';
import type { Scene } from './scene';

/** The new language is confirmed in it; before anything was told, who we are and what not to write is said again in it. */
const languageText = ({ t, snapshot }: Scene): string =>
  promptOf(snapshot).kind === 'greeting'
    ? [t('common:languageChanged'), t('common:greeting')].join('\n\n')
    : t('common:languageChanged');

/** What an effect says. */
export function effectPart(scene: Scene, effect: Effect): Part | null {
  const { t, snapshot } = scene;
  switch (effect.type) {
    case 'person.greeted':
      return say(t('common:greeting'), 'greeted');
    case 'language.changed':
      return effect.params.explicit
        ? say(languageText(scene), 'language-changed')
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
    case 'term.opened':
      return termPart(scene, effect.params.term);
    case 'article.rated':
      return ratedPart(scene, effect.params);
    case 'paper.asked':
      return paperPart(scene, effect.params.paper);
    case 'form.opened':
      return formOpenedPart(scene);
    case 'form.unneeded':
      return formUnneededPart(scene);
    case 'message.unclear':
      return unclearPart(scene, effect.params);
    case 'danger.met':
      return {
        ...say(`${t(`common:crisis.${effect.params.danger}`)}\n\n${t('common:crisis.after')}`, 'crisis'),
        choices: promptOf(snapshot).kind === 'silent' ? [] : [button(scene, 'continue', 'do=continue')],
        endsTurn: true,
      };
    case 'privacy.kept':
      return say(t('common:privacy'), 'privacy');
    case 'adviser.requested':
      return requestedPart(scene);
    case 'adviser.joined':
      return say(t('handoff:joined'), 'handoff-active');
    case 'adviser.spoke':
      return spokenPart(scene, effect.params.text);
    case 'adviser.gave':
      return givenPart(scene, effect.params.piece);
    case 'verdict.sent':
      return verdictPart(scene);
    case 'adviser.returned':
      return say(withNoted(scene, t('handoff:returned'), effect.params.noted));
    case 'adviser.finished':
      return finishedPart(scene, effect.params.noted);
    case 'adviser.changed':
      return say(t('handoff:changed'), 'handoff-waiting');
    case 'adviser.unavailable':
      return say(t('handoff:unavailable'), 'handoff-waiting');
    case 'adviser.fell-silent':
      return say(t('handoff:adviserSilent'), 'handoff-waiting');
    case 'person.fell-silent':
      return say(t('handoff:personSilent'));
    case 'nobody.came':
      return nobodyPart(scene);
    case 'request.withdrawn':
      return say(t(effect.params.open ? 'handoff:withdrawn' : 'handoff:nothingOpen'));
    case 'help.judged':
      return judgedPart(scene, effect.params);
    case 'code.asked':
      return codePart(scene);
    case 'conversation.resumed':
      return resumedPart(scene);
    case 'data.asked':
      return dataPart(scene);
    case 'question.missed':
      return missedPart(scene, effect.params);
    case 'keeping.judged':
      return say(t(`privacy:questions.${effect.params.allowed ? 'thanks' : 'declined'}`));
    case 'reminder.asked':
      return remindingPart(scene, effect.params);
    case 'reminder.cancelled':
      return unremindedPart(scene);
    case 'reminder.due':
      return reminderPart(scene, effect.params);
    case 'conversation.restarted':
      return say(t('common:restarted'));
    case 'conversation.forgotten':
      return say(t('common:forgotten'), 'closed');
    case 'facts.noted':
    case 'outcome.reached':
      return null;
  }
}
