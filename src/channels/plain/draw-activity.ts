import { escapeHtml } from '../activity/page';

/** A button: what is read, and what is sent. */
export type Button = { title: string; value: string };

/** The parts of an Adaptive Card that our own cards are made of. */
type Element = {
  type: string;
  text?: string;
  title?: string;
  style?: string;
  size?: string;
  items?: Element[];
  actions?: Element[];
  card?: { body?: Element[] };
  data?: { choose?: string };
  url?: string;
};
type Card = { body?: Element[]; actions?: Element[] };
/** A message of the log as it is drawn. */
export type Drawable = {
  text?: string;
  /** Code of its language. */
  locale?: string;
  attachments?: { content?: Card; contentUrl?: string; name?: string }[];
  suggestedActions?: { actions?: { title: string; value?: { choose?: string } }[] };
  channelData?: { messageBack?: { displayText?: string } };
};

const inline = (text: string): string =>
  escapeHtml(text)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]*)\]\(tel:(\+?\d+)\)/g, '<a href="tel:$2">$1</a>');

/** One of the bot's texts as HTML: paragraphs, `- ` lists, bold, and links that open the dialler. Everything else stays text. */
export function drawText(text: string): string {
  let html = '';
  let items = '';
  const endList = () => {
    if (items !== '') html += `<ul>${items}</ul>`;
    items = '';
  };
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    if (line.startsWith('- ')) items += `<li>${inline(line.slice(2))}</li>`;
    else {
      endList();
      html += `<p>${inline(line)}</p>`;
    }
  }
  endList();
  return html;
}

/** A button that sends its form with this choice. */
export const drawButton = ({ title, value }: Button): string =>
  `<button name="choose" value="${escapeHtml(value)}">${escapeHtml(title)}</button>`;

/** Buttons as a list: browsers without style sheets put each in its own line, and readers tell how many there are. */
export const drawButtons = (buttons: Button[]): string =>
  buttons.length === 0
    ? ''
    : `<ul class="choices">${buttons.map((button) => `<li>${drawButton(button)}</li>`).join('')}</ul>`;

const buttonsOf = (actions: Element[] = []): Button[] =>
  actions.flatMap(({ title, data }) => (title && data?.choose ? [{ title, value: data.choose }] : []));

/** Pages of ours that a card opens. */
const drawLinks = (actions: Element[] = []): string =>
  actions
    .flatMap(({ title, url }) => (title && url ? [`<p><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></p>`] : []))
    .join('');

/** The lines of a card, one after the other, as a list; a smaller line belongs to the one before it. */
function drawLines(lines: Element[]): string {
  const items: string[] = [];
  for (const { text = '', size } of lines)
    if (size === 'Small' && items.length > 0) items.push(`${items.pop()}<div class="note">${drawText(text)}</div>`);
    else items.push(drawText(text));
  return items.length === 0 ? '' : `<ul class="lines">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** `level` = that of the next heading. Without `pressable` buttons are left out. */
function drawElements(elements: Element[], level: number, pressable: boolean): string {
  let html = '';
  let lines: Element[] = [];
  let buttons: Button[] = [];
  let links = '';
  const endLists = () => {
    html += drawLines(lines) + drawButtons(buttons) + links;
    [lines, buttons, links] = [[], [], ''];
  };
  for (const element of elements) {
    const isLine = element.type === 'TextBlock' && element.style !== 'heading';
    if (!isLine && lines.length > 0) endLists();
    if (element.type !== 'ActionSet' && buttons.length + links.length > 0) endLists();
    if (isLine) lines.push(element);
    else if (element.type === 'TextBlock') html += `<h${level}>${inline(element.text ?? '')}</h${level}>`;
    else if (element.type === 'Container') html += drawElements(element.items ?? [], level + 1, pressable);
    else if (element.type === 'ActionSet') {
      if (pressable) buttons.push(...buttonsOf(element.actions));
      links += drawLinks(element.actions);
    }
  }
  endLists();
  return html;
}

/** A card as headings, lists and folded parts; `level` = that of its title. */
function drawCard({ body = [], actions = [] }: Card, level: number, pressable: boolean): string {
  const folded = actions
    .filter(({ card }) => card)
    .map(
      ({ title = '', card }) =>
        `<details><summary>${escapeHtml(title)}</summary>${drawElements(card?.body ?? [], level + 1, pressable)}</details>`,
    );
  const alone = pressable ? drawButtons(buttonsOf(actions)) : '';
  return `<section class="card">${drawElements(body, level, pressable)}${folded.join('')}${alone}</section>`;
}

/** What the bot or an adviser said, with the cards and pictures; `pressable`: in a form, for now. What is past is only to be read. */
export function drawSaid({ text = '', attachments = [] }: Drawable, level: number, pressable: boolean): string {
  const drawn = attachments.map(({ content, contentUrl = '', name = '' }) => {
    if (content) return drawCard(content, level, pressable);
    const ours = pressable && contentUrl.startsWith('data:image/svg+xml;base64,');
    return ours ? `<img src="${escapeHtml(contentUrl)}" alt="${escapeHtml(name)}" width="240">` : '';
  });
  return drawText(text) + drawn.join('');
}

/** The words of a person's message: typed, or those of the button that was pressed. */
export const wordsOfPerson = ({ text, channelData }: Drawable): string =>
  channelData?.messageBack?.displayText ?? text ?? '';

/** The buttons under a message. */
export const choicesUnder = ({ suggestedActions }: Drawable): Button[] =>
  (suggestedActions?.actions ?? []).flatMap(({ title, value }) =>
    value?.choose ? [{ title, value: value.choose }] : [],
  );

const within = (elements: Element[]): Button[] =>
  elements.flatMap((element) => [
    ...buttonsOf(element.actions),
    ...within(element.items ?? []),
    ...within((element.actions ?? []).flatMap(({ card }) => card?.body ?? [])),
  ]);

/** Every button of a message, those in its cards too. */
export const allButtons = (said: Drawable): Button[] => [
  ...choicesUnder(said),
  ...(said.attachments ?? []).flatMap(({ content = {} }) => [
    ...buttonsOf(content.actions),
    ...within([...(content.body ?? []), ...(content.actions ?? []).flatMap(({ card }) => card?.body ?? [])]),
  ]),
];
