import { currentPerson } from '../../dialogs/context';
import type { Effect, EffectType } from '../../dialogs/effects';
import { helpReasons, type SentPiece } from '../../dialogs/events';
import { decideFor } from '../../dialogs/verdict';
import type { Slot } from '../domain/profile';
import { type Part, say } from './part';
import { linesWithHours } from './phone-lines';
import { articleBubble } from './render-article';
import { documentLine, outcomeCard, outcomeText } from './render-outcome';
import { choicesOf, questionText, slotLabel, valueLabel } from './render-question';
import type { Bubble, Choice } from './reply';
import type { Scene } from './scene';

/** Effects that say themselves how the request stands. */
export const tellsOfRequest: EffectType[] = [
  'adviser.requested',
  'adviser.changed',
  'adviser.fell-silent',
  'adviser.unavailable',
  'nobody.came',
];

/** The button that takes the request back. */
export const withdrawChoice = (scene: Scene): Choice => ({
  title: scene.t('handoff:buttons.withdraw'),
  value: 'do=withdraw',
});

/** Whether somebody is there, or when the desk opens next. */
function presenceText({ t, desk, words, language, today }: Scene): string {
  if (!desk || desk.open) return t(desk && desk.present > 0 ? 'handoff:here' : 'handoff:nobodyYet');
  const { opens } = desk;
  if (!opens) return t('handoff:closed');
  if (opens.day === today) return t('handoff:closedToday', { time: opens.time });
  return t('handoff:closedUntil', { day: words.weekday(language, opens.day), time: opens.time });
}

/** Which languages advisers read, and that nobody has to change theirs. */
function languagesText({ t, desk, library, words, language }: Scene): string {
  const read = desk?.languages ?? library.desk.languages;
  const named = words.list(
    language,
    read.map((code) => words.languageName(language, code)),
  );
  const known = t('handoff:reads', { languages: named });
  return read.includes(language) ? known : `${known} ${t('handoff:readsNotYours')}`;
}

/** How long the conversation is kept now, and where there is one the code to come back with, read from left to right in every language. */
function keptText({ t, library, returnCode }: Scene): string {
  const time = t('common:unit.day', { count: library.desk.requestDays });
  const kept = t('handoff:kept', { time });
  return returnCode === undefined
    ? kept
    : `${kept} ${t('handoff:comeBack', { time, code: `**\u2066${returnCode}\u2069**` })}`;
}

/** The answer to a wish for a person: noted, who is there, both lines, and what the person can do. */
export function requestedPart(scene: Scene): Part {
  const { t, library, language } = scene;
  const texts = [
    `${t('handoff:noted')} ${presenceText(scene)}`,
    languagesText(scene),
    `${t('handoff:phones')}\n${linesWithHours(library, language, t)}`,
    t('handoff:options'),
    keptText(scene),
  ];
  return say(texts.join('\n\n'), 'handoff-waiting');
}

/** Nobody has come yet: what the person can do meanwhile. */
export function nobodyPart(scene: Scene): Part {
  const { t, library, language, snapshot, today } = scene;
  const { outcome } = decideFor(snapshot.context, library.rulebook, today);
  const texts = [
    t('handoff:nobodyCame'),
    `${t('handoff:phones')}\n${linesWithHours(library, language, t)}`,
    ...(outcome ? [t(`outcomes:${outcome.id}.meanwhile`)] : []),
    t('handoff:options'),
  ];
  return say(texts.join('\n\n'), 'handoff-waiting');
}

const byAdviser = ({ t }: Scene, bubble: Bubble): Bubble => ({ ...bubble, by: t('handoff:adviser') });
const active = (bubbles: Bubble[], choices: Choice[] = []): Part => ({
  bubbles,
  choices,
  statuses: ['handoff-active'],
});

/** Each line in its own direction (U+2068 … U+2069), list marks left outside. */
const isolated = (text: string): string =>
  text.replace(/^(\s*(?:[-*•]|\d+[.)])\s+)?(\S.*)$/gm, (_, mark = '', line) => `${mark}\u2068${line}\u2069`);

const leftwards = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Words of an adviser, who may write in another direction than the person reads. */
export function spokenPart(scene: Scene, text: string): Part {
  const info = scene.library.languages.find(({ code }) => code === scene.language);
  const mixes = info?.direction === 'rtl' || leftwards.test(text);
  return active([byAdviser(scene, { text: mixes ? isolated(text) : text })]);
}

const pieces: { [K in SentPiece['kind']]: (scene: Scene, id: never) => Part | null } = {
  article: (scene, id: string) => {
    const bubble = articleBubble(scene, id);
    return bubble && active([byAdviser(scene, bubble)]);
  },
  document: (scene, id: Extract<SentPiece, { kind: 'document' }>['id']) => {
    const { snapshot, library, today } = scene;
    const { outcome } = decideFor(snapshot.context, library.rulebook, today);
    const item = outcome?.documents.find((one) => one.id === id);
    const { text, note } = item
      ? documentLine(scene, item)
      : { text: scene.t(`documents:${id}.name`), note: scene.t(`documents:${id}.detail`) };
    return active([byAdviser(scene, { text: `**${text}**\n\n${note}` })]);
  },
  question: (scene, id: Slot) =>
    active([byAdviser(scene, { text: questionText(scene, id, null) })], choicesOf(scene, id)),
  canned: (scene, id: string) => active([byAdviser(scene, { text: scene.t(`handoff:canned.${id}`) })]),
};

/** An article, a paper, a question or a ready sentence that an adviser sends, in the person's language. */
export const givenPart = (scene: Scene, { kind, id }: SentPiece): Part | null => pieces[kind](scene, id as never);

/** The verdict that stands, sent again. */
export function verdictPart(scene: Scene): Part | null {
  const { snapshot, library, today, t } = scene;
  const { outcome } = decideFor(snapshot.context, library.rulebook, today);
  if (!outcome) return null;
  const text = `${t('handoff:verdict')}\n\n${outcomeText(scene, outcome)}`;
  return active([byAdviser(scene, { text, card: outcomeCard(scene, outcome) })]);
}

/** A sentence, and the facts that an adviser corrected. */
export function withNoted(scene: Scene, text: string, noted: Slot[]): string {
  const { t, words, language, snapshot } = scene;
  const { profile } = currentPerson(snapshot.context);
  const facts = noted.flatMap((slot) => {
    const value = profile[slot];
    return value === undefined
      ? []
      : [`${slotLabel(scene, slot)}${t('common:separator')}${valueLabel(scene, slot, value)}`];
  });
  return facts.length > 0 ? `${text}\n\n${t('handoff:notedFacts', { list: words.list(language, facts) })}` : text;
}

/** The exchange is over: did it help? */
export const finishedPart = (scene: Scene, noted: Slot[]): Part => ({
  bubbles: [{ text: withNoted(scene, scene.t('handoff:finished'), noted) }, { text: scene.t('handoff:helped.ask') }],
  choices: [
    ...['yes', 'no'].map((verdict) => ({
      title: scene.t(`handoff:helped.${verdict}`),
      value: `helped=${verdict}`,
    })),
    { title: scene.t('common:buttons.continue'), value: 'do=continue' },
  ],
  statuses: ['asked'],
  endsTurn: true,
});

/** Thanks; when it did not help, what was missing may be said with one tap. */
export function judgedPart({ t }: Scene, { helped, reason }: Extract<Effect, { type: 'help.judged' }>['params']): Part {
  if (helped || reason) return say(t('handoff:helped.thanks'));
  const reasons = helpReasons.map((id) => ({ title: t(`handoff:helped.reasons.${id}`), value: `helped=no:${id}` }));
  return { ...say(t('handoff:helped.why')), choices: reasons };
}
