import { currentPerson } from '../../dialogs/context';
import type { Paper } from '../../dialogs/events';
import { decideFor } from '../../dialogs/verdict';
import { journeyOf } from '../domain/journey';
import type { Outcome } from '../domain/outcome';
import type { Slot } from '../domain/profile';
import { button, type Part } from './part';
import { lineRows, linesInText } from './phone-lines';
import { slotLabel, valueLabel } from './render-question';
import type { Choice, Line, Section } from './reply';
import type { Scene } from './scene';

/** The language of the administration: what is said to it and sent to it is in this language, with its meaning below. */
export const officialLanguage = 'fr';

/** Facts worth naming, in the order in which they are named. */
const told: Slot[] = [
  'country',
  'activity',
  'permit',
  'joining',
  'relation',
  'arrival',
  'months',
  'children',
  'number',
];
/** Values that nobody needs to volunteer: what is not there, and what could harm. */
const untold = ['unknown', 'none', 'expired', 'false'];

/** A sentence in the official language, with what it means in the person's language as a note. */
function inBoth(scene: Scene, write: (scene: Scene) => string): Line {
  const text = write({ ...scene, language: officialLanguage, t: scene.words.in(officialLanguage) });
  return scene.language === officialLanguage ? { text } : { text, note: write(scene) };
}

const sentence = (scene: Scene, key: string, params?: Record<string, string>): Line =>
  inBoth(scene, ({ t }) => t(`papers:${key}`, params));

/** One line for each fact that is known and worth naming. */
export function factLines(scene: Scene): Line[] {
  const { profile } = currentPerson(scene.snapshot.context);
  return told.flatMap((slot) => {
    const value = profile[slot];
    if (value === undefined || untold.includes(String(value))) return [];
    return [
      inBoth(scene, (in_) => `${slotLabel(in_, slot)}${in_.t('common:separator')}${valueLabel(in_, slot, value)}`),
    ];
  });
}

/** What the verdict asks for, in the words of the administration; none where nothing is asked for. */
const routeLine = (scene: Scene, key: string, outcome: Outcome | null): Line[] => {
  const route = `papers:route.${outcome?.id}`;
  if (!scene.words.has(scene.language, route)) return [];
  return [inBoth(scene, ({ t }) => t(`papers:${key}`, { route: t(route) }))];
};

/** What to say on the phone: who calls, about what, since when, and the question of this stage. Blanks are for the voice alone. */
export function scriptLines(scene: Scene): Line[] {
  const { words, language, library, today, snapshot } = scene;
  const { rulebook } = library;
  const { relation, profile } = currentPerson(snapshot.context);
  const { outcome } = decideFor(snapshot.context, rulebook, today);
  const { stage } = journeyOf(profile, rulebook, today);
  const { sentOn } = profile;
  const dated = sentOn !== undefined && sentOn !== 'unknown';
  return [
    sentence(scene, `script.hello.${relation}`),
    ...(language === officialLanguage ? [] : [sentence(scene, 'script.slowly')]),
    sentence(scene, 'script.name'),
    ...routeLine(scene, 'script.route', outcome),
    ...factLines(scene),
    sentence(scene, `script.stage.${stage}`),
    ...(dated
      ? [inBoth(scene, (in_) => in_.t('common:journey.sentOn', { date: words.date(in_.language, sentOn) }))]
      : []),
    sentence(scene, `script.ask.${stage}`),
    sentence(scene, 'script.end'),
  ];
}

function scriptPart(scene: Scene): Part {
  const { t, language, library } = scene;
  const sections: Section[] = [
    { heading: t('papers:script.heading'), open: true, lines: scriptLines(scene) },
    { heading: t('common:card.lines'), open: true, lines: lineRows(library, language, t) },
  ];
  return {
    bubbles: [{ text: t('papers:script.intro'), card: { kind: 'script', title: t('papers:script.title'), sections } }],
    statuses: ['answered'],
  };
}

/** True when something is sent to a fund with this verdict: there is a name for the request and for the addressee. */
const hasLetter = ({ words, language }: Scene, outcome: Outcome): boolean =>
  words.has(language, `papers:route.${outcome.id}`) && words.has(language, `papers:letter.to.${outcome.sendTo}`);

/** A short letter for the file: addressee, subject, facts, papers; blanks for name, address, place, date. Empty where nothing is sent. */
export function letterSections(scene: Scene, outcome: Outcome): Section[] {
  if (!hasLetter(scene, outcome)) return [];
  const { t, snapshot } = scene;
  const { relation } = currentPerson(snapshot.context);
  const papers = outcome.documents.filter(({ level }) => level === 'required');
  const part = (heading: string, lines: Line[]): Section => ({
    heading: t(`papers:letter.${heading}`),
    open: true,
    lines,
  });
  return [
    part('fromHeading', [sentence(scene, 'letter.from')]),
    part('toHeading', [sentence(scene, `letter.to.${outcome.sendTo}`)]),
    part('subjectHeading', routeLine(scene, 'letter.subject', outcome)),
    part('bodyHeading', [sentence(scene, `letter.body.${relation}`), ...factLines(scene)]),
    part(
      'papersHeading',
      papers.map(({ id }) => inBoth(scene, (in_) => `- ${in_.t(`documents:${id}.name`)}`)),
    ),
    part('endHeading', [sentence(scene, 'letter.ask'), sentence(scene, 'letter.signature')]),
  ];
}

function letterPart(scene: Scene): Part {
  const { t, library, language, today, snapshot } = scene;
  const { outcome } = decideFor(snapshot.context, library.rulebook, today);
  const letter = outcome ? letterSections(scene, outcome) : [];
  if (!outcome || letter.length === 0) {
    const text = [t('papers:letter.none'), t('common:linesAlone', linesInText(library, language, t))].join('\n\n');
    return { bubbles: [{ text }], statuses: ['answered'], choices: [button(scene, 'human', 'do=human')] };
  }
  const sections = [...letter, { heading: t('common:card.lines'), open: true, lines: lineRows(library, language, t) }];
  const intro = [
    t('papers:letter.intro'),
    ...(outcome.wait ? [t('papers:letter.later')] : []),
    ...(outcome.adviser ? [t('outcomes:adviserNote')] : []),
  ];
  return {
    bubbles: [{ text: intro.join(' '), card: { kind: 'letter', title: t('papers:letter.title'), sections } }],
    statuses: ['answered'],
  };
}

const parts: Record<Paper, (scene: Scene) => Part> = { script: scriptPart, letter: letterPart };

/** Words to take along. */
export const paperPart = (scene: Scene, paper: Paper): Part => parts[paper](scene);

/** The button of a paper. */
export const paperChoice = ({ t }: Scene, paper: Paper): Choice => ({
  title: t(`papers:${paper}.button`),
  value: `do=${paper}`,
});

/** What can be prepared with a verdict: the letter where there is somebody to send it to. */
export const letterChoices = (scene: Scene, outcome: Outcome): Choice[] =>
  hasLetter(scene, outcome) ? [paperChoice(scene, 'letter')] : [];
