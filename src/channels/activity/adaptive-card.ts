import { type Card, type Choice, isAnswer, type Line, type Link, type Section } from '../../conversation/reply';
import type { Capabilities } from './capabilities';
import type { Attachment } from './plain-activity';
import { numbered, type Writing, writeCard, writeLine, writeText } from './plain-text';

/** Most bytes of one card as JSON: Teams asks for at most 28 KB. */
const largestCard = 26_000;

/** Newest schema that every one of our channels draws. */
const version = '1.5';
const contentType = 'application/vnd.microsoft.card.adaptive';

/** Language and direction of everything in a card. */
export type CardSetting = { language: string; direction: 'ltr' | 'rtl'; capabilities: Capabilities };

type Json = Record<string, unknown>;

const writingOf = (setting: CardSetting): Writing => setting.capabilities;

/**
 * What a card's button sends: always `choose`; for Web Chat its own hint that shows the person what they pressed. Teams shows nothing: an
 * answer carries its words and the question (`asked`), with which the card is replaced.
 */
function submitData(choice: Choice, submit: Capabilities['cardSubmit'], asked = ''): Json {
  const { title } = choice;
  const value = { choose: choice.value };
  const shown = { type: 'messageBack', displayText: title, text: title, value };
  if (submit === 'webchat') return { ...value, __isBotFrameworkCardAction: true, cardAction: { ...shown, title } };
  return submit === 'msteams' && asked !== '' && isAnswer(choice) ? { ...value, title, asked } : value;
}

/** Buttons one under the other: in a row, long titles are cut off on a phone. */
const buttons = (choices: Choice[], setting: CardSetting, asked?: string): Json[] =>
  choices.map((choice) => ({
    type: 'ActionSet',
    spacing: 'Small',
    actions: [
      { type: 'Action.Submit', title: choice.title, data: submitData(choice, setting.capabilities.cardSubmit, asked) },
    ],
  }));

const opener = ({ title, url }: Link): Json => ({
  type: 'ActionSet',
  spacing: 'Small',
  actions: [{ type: 'Action.OpenUrl', title, url }],
});

function lineBlocks(line: Line, setting: CardSetting): Json[] {
  const text = { type: 'TextBlock', text: writeLine(line, writingOf(setting)), wrap: true, spacing: 'Small' };
  if (!line.note) return [text];
  return [
    text,
    { type: 'TextBlock', text: writeText(line.note, writingOf(setting)), wrap: true, spacing: 'None', size: 'Small' },
  ];
}

const sectionBlocks = (section: Section, setting: CardSetting): Json[] => [
  ...section.lines.flatMap((line) => lineBlocks(line, setting)),
  ...buttons(section.choices ?? [], setting),
  ...(section.link && setting.capabilities.links ? [opener(section.link)] : []),
];

const heading = (text: string, size: 'Medium' | 'Default', setting: CardSetting): Json => ({
  type: 'TextBlock',
  text: writeText(text, writingOf(setting)),
  wrap: true,
  weight: 'Bolder',
  size,
  style: 'heading',
});

const shell = (setting: CardSetting, body: Json[]): Json => ({
  type: 'AdaptiveCard',
  version,
  lang: setting.language,
  ...(setting.direction === 'rtl' ? { rtl: true } : {}),
  body,
});

const openSection = (section: Section, setting: CardSetting): Json => ({
  type: 'Container',
  spacing: 'Medium',
  ...(setting.direction === 'rtl' ? { rtl: true } : {}),
  items: [
    ...(section.heading ? [heading(section.heading, 'Default', setting)] : []),
    ...sectionBlocks(section, setting),
  ],
});

function drawCard(card: Card, setting: CardSetting): Json {
  const body: Json[] = [heading(card.title, 'Medium', setting)];
  const actions: Json[] = [];
  for (const section of card.sections) {
    const empty = section.lines.length === 0 && !section.choices?.length;
    if (section.open || !section.heading || empty || actions.length >= setting.capabilities.cardFolds) {
      const drawn = openSection(section, setting);
      if ((drawn.items as Json[]).length > 0) body.push(drawn);
    } else
      actions.push({
        type: 'Action.ShowCard',
        title: section.heading,
        card: shell(setting, sectionBlocks(section, setting)),
      });
  }
  return { ...shell(setting, body), ...(actions.length > 0 ? { actions } : {}) };
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/**
 * The text for a client that cannot draw the card: all of it when there is room, else the title and the open parts, else the title.
 * Our own page always draws it: the title alone.
 */
function fallbackText(card: Card, room: number, setting: CardSetting): string {
  if (setting.capabilities.cardSubmit === 'webchat') return card.title;
  const writing: Writing = { markdown: false, telLinks: false };
  const open = { ...card, sections: card.sections.filter((section) => section.open) };
  const texts = [writeCard(card, writing), writeCard(open, writing)];
  return texts.find((text) => sizeOf(text) <= room) ?? card.title;
}

/** Sections that fit into one card each: by section, a section that is too long by lines. */
function splitSections(card: Card, setting: CardSetting): Card[] {
  const fits = (sections: Section[]) => sizeOf(drawCard({ ...card, sections }, setting)) <= largestCard - 2000;
  const pieces = card.sections.flatMap((section): Section[] => {
    if (fits([section])) return [section];
    const parts: Section[] = [];
    for (const line of section.lines) {
      const last = parts.at(-1);
      if (last && fits([{ ...last, lines: [...last.lines, line] }])) last.lines.push(line);
      else parts.push({ ...section, choices: [], link: undefined, lines: [line] });
    }
    const last = parts.at(-1);
    if (last) Object.assign(last, { choices: section.choices, link: section.link });
    return parts;
  });
  const cards: Card[] = [];
  for (const piece of pieces) {
    const last = cards.at(-1);
    if (last && fits([...last.sections, piece])) last.sections.push(piece);
    else cards.push({ ...card, sections: [piece] });
  }
  return cards;
}

function attach(card: Card, setting: CardSetting, drawn: Json = drawCard(card, setting)): Attachment {
  const extra = setting.capabilities.cardSubmit === 'msteams' ? { msteams: { width: 'Full' } } : {};
  const room = largestCard - sizeOf(drawn) - 100;
  return {
    contentType,
    name: card.title,
    content: { ...drawn, ...extra, fallbackText: fallbackText(card, room, setting) },
  };
}

/** Drawings of cards that are shared between equal situations. */
const drawings = new WeakMap<Card, Map<string, Attachment[]>>();

/** A card as Adaptive Card attachments: one, or several when one would be too large for Teams. Folded parts stay folded. */
export function cardAttachments(card: Card, setting: CardSetting): Attachment[] {
  const made = drawings.get(card) ?? new Map<string, Attachment[]>();
  drawings.set(card, made);
  const key = `${setting.capabilities.cardSubmit} ${setting.capabilities.cardFolds} ${setting.language}`;
  const attachments = made.get(key) ?? makeAttachments(card, setting);
  made.set(key, attachments);
  return attachments;
}

function makeAttachments(card: Card, setting: CardSetting): Attachment[] {
  const drawn = drawCard(card, setting);
  if (sizeOf(drawn) <= largestCard - 2000) return [attach(card, setting, drawn)];
  return splitSections(card, setting).map((part) => attach(part, setting));
}

/** Most bytes that a question may take in a card whose every button carries it. */
const largestAsked = 12_000;

/** Buttons alone as a card, for a channel whose own buttons are not good enough. `asked`: the question that they answer. */
export function choicesAttachment(choices: Choice[], setting: CardSetting, asked: string): Attachment {
  const carried = sizeOf(asked) * choices.length <= largestAsked ? asked : '';
  return {
    contentType,
    content: { ...shell(setting, buttons(choices, setting, carried)), fallbackText: numbered(choices) },
  };
}

/** One button that leads somewhere. */
export function linkAttachment(title: string, url: string, setting: CardSetting): Attachment {
  return { contentType, content: { ...shell(setting, [opener({ title, url })]), fallbackText: title } };
}
