import { currentPerson } from '../../dialogs/context';
import { subjectProfile } from '../../dialogs/verdict';
import { itemsFor } from '../domain/form-guide';
import { type FormSection, formSections } from '../domain/ids';
import { type Part, say } from './part';
import { articleChoices } from './render-article';
import type { Choice } from './reply';
import type { Scene } from './scene';

/** The button that opens the help. */
export const formChoices = ({ t }: Scene): Choice[] => [{ title: t('forms:open'), value: 'do=form' }];

/** Said once, when the help is opened: what it is, and what not to write here. */
export function formOpenedPart({ t, forOther }: Scene): Part {
  return say([t('forms:intro'), ...(forOther ? [t('forms:forOther')] : [])].join(' '));
}

/** The verdict that stands asks for no such form: said so, with the articles about it. */
export const formUnneededPart = (scene: Scene): Part => ({
  ...say(scene.t('forms:unneeded'), 'answered'),
  choices: articleChoices(scene, scene.library.formGuide.articles),
});

/** One part of the form: what this person writes where, what to beware of, and the way on, back and out. */
export function formPart(scene: Scene, section: FormSection): Part {
  const { t, library, words, language, today, snapshot } = scene;
  const guide = library.formGuide;
  const profile = subjectProfile(currentPerson(snapshot.context));
  const items = itemsFor(guide, section, profile, library.rulebook, today);
  const lines = items.map(({ id }) => {
    const beware = `forms:items.${id}.beware`;
    const note = words.has(language, beware) ? { note: t(beware) } : {};
    return {
      text: `**${t(`forms:items.${id}.name`)}**${t('common:separator')}${t(`forms:items.${id}.write`)}`,
      ...note,
    };
  });
  const sources = [...new Set(items.flatMap(({ because }) => because))].flatMap(
    (id) => library.sources[id]?.name ?? [],
  );
  const checked = t('common:article.checked', { date: words.date(language, guide.checkedOn) });
  const at = formSections.indexOf(section);
  const step = { number: at + 1, count: formSections.length };
  const title = t(`forms:sections.${section}`);
  const card = {
    kind: 'form' as const,
    title: t('forms:title'),
    sections: [
      { heading: title, open: true, lines },
      { heading: t('common:card.sources'), open: false, lines: [...sources, checked].map((text) => ({ text })) },
    ],
  };
  const choices = [
    { title: t(at + 1 < formSections.length ? 'forms:next' : 'forms:done'), value: 'do=continue' },
    ...(at > 0 ? [{ title: t('forms:previous'), value: 'do=back' }] : []),
    ...(at + 1 < formSections.length ? [{ title: t('forms:stop'), value: 'do=stop' }] : []),
  ];
  return {
    bubbles: [{ text: t('forms:step', { ...step, title }), card }],
    statuses: ['answered'],
    choices,
    glossed: true,
  };
}
