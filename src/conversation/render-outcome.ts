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
import type { Card, Line, Section } from './reply';
import type { Scene } from './scene';

/** A key of `outcomes` for the person who writes, or its twin for somebody else. */
const forWhom = (scene: Scene, key: string): string => {
  const other = `${key}Other`;
  return scene.forOther && scene.words.has(scene.language, other) ? other : key;
};

/** The verdict in one or two sentences, with the date or the time left when a wait runs. */
export function verdictText(scene: Scene, outcome: Outcome): string {
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

/** The one next step. */
export const nextStepText = (scene: Scene, outcome: Outcome): string =>
  scene.t(
    outcome.firstStep ? `outcomes:firstStep.${outcome.firstStep}` : forWhom(scene, `outcomes:${outcome.id}.nextStep`),
  );

/** The name of the verdict. */
export const titleText = (scene: Scene, outcome: Outcome): string =>
  scene.t(forWhom(scene, `outcomes:${outcome.id}.title`));

/** The first bubble: the verdict, the one next step, both lines. */
export function outcomeText(scene: Scene, outcome: Outcome): string {
  const { t, library, language } = scene;
  const next = nextStepText(scene, outcome);
  return [verdictText(scene, outcome), next, t('common:lines', linesInText(library, language, t))].join('\n\n');
}

/** A paper in words: its name, in what form it goes (with translation and apostille), and what to know about it. */
export function documentWords({ t }: Scene, item: ChecklistItem) {
  const form = t(`documents:form.${item.form}`);
  return {
    name: t(`documents:${item.id}.name`),
    form: item.level === 'useful' ? `${form}${t('common:comma')}${t('common:card.useful')}` : form,
    detail: t(`documents:${item.id}.detail`),
    extras: [
      item.translation === 'no' ? null : t(`documents:translation.${item.translation}`),
      item.apostille === 'no' ? null : t(`documents:apostille.${item.apostille}`),
    ].filter((text) => text !== null),
  };
}

/** One paper of the checklist. */
export function documentLine(scene: Scene, item: ChecklistItem) {
  const { name, form, detail, extras } = documentWords(scene, item);
  return { text: `${name} (${form})`, note: [detail, ...extras].join(' '), mark: true };
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

/** How sure this is, and when its sources were checked. */
export function certaintyTexts({ t, words, language }: Scene, outcome: Outcome): string[] {
  const checked = outcome.documents.map(({ checkedOn }) => checkedOn).sort()[0];
  return [
    t(`outcomes:certainty.${outcome.certainty}`),
    ...(checked ? [t('common:article.checked', { date: words.date(language, checked) })] : []),
  ];
}

/** The names of all sources behind a verdict and its papers. */
export function sourceNames({ library }: Scene, outcome: Outcome): string[] {
  const ids = [...new Set([...outcome.sources, ...outcome.documents.flatMap(({ sources }) => sources)])];
  return ids.flatMap((id) => library.sources[id]?.name ?? []);
}

function sourcesSection(scene: Scene, outcome: Outcome): Section {
  const [certainty = '', ...checked] = certaintyTexts(scene, outcome);
  return closed(scene.t('common:card.sources'), [certainty, ...sourceNames(scene, outcome), ...checked]);
}

/** Whom to turn to besides both lines. */
export const otherContacts = ({ t, library }: Scene, outcome: Outcome): Line[] =>
  outcome.contacts
    .filter(({ id }) => id !== 'line-3646' && id !== 'line-english')
    .map(({ id }) => {
      const contact = library.contacts[id];
      const where = contact?.phone ?? contact?.address ?? contact?.site ?? contact?.email;
      const name = t(`contacts:${id}.name`);
      return {
        text: where ? `${name} – ${contact?.phone ? showPhone(where) : where}` : name,
        note: t(`contacts:${id}.use`),
        tel: contact?.tel,
      };
    });

const cards = new WeakMap<Library, Map<string, Card>>();
const mostCards = 2000;

/** Everything behind the verdict: the checklist and both lines in sight, the rest one tap away. Equal situations share one card. */
export function outcomeCard(scene: Scene, outcome: Outcome): Card {
  const { library, language, today, snapshot } = scene;
  const { people, current, unknownsInARow, rated } = snapshot.context;
  const made = cards.get(library) ?? new Map<string, Card>();
  cards.set(library, made);
  const url = scene.checklistUrl?.(scene);
  const isRated = rated.includes(resultTopic(outcome.id));
  const key = JSON.stringify([language, today, people, current, unknownsInARow, isRated, url]);
  const card = made.get(key) ?? makeCard(scene, outcome, url);
  if (made.size >= mostCards) made.clear();
  made.set(key, card);
  return card;
}

function makeCard(scene: Scene, outcome: Outcome, url: string | undefined): Card {
  const { t, library, language, words } = scene;
  const family = familySection(scene);
  const ruleWhy = outcome.rules.flatMap((id) => {
    const key = forWhom(scene, `rules:${id}.why`);
    return words.has(language, key) ? [t(key)] : [];
  });
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
      ...(url ? { link: { title: t('takeaway:button'), url } } : {}),
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
      lines: [{ text: t(`outcomes:sendTo.${outcome.sendTo}`) }, ...otherContacts(scene, outcome)],
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
    title: titleText(scene, outcome),
    sections: [...sections.filter(({ lines }) => lines.length > 0), ...usefulSection(scene, resultTopic(outcome.id))],
  };
}
