import { usesExplainedForm } from '../domain/form-guide';
import { resultTopic } from '../domain/ids';
import { timelineOf } from '../domain/journey';
import type { ChecklistItem, Outcome } from '../domain/outcome';
import type { Slot } from '../domain/profile';
import type { Library } from '../library/library';
import { showPhone } from '../library/placeholders';
import { lineRows, linesInText } from './phone-lines';
import { usefulSection } from './render-article';
import { outcomeConflicts } from './render-conflicts';
import { familySection } from './render-family';
import { formChoices } from './render-form';
import { letterChoices, paperChoice } from './render-papers';
import { slotLabel, valueLabel } from './render-question';
import { whatIfTexts } from './render-why';
import type { Card, Section } from './reply';
import type { Scene } from './scene';

/** A key of `outcomes` for the person who writes, or its twin for somebody else. */
const forWhom = (scene: Scene, key: string): string => {
  const other = `${key}Other`;
  return scene.forOther && scene.words.has(scene.language, other) ? other : key;
};

/** The verdict in one or two sentences, with the date or the time left when a wait runs. */
function verdictText(scene: Scene, outcome: Outcome): string {
  const { t, words, language } = scene;
  const base = `outcomes:${outcome.id}.verdict`;
  if (outcome.wait?.until) {
    const key = forWhom(scene, `${base}Until`);
    if (words.has(language, key)) return t(key, { until: words.date(language, outcome.wait.until) });
  } else if (outcome.wait) {
    const key = forWhom(scene, `${base}Wait`);
    if (words.has(language, key)) return t(key, { waitLeft: t('common:unit.month', { count: outcome.wait.months }) });
  }
  return t(forWhom(scene, base));
}

/** The first bubble: the verdict, the one next step, both lines. */
export function outcomeText(scene: Scene, outcome: Outcome): string {
  const { t, library, language } = scene;
  const next = outcome.firstStep
    ? t(`outcomes:firstStep.${outcome.firstStep}`)
    : t(forWhom(scene, `outcomes:${outcome.id}.nextStep`));
  return [verdictText(scene, outcome), next, t('common:lines', linesInText(library, language, t))].join('\n\n');
}

/** One paper of the checklist. */
export function documentLine(scene: Scene, item: ChecklistItem) {
  const { t } = scene;
  const name = t(`documents:${item.id}.name`);
  const form = t(`documents:form.${item.form}`);
  const details = [
    item.translation === 'no' ? null : t(`documents:translation.${item.translation}`),
    item.apostille === 'no' ? null : t(`documents:apostille.${item.apostille}`),
  ].filter((text) => text !== null);
  const head =
    item.level === 'useful' ? `${name} (${form}${t('common:comma')}${t('common:card.useful')})` : `${name} (${form})`;
  return { text: head, note: [t(`documents:${item.id}.detail`), ...details].join(' '), mark: true };
}

const closed = (heading: string, texts: (string | null)[]): Section => ({
  heading,
  open: false,
  lines: texts.filter((text): text is string => text !== null && text.length > 0).map((text) => ({ text })),
});

function assumedSection(scene: Scene, slots: Slot[]): Section {
  const { t } = scene;
  return {
    heading: t('common:card.assumed'),
    open: false,
    lines: slots.map((slot) => ({
      text: t('common:card.assumedLine', {
        label: slotLabel(scene, slot),
        value: valueLabel(scene, slot, scene.library.rulebook.interview.defaults[slot] ?? 'unknown'),
      }),
    })),
    choices: slots.map((slot) => ({ title: slotLabel(scene, slot), value: `edit=${slot}` })),
  };
}

function sourcesSection(scene: Scene, outcome: Outcome): Section {
  const { t, library, words, language } = scene;
  const ids = [...new Set([...outcome.sources, ...outcome.documents.flatMap(({ sources }) => sources)])];
  const checked = outcome.documents.map(({ checkedOn }) => checkedOn).sort()[0];
  return closed(t('common:card.sources'), [
    t(`outcomes:certainty.${outcome.certainty}`),
    ...ids.map((id) => library.sources[id]?.name ?? null),
    checked ? t('common:article.checked', { date: words.date(language, checked) }) : null,
  ]);
}

const cards = new WeakMap<Library, Map<string, Card>>();
const mostCards = 2000;

/** Everything behind the verdict: the checklist and both lines in sight, the rest one tap away. Equal situations share one card. */
export function outcomeCard(scene: Scene, outcome: Outcome): Card {
  const { library, language, today, snapshot } = scene;
  const { people, current, unknownsInARow, rated } = snapshot.context;
  const made = cards.get(library) ?? new Map<string, Card>();
  cards.set(library, made);
  const key = JSON.stringify([
    language,
    today,
    people,
    current,
    unknownsInARow,
    rated.includes(resultTopic(outcome.id)),
  ]);
  const card = made.get(key) ?? makeCard(scene, outcome);
  if (made.size >= mostCards) made.clear();
  made.set(key, card);
  return card;
}

function makeCard(scene: Scene, outcome: Outcome): Card {
  const { t, library, language, words } = scene;
  const family = familySection(scene);
  const ruleWhy = outcome.rules.flatMap((id) => {
    const key = forWhom(scene, `rules:${id}.why`);
    return words.has(language, key) ? [t(key)] : [];
  });
  const contacts = outcome.contacts.filter(({ id }) => id !== 'line-3646' && id !== 'line-english');
  const [required, useful] = [
    outcome.documents.filter(({ level }) => level === 'required'),
    outcome.documents.filter(({ level }) => level === 'useful'),
  ];
  const sections: Section[] = [
    {
      heading: t('common:card.documents'),
      open: true,
      lines: [...required, ...useful].map((item) => documentLine(scene, item)),
      choices: [
        ...(usesExplainedForm(library.rulebook, outcome) ? formChoices(scene) : []),
        ...letterChoices(scene, outcome),
      ],
    },
    {
      heading: t('common:card.lines'),
      open: true,
      lines: lineRows(library, language, t),
      choices: [paperChoice(scene, 'script')],
    },
    closed(t('common:card.why'), [
      ...ruleWhy,
      outcome.then ? t('common:then', { outcome: t(`outcomes:${outcome.then}.title`) }) : null,
      ...outcome.adviserReasons.map((reason) => t(`rules:adviser.${reason}`)),
      outcome.unknowns.length > 0 ? t('outcomes:unknownNote') : null,
      ...whatIfTexts(scene, outcome),
    ]),
    {
      heading: t('common:card.sendTo'),
      open: false,
      lines: [
        { text: t(`outcomes:sendTo.${outcome.sendTo}`) },
        ...contacts.map(({ id }) => {
          const contact = library.contacts[id];
          const where = contact?.phone ?? contact?.address ?? contact?.site ?? contact?.email;
          return {
            text: where
              ? `${t(`contacts:${id}.name`)} – ${contact?.phone ? showPhone(where) : where}`
              : t(`contacts:${id}.name`),
            note: t(`contacts:${id}.use`),
            tel: contact?.tel,
          };
        }),
      ],
    },
    closed(
      t('common:card.next'),
      timelineOf(library.rulebook, outcome.id).map((text) => t(`journey:${text}`)),
    ),
    closed(t('common:card.meanwhile'), [t(`outcomes:${outcome.id}.meanwhile`)]),
    closed(t('common:card.refused'), [t(`outcomes:${outcome.id}.refused`)]),
    outcomeConflicts(scene, outcome),
    closed(t('common:card.scam'), [t('journey:scam')]),
    sourcesSection(scene, outcome),
  ];
  if (family) sections.splice(1, 0, family);
  if (outcome.assumed.length > 0) sections.splice(family ? 4 : 3, 0, assumedSection(scene, outcome.assumed));
  return {
    kind: 'outcome' as const,
    title: t(forWhom(scene, `outcomes:${outcome.id}.title`)),
    sections: [...sections.filter(({ lines }) => lines.length > 0), ...usefulSection(scene, resultTopic(outcome.id))],
  };
}
