import { type Context, currentPerson, emptyContext } from '../../dialogs/context';
import type { ConversationMachine } from '../../dialogs/conversation.machine';
import { begin } from '../../dialogs/move';
import { decideFor } from '../../dialogs/verdict';
import { journeyOf, passes, timelineOf } from '../domain/journey';
import type { ChecklistItem, Outcome } from '../domain/outcome';
import type { Words } from '../library/i18n';
import { directionOf, type Library } from '../library/library';
import { lineRows } from './phone-lines';
import {
  certaintyTexts,
  documentWords,
  nextStepText,
  otherContacts,
  sourceNames,
  titleText,
  verdictText,
} from './render-outcome';
import { factLines, letterSections, officialLanguage, scriptLines } from './render-papers';
import type { Line } from './reply';
import type { Scene } from './scene';

/** All that a checklist is made from: the answers, whom it is about, the language, and the day (in Paris) on which it was made. */
export type Carried = Pick<Context, 'people' | 'current'> & { language: string; day: string };

/** A text in the person's language and in French; the same twice for somebody who reads French. */
export type Both = { own: string; french: string };

export type CarriedDocument = { id: string; name: Both; form: Both; detail: Both };
export type CarriedContact = { name: Both; note: Both; tel?: string };
/** `day`: ISO day. */
export type CarriedDate = { id: 'waitOver' | 'chase'; day: string; shown: Both; title: Both; text: Both };

/** The checklist to take along, in words, before it becomes a page, a PDF or a calendar. */
export type TakeAlong = {
  language: string;
  direction: 'ltr' | 'rtl';
  day: string;
  /** True when there is nothing to set beside the French. */
  french: boolean;
  title: Both;
  madeOn: Both;
  verdict: { title: Both; text: Both; next: Both };
  facts: Both[];
  documents: CarriedDocument[];
  copiesFirst: Both;
  sendTo: Both;
  contacts: CarriedContact[];
  /** Both phone lines with their hours. */
  lines: CarriedContact[];
  dates: CarriedDate[];
  /** What to do when nothing is heard, for a file that is not sent yet. */
  chaseLater: Both | null;
  script: Both[];
  letter: { heading: Both; lines: Both[] }[];
  after: Both[];
  /** How sure this is, and when it was checked. */
  certainty: Both[];
  /** Names of the sources, which are the same in every language. */
  sources: string[];
  disclaimer: Both;
  /** A text of the page by its key. */
  label(key: string, params?: Record<string, string>): Both;
};

export type TakeAlongRoom = { machine: ConversationMachine; library: Library; words: Words };

/** A conversation as it was on the day of the checklist, to be rendered in a language. */
function sceneOf({ machine, library, words }: TakeAlongRoom, carried: Carried, language: string): Scene {
  const { people, current, day } = carried;
  const { profile } = currentPerson({ ...emptyContext(), people, current });
  // A code does not hold the order of answers: what is still open counts as "I don't know" in a row.
  const unknownsInARow = Object.values(profile).filter((value) => value === 'unknown').length;
  const context = { ...emptyContext(), people, current, unknownsInARow, language: carried.language };
  const snapshot = machine.resolveState({ value: begin(machine).value, context });
  const forOther = currentPerson(context).relation !== 'self';
  return { snapshot, library, words, language, t: words.in(language), today: day, forOther };
}

/** The same lines said in two languages, one beside the other. */
const pair = (own: string[], french: string[]): Both[] =>
  french.map((text, index) => ({ own: own[index] ?? text, french: text }));

/** A line that says in French what its note says in the person's language. */
const lineInBoth = ({ text, note }: Line): Both => ({ own: note ?? text, french: text });

type BothOf = (say: (scene: Scene) => string) => Both;

/** The end of the wait, and the day from which to ask for news of a file that was sent. */
function datesOf(own: Scene, outcome: Outcome, sentOn: string | undefined, both: BothOf): CarriedDate[] {
  const { library, today, words, snapshot } = own;
  const sent = sentOn ? { stage: 'sent' as const, sentOn } : currentPerson(snapshot.context).profile;
  const { chaseFrom } = journeyOf(sent, library.rulebook, today);
  const date = (id: CarriedDate['id'], day: string, text: string): CarriedDate => ({
    id,
    day,
    shown: both((scene) => words.date(scene.language, day)),
    title: both(({ t }) => t(`takeaway:${id}`)),
    text: both(({ t }) => t(text)),
  });
  return [
    ...(outcome.wait?.until ? [date('waitOver', outcome.wait.until, 'takeaway:waitOverText')] : []),
    ...(chaseFrom ? [date('chase', chaseFrom, 'journey:sent.chase')] : []),
  ];
}

/**
 * The checklist of a person in two languages, as of the day it was made; null when no verdict stands any more (the rules have changed).
 * `sentOn`: day on which the file was sent, when it is known only now.
 */
export function takeAlong(room: TakeAlongRoom, carried: Carried, sentOn?: string): TakeAlong | null {
  const { library, words } = room;
  const own = sceneOf(room, carried, carried.language);
  const french = sceneOf(room, carried, officialLanguage);
  const { outcome } = decideFor(own.snapshot.context, library.rulebook, carried.day);
  if (!outcome) return null;
  const both: BothOf = (say) => ({ own: say(own), french: say(french) });
  const each = (say: (scene: Scene) => string[]): Both[] => pair(say(own), say(french));
  const contact = (said: Line[], theirs: Line[]) =>
    theirs.map((line, index) => ({
      name: { own: said[index]?.text ?? line.text, french: line.text },
      note: { own: said[index]?.note ?? '', french: line.note ?? '' },
      tel: line.tel,
    }));
  const order = carried.language;
  const label: TakeAlong['label'] = (key, params) => both(({ t }) => t(key, params));
  const letter = letterSections(own, outcome);
  const letterHeadings = letterSections(french, outcome).map(({ heading }) => heading);
  const paper = (item: ChecklistItem): CarriedDocument => {
    const said = (part: (words: ReturnType<typeof documentWords>) => string) =>
      both((scene) => part(documentWords(scene, item)));
    return {
      id: item.id,
      name: said(({ name }) => name),
      form: said(({ form }) => form),
      detail: said(({ detail, extras }) => [...extras, detail].join(' ')),
    };
  };
  const dates = datesOf(own, outcome, sentOn, both);
  const sends = passes(library.rulebook, outcome.id, 'sent') && !dates.some(({ id }) => id === 'chase');
  return {
    language: carried.language,
    direction: directionOf(library, carried.language),
    day: carried.day,
    french: carried.language === officialLanguage,
    title: label('takeaway:title'),
    madeOn: both(({ t, language }) => t('takeaway:madeOn', { date: words.date(language, carried.day) })),
    verdict: {
      title: both((scene) => titleText(scene, outcome)),
      text: both((scene) => verdictText(scene, outcome)),
      next: both((scene) => nextStepText(scene, outcome)),
    },
    facts: factLines(own).map(lineInBoth),
    documents: [...outcome.documents].sort(byLevel).map(paper),
    copiesFirst: label('documents:advice.copiesFirst'),
    sendTo: label(`outcomes:sendTo.${outcome.sendTo}`),
    contacts: contact(otherContacts(own, outcome), otherContacts(french, outcome)),
    lines: contact(lineRows(library, order, own.t), lineRows(library, order, french.t)),
    dates,
    chaseLater: sends ? label('journey:sent.chase') : null,
    script: scriptLines(own).map(lineInBoth),
    letter: letter.map(({ heading, lines: said }, index) => ({
      heading: { own: heading, french: letterHeadings[index] ?? heading },
      lines: said.map(lineInBoth),
    })),
    after: each(({ t }) => timelineOf(library.rulebook, outcome.id).map((text) => t(`journey:${text}`))),
    certainty: each((scene) => certaintyTexts(scene, outcome)),
    sources: sourceNames(french, outcome),
    disclaimer: label('takeaway:disclaimer'),
    label,
  };
}

const byLevel = (a: ChecklistItem, b: ChecklistItem): number =>
  Number(b.level === 'required') - Number(a.level === 'required');
