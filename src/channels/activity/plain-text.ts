import type { Card, Choice, Line } from '../../conversation/reply';

/** Empty tick box in front of a line that the reader can tick off. */
const tickBox = '☐ ';

/** How a text is to be written. */
export type Writing = { markdown: boolean; telLinks: boolean };

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The same number as a `tel:` value: written alike, or nationally (0…) for an international one. */
function isNumber(written: string, tel: string): boolean {
  const digits = digitsOf(written);
  const wanted = digitsOf(tel);
  if (digits.length < 2) return false;
  return digits === wanted || (digits.startsWith('0') && digits.length > 8 && wanted.endsWith(digits.slice(1)));
}

/** Where the phone number stands in a text, if it does. */
function findNumber(text: string, tel: string): { start: number; end: number } | null {
  for (const match of text.matchAll(/\+?\d(?:[\d\u00a0\u202f .-]*\d)?/g)) {
    if (isNumber(match[0], tel)) return { start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/**
 * Takes out of a text what Markdown would make into a picture, a link or HTML: our texts hold none, so it can only have come from
 * outside. A space in between is enough and keeps the words readable.
 */
const disarm = (text: string): string =>
  text
    .replace(/!\[/g, '! [')
    .replace(/\](?=[([:])/g, '] ')
    .replace(/<(?=[A-Za-z/!?])/g, '< ');

/** Every line its own paragraph, lists kept together: single line ends are lost in most Markdown. */
function paragraphs(text: string): string {
  let written = '';
  let inList = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const isItem = line.startsWith('- ');
    written += written === '' ? line : (inList && isItem ? '\n' : '\n\n') + line;
    inList = isItem;
  }
  return written;
}

/** One of our texts as the channel reads it: Markdown, or plain text without asterisks. */
export function writeText(text: string, writing: Writing): string {
  if (writing.markdown) return paragraphs(disarm(text));
  return text.replace(/\*\*([^*]+)\*\*/g, '$1').replace(/^- /gm, '• ');
}

/** The main text of a line, its phone number as a link where that works. */
export function writeLine(line: Line, writing: Writing): string {
  const mark = line.mark ? tickBox : '';
  if (!line.tel) return mark + writeText(line.text, writing);
  const place = findNumber(line.text, line.tel);
  const tel = line.tel.replace(/[^+\d]/g, '');
  if (!writing.markdown || !writing.telLinks)
    return mark + writeText(place ? line.text : `${line.text} ${tel}`, writing);
  const { start, end } = place ?? { start: 0, end: line.text.length };
  const [before, number, after] = [line.text.slice(0, start), line.text.slice(start, end), line.text.slice(end)].map(
    disarm,
  );
  return `${mark}${before}[${number}](tel:${tel})${after}`;
}

/** Choices as a numbered list, for channels without buttons. The person answers with the number or the words. */
export const numbered = (choices: Choice[], from = 1): string =>
  choices.map((choice, index) => `${from + index}. ${choice.title}`).join('\n');

const listed = (choices: Choice[]): string => choices.map(({ title }) => `→ ${title}`).join('\n');

/**
 * A card as text, with everything that the card holds: folded parts too. Buttons of sections are listed with their titles.
 * `from` = number of the first button, so that numbers stay unique in one reply; without it the buttons are listed without numbers.
 */
export function writeCard(card: Card, writing: Writing, from?: number): string {
  const strong = (text: string) =>
    writing.markdown ? `**${disarm(text.replaceAll('**', ''))}**` : writeText(text, writing);
  const parts = [strong(card.title)];
  let number = from;
  for (const section of card.sections) {
    if (section.heading) parts.push(strong(section.heading));
    const lines = section.lines.map((line) => {
      const note = line.note ? (writing.markdown ? '\n\n' : '\n  ') + writeText(line.note, writing) : '';
      return writeLine(line, writing) + note;
    });
    if (lines.length > 0) parts.push(lines.join(writing.markdown ? '\n\n' : '\n'));
    if (section.choices?.length) {
      parts.push(number === undefined ? listed(section.choices) : numbered(section.choices, number));
      if (number !== undefined) number += section.choices.length;
    }
  }
  return parts.join('\n\n');
}
