import { officialLanguage } from '../../conversation/render-papers';
import type { Both, CarriedContact, CarriedDocument, TakeAlong } from '../../conversation/take-along';
import { escapeHtml } from '../activity/page';
import { frame } from './frame';

/** What the page of a checklist is drawn from. */
export type Drawing = {
  list: TakeAlong;
  /** The page's own address, without origin: everything that belongs to it lies below. */
  address: string;
  /** Names this checklist in the browser's storage. */
  key: string;
  pdf: boolean;
  /** Last day of the link, in the person's words. */
  until: string;
  /** The address of the page as a QR picture (SVG), and the code that goes on with the conversation. */
  again: { qr: string; code: string };
};

const bold = (text: string): string => escapeHtml(text).replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
const part = (language: string, direction: string, html: string) =>
  `<div lang="${language}" dir="${direction}">${html}</div>`;

/** Draws pairs with their languages and directions; French alone for somebody who reads French. */
function drawerOf({ language, direction, french }: TakeAlong) {
  const html = (own: string, other: string): string => {
    const official = part(officialLanguage, 'ltr', other);
    return french ? official : `<div class="both">${part(language, direction, own)}${official}</div>`;
  };
  const both = (pair: Both): string => html(bold(pair.own), bold(pair.french));
  const beside = ({ own, french: other }: Both) =>
    french || own === other
      ? ''
      : ` <span class="beside" lang="${officialLanguage}" dir="ltr">${escapeHtml(other)}</span>`;
  return {
    html,
    both,
    note: (pair: Both): string => `<div class="note">${both(pair)}</div>`,
    own: (pair: Both): string => escapeHtml(pair.own),
    heading: (level: number, pair: Both): string =>
      `<h${level}><span>${escapeHtml(pair.own)}</span>${beside(pair)}</h${level}>`,
    list: (items: string[]): string => `<ul class="plain">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`,
  };
}
type Drawer = ReturnType<typeof drawerOf>;

/** The two texts of a pair joined with others by a mark. */
const joined = (pairs: Both[], mark: string): Both => ({
  own: pairs.map(({ own }) => own).join(mark),
  french: pairs.map(({ french }) => french).join(mark),
});

function drawDocument({ id, name, form, detail }: CarriedDocument, { both, note, own }: Drawer): string {
  const head = { own: `**${name.own}** (${form.own})`, french: `**${name.french}** (${form.french})` };
  const box = `<input type="checkbox" id="tick-${id}" data-tick="${id}" aria-label="${own(name)}">`;
  return `<li>${box}<div><label for="tick-${id}">${both(head)}</label>${note(detail)}</div></li>`;
}

/** A number in bold opens the dialler. */
function drawContact({ name, note, tel }: CarriedContact, drawer: Drawer): string {
  const dial = (text: string) =>
    tel ? bold(text).replace(/<strong>(.*?)<\/strong>/, `<a href="tel:${escapeHtml(tel)}">$1</a>`) : bold(text);
  return drawer.html(dial(name.own), dial(name.french)) + drawer.note(note);
}

/** The letter's blanks: what is written into them is printed and goes nowhere (they have no name, no form, no storage). */
function drawLetter({ letter, label }: TakeAlong, { heading, html, own }: Drawer): string {
  if (letter.length === 0) return '';
  const parts = letter.map(({ heading: about, lines }) => {
    const blank = `<input class="blank" autocomplete="off" aria-label="${own(about)}">`;
    const items = lines.map((line) => html(bold(line.own), bold(line.french).replaceAll('…', blank)));
    return heading(3, about) + items.join('');
  });
  const hint = `<p class="hint screen">${own(label('takeaway:blanks'))}</p>`;
  return `<section id="letter">${heading(2, label('papers:letter.title'))}${hint}${parts.join('')}</section>`;
}

function drawDates({ dates, chaseLater, label }: TakeAlong, address: string, drawer: Drawer): string {
  if (dates.length === 0 && !chaseLater) return '';
  const { both, note, own, heading, list } = drawer;
  const items = dates.map(({ shown, title, text }) => {
    const head = { own: `**${shown.own}** – ${title.own}`, french: `**${shown.french}** – ${title.french}` };
    return both(head) + note(text);
  });
  const add = own(label('takeaway:calendar'));
  const known = `<p class="screen"><a class="button" href="${address}/dates.ics">${add}</a></p>`;
  const field = `<label>${own(label('takeaway:sentOn'))} <input type="date" name="sent" required></label>`;
  const hint = `<p class="hint">${own(label('takeaway:calendarHint'))}</p>`;
  const ask = `<form class="screen" method="get" action="${address}/dates.ics">${field} <button>${add}</button>${hint}</form>`;
  return [
    `<section id="dates">${heading(2, label('takeaway:dates'))}`,
    items.length > 0 ? list(items) + known : '',
    chaseLater ? note(chaseLater) + ask : '',
    '</section>',
  ].join('');
}

/** The way to this page on another telephone, and the code that goes on with the conversation: only on wish. */
function drawAgain({ label }: TakeAlong, { qr, code }: Drawing['again'], { own }: Drawer): string {
  const hints = ['phoneHint', 'codeHint'].map((key) => `<p>${own(label(`takeaway:${key}`))}</p>`);
  const summary = `<summary>${own(label('takeaway:phone'))}</summary>`;
  return `<details id="again">${summary}${hints[0]}${qr}${hints[1]}<p><code dir="ltr">${escapeHtml(code)}</code></p></details>`;
}

/** The whole page, `{{nonce}}` still in it. Without JavaScript only the memory of ticks and the print button are missing. */
export function drawPage({ list, address, key, pdf, until, again }: Drawing): string {
  const drawer = drawerOf(list);
  const { both, note, own, heading } = drawer;
  const { label, verdict, facts, documents, contacts, lines, script, after, certainty, sources } = list;
  const section = (id: string, title: string, ...content: string[]) =>
    `<section id="${id}">${heading(2, label(title))}${content.join('')}</section>`;
  const tools = [
    `<button id="print" type="button" hidden>${own(label('takeaway:print'))}</button>`,
    pdf ? `<a class="button" href="${address}/checklist.pdf">${own(label('takeaway:pdf'))}</a>` : '',
    `<a class="button" href="/">${own(label('takeaway:goneBack'))}</a>`,
  ];
  const ticks = `<ul class="ticks">${documents.map((item) => drawDocument(item, drawer)).join('')}</ul>`;
  const kept = `<p class="hint screen" id="kept" hidden>${own(label('takeaway:ticksKept'))} <button id="clear" type="button">${own(label('takeaway:ticksClear'))}</button></p>`;
  const names = `<p class="note" lang="${officialLanguage}" dir="ltr">${escapeHtml(sources.join(' · '))}</p>`;
  const mayOpen = `<p class="hint screen">${own(label('takeaway:linkNote', { date: until }))}</p>`;
  const body = [
    `<header>${heading(1, list.title)}${note(list.madeOn)}<nav class="screen">${tools.join('')}</nav></header><main>`,
    section(
      'situation',
      'takeaway:situation',
      `<div class="verdict">${both(verdict.title)}</div>`,
      facts.length > 0 ? both(joined(facts, ' · ')) : '',
      both(verdict.text),
      both(verdict.next),
    ),
    documents.length > 0 ? section('documents', 'common:card.documents', ticks, note(list.copiesFirst), kept) : '',
    section(
      'send',
      'common:card.sendTo',
      both(list.sendTo),
      drawer.list(contacts.map((one) => drawContact(one, drawer))),
    ),
    section('lines', 'common:card.lines', drawer.list(lines.map((one) => drawContact(one, drawer)))),
    drawDates(list, address, drawer),
    after.length > 0 ? section('after', 'common:card.next', drawer.list(after.map(both))) : '',
    section('script', 'papers:script.title', drawer.list(script.map(both))),
    drawLetter(list, drawer),
    section('sources', 'common:card.sources', note(joined(certainty, ' · ')), names),
    `</main><footer>${both(list.disclaimer)}${drawAgain(list, again, drawer)}${mayOpen}</footer>`,
  ];
  return frame({
    language: list.language,
    direction: list.direction,
    title: list.title.own,
    key,
    body: body.join('\n'),
  });
}
