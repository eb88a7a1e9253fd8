import type { AdviserAccount, Handoff } from '../../conversation/handoff-ports';
import type { TranscriptLine } from '../../conversation/ports';
import type { Card, Choice, Line } from '../../conversation/reply';
import type { Scene } from '../../conversation/scene';
import type { StaffNote } from '../../conversation/staff-ports';
import type { Words } from '../../library/i18n';
import { dossierOf, type Looking } from '../dossier';
import { gistOf } from '../gist';
import { type Piece, suggestedPieces } from '../pieces';
import type { RoomDeps } from '../room';

/** Language of a card that a whole team reads, as in the webhook. */
const teamLanguage = 'fr';
/** Longest title of a button. */
const longestTitle = 60;
/** Earlier lines that an adviser gets with the dossier. */
const earlierLines = 6;
/** Direction marks and other signs without a shape, with which a text could look like another; joiners belong to words. */
const hidden = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A press of an adviser: `desk=<verb>:<handoff>` and what it needs. */
export const pressOf = (verb: string, handoff: string, ...rest: string[]): string =>
  `desk=${[verb, handoff, ...rest].join(':')}`;

/** Words of a person as they may stand in a chat: each line in its own direction, nothing hidden. */
export const quoted = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `\u2068${line.replace(hidden, '')}\u2069`)
    .join('\n');

const clock = (language: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', {
    timeZone: 'Europe/Paris',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

const said = (
  { language, t }: { language: string; t: Scene['t'] },
  key: string,
  params?: Record<string, unknown>,
): StaffNote => ({
  language,
  text: t(`console:teams.${key}`, params),
});

/** A sentence of ours in the language of an adviser, or of the team. */
export function sayTo(
  words: Words,
  account: Pick<AdviserAccount, 'uiLanguage'> | null,
  key: string,
  params?: Record<string, unknown>,
): StaffNote {
  const language = account?.uiLanguage ?? teamLanguage;
  return said({ language, t: words.in(language) }, key, params);
}

const reasonKey = (reason: string): string =>
  reason === 'asked' || reason === 'lost' ? `console:reason.${reason}` : 'console:reason.rule';

/** What the request is about: the verdict, else what was asked last. A title of ours, never the person's words. */
function subjectOf(looking: Looking, handoff: Handoff, lines: TranscriptLine[]): string | null {
  const { outcome, articles } = dossierOf(looking, handoff, lines);
  return outcome?.title || articles.at(-1)?.title || null;
}

function factLines(words: Words, language: string, handoff: Handoff, stage: string, subject: string | null): Line[] {
  const t = words.in(language);
  const texts = [
    t('console:teams.language', { language: words.languageName(language, handoff.language) }),
    t('console:teams.reason', { reason: t(reasonKey(handoff.reason)) }),
    t('console:teams.stage', { stage }),
    t('console:teams.since', { time: clock(language).format(new Date(handoff.requestedAt)) }),
    ...(subject ? [t('console:teams.about', { subject })] : []),
  ];
  return texts.map((text) => ({ text }));
}

const card = (title: string, sections: Card['sections']): Card => ({ kind: 'desk', title, sections });
const stageLabel = (words: Words, language: string, stage: string): string => {
  const key = `questions:stage.choices.${stage}`;
  return words.has(language, key) ? words.in(language)(key) : stage;
};

/** The card of a request in the team's channel, as it stands now. */
export function requestNote(
  { words }: Pick<RoomDeps, 'words'>,
  handoff: Handoff,
  looking: Looking | null,
  lines: TranscriptLine[],
  holder: string | null,
): StaffNote {
  const t = words.in(teamLanguage);
  const stage = stageLabel(words, teamLanguage, handoff.stage);
  const subject = looking && subjectOf(looking, handoff, lines);
  const facts = factLines(words, teamLanguage, handoff, stage, subject);
  const open = (extra: string[], choices: Choice[] = []) => [
    { heading: '', open: true, lines: [...facts, ...extra.map((text) => ({ text }))], choices },
  ];
  const language = teamLanguage;
  if (handoff.state === 'closed') return { language, card: card(t('console:teams.ended'), open([])) };
  if (handoff.state === 'talking')
    return { language, card: card(t('console:teams.with', { name: holder ?? '' }), open([])) };
  const forOne = holder === null ? [] : [t('console:queue.for', { name: holder })];
  const claim = { title: t('console:teams.claim'), value: pressOf('claim', handoff.id) };
  return { language, card: card(t('console:teams.waiting'), open(forOne, [claim])) };
}

const cut = (text: string): string => (text.length > longestTitle ? `${text.slice(0, longestTitle - 1)}…` : text);

/** Pieces as buttons. */
export const pieceChoices = (handoff: string, pieces: Piece[]): Choice[] =>
  pieces.map(({ kind, id, title }) => ({ title: cut(title), value: pressOf('send', handoff, kind, id) }));

/** The dossier in the adviser's language with all that can be done, then the last words as they were written. */
export function dossierNotes(deps: RoomDeps, handoff: Handoff, looking: Looking, lines: TranscriptLine[]): StaffNote[] {
  const { own } = looking;
  const { language, t } = own;
  const dossier = dossierOf(looking, handoff, lines);
  const section = (heading: string, texts: string[]): Card['sections'] =>
    texts.length > 0 ? [{ heading: t(heading), open: true, lines: texts.map((text) => ({ text })) }] : [];
  const acts = (['return', 'pass', 'close'] as const).map((verb) => ({
    title: t(`console:teams.act.${verb}`),
    value: pressOf(verb, handoff.id),
  }));
  const stage = stageLabel(deps.words, language, handoff.stage);
  const { outcome, asked } = dossier;
  const note = card(t('console:teams.yours'), [
    { heading: '', open: true, lines: factLines(deps.words, language, handoff, stage, null) },
    ...section(
      'console:file.facts',
      dossier.facts.map(({ label, shown }) => `${label}${t('common:separator')}${shown}`),
    ),
    ...section('console:file.outcome', outcome ? [outcome.title] : []),
    ...section('console:file.asked', asked ? [asked.title] : []),
    {
      heading: t('console:pieces.title'),
      open: false,
      lines: [],
      choices: pieceChoices(handoff.id, suggestedPieces(deps, own)),
    },
    {
      heading: '',
      open: true,
      lines: [{ text: t('console:teams.how', { language: deps.words.languageName(language, handoff.language) }) }],
      choices: acts,
    },
  ]);
  const earlier = lines.filter(({ from }) => from === 'person').slice(-earlierLines);
  return [{ language, card: note }, ...earlier.map((line) => lineNote(own, line, null))];
}

/** A line as the adviser gets it: as written, what the bot understood, and the translation of an operator's own service. */
export function lineNote(own: Scene, line: TranscriptLine, translation: string | null): StaffNote {
  const { t, words, language } = own;
  const gist = line.from === 'person' ? gistOf(own, line) : undefined;
  const understood = [
    ...(gist?.facts ?? []).map(({ label, shown }) => `${label}${t('common:separator')}${shown}`),
    ...(gist?.articles ?? []).map(({ title }) => title),
  ].join(' · ');
  const who = t(line.from === 'person' ? 'console:talk.person' : 'console:talk.bot');
  const texts = [
    `${who} (${words.languageName(language, line.language)})${t('common:separator')}`,
    quoted(line.text),
    ...(understood ? [`${t('console:talk.gist')}${t('common:separator')}${understood}`] : []),
    ...(translation ? [`${t('console:talk.translation')}${t('common:separator')}${quoted(translation)}`] : []),
  ];
  return { language, text: texts.join('\n') };
}

/** Pieces that fit what an adviser looks for. */
export function foundNote(words: Words, language: string, handoff: string, pieces: Piece[]): StaffNote {
  const t = words.in(language);
  if (pieces.length === 0) return { language, text: t('console:pieces.none') };
  const section = { heading: '', open: true, lines: [], choices: pieceChoices(handoff, pieces) };
  return { language, card: card(t('console:pieces.title'), [section]) };
}
