import type { Effect } from '../../dialogs/effects';
import { promptOf } from '../../dialogs/prompts';
import { button, type Part, say } from './part';
import { linesInText } from './phone-lines';
import { questionPart, ratedPart, unclearPart } from './render-answer';
import { changeText } from './render-correction';
import { formOpenedPart, formUnneededPart } from './render-form';
import { termPart } from './render-glossary';
import { paperPart } from './render-papers';
import { reasonText } from './render-why';
import type { Scene } from './scene';

/** What an effect says. */
export function effectPart(scene: Scene, effect: Effect): Part | null {
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
