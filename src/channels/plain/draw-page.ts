import type { Translate } from '../../library/i18n';
import type { OfferedLanguage } from '../activity/languages';
import { escapeHtml } from '../activity/page';
import {
  type Button,
  choicesUnder,
  type Drawable,
  drawButton,
  drawButtons,
  drawSaid,
  drawText,
  wordsOfPerson,
} from './draw-activity';
import { pageStyle, startStyle, talkStyle } from './style';
import type { Exchange, View } from './view';

/** Where the plain page is. */
export const plainPath = '/plain';

/** Most bytes of a page: it has to come over the slowest line. */
export const largestPage = 30_000;

/** What drawing needs to know besides the conversation. */
export type Drawing = {
  t: Translate;
  languages: OfferedLanguage[];
  language: OfferedLanguage;
  /** Both phone lines, as a sentence. */
  lines: string;
  /** True when no professional has read the answers. */
  unreviewed: boolean;
};

const hidden = ({ token, seen }: View): string =>
  `<input type="hidden" name="token" value="${escapeHtml(token)}"><input type="hidden" name="seen" value="${seen}">`;

const form = (view: View, content: string): string =>
  `<form method="post" action="${plainPath}" accept-charset="utf-8">${hidden(view)}${content}</form>`;

const drawPerson = (person: Exchange['person'], { t }: Drawing): string => {
  const words = person ? wordsOfPerson(person) : '';
  const said = escapeHtml(words).replaceAll('\n', '<br>');
  return words === '' ? '' : `<p class="you"><strong>${escapeHtml(t('plain:you'))}</strong> <bdi>${said}</bdi></p>`;
};

/** Messages one after the other, each in its own language and direction. */
function drawMessages(said: Drawable[], { languages, language }: Drawing, level: number, pressable: boolean): string {
  const messages = said.map((one) => {
    const { code, direction } = languages.find((known) => known.code === one.locale) ?? language;
    return `<div lang="${code}" dir="${direction}">${drawSaid(one, level, pressable)}</div>`;
  });
  return messages.join('');
}

/** What an exchange holds, without anything to press. */
const drawEarlier = ({ person, said }: Exchange, drawing: Drawing): string =>
  drawPerson(person, drawing) + drawMessages(said, drawing, 3, false);

/**
 * The present moment of a conversation, whole in itself: the last thing said, everything to press, a box to write in. Each form tells
 * what it has seen, so that sending it twice, or from an old page, changes nothing.
 */
export function drawNow(view: View, drawing: Drawing): string {
  const { t } = drawing;
  const { now, notice, typed = '', waiting } = view;
  const choices = choicesUnder(now.said.at(-1) ?? {});
  const said = drawMessages(now.said, drawing, 2, true);
  const box = `<p><label for="text">${escapeHtml(t('page:write'))}</label></p><textarea id="text" name="text" rows="3" maxlength="1000" dir="auto">${escapeHtml(typed)}</textarea><button>${escapeHtml(t('plain:send'))}</button>`;
  const look = `<p>${escapeHtml(t('plain:waiting'))}</p><button>${escapeHtml(t('plain:look'))}</button>`;
  return [
    `<section id="now" tabindex="-1" aria-label="${escapeHtml(t('page:chatLabel'))}">`,
    notice === undefined ? '' : `<div class="notice" role="status">${drawText(notice)}</div>`,
    drawPerson(now.person, drawing),
    form(view, said + drawButtons(choices)),
    waiting ? form(view, look) : '',
    form(view, box),
    '</section>',
  ].join('');
}

/** The language menu: links while nothing was said, then buttons, for the conversation goes on. `path` = the page that links lead to. */
export function drawLanguages(view: View, { t, languages }: Drawing, path: string): string {
  const label = escapeHtml(t('page:languageLabel'));
  const item = ({ code, name, direction }: OfferedLanguage) => {
    const attributes = `lang="${code}" dir="${direction}"`;
    const current = code === view.language ? ' aria-current="true"' : '';
    return view.seen === 0
      ? `<li><a href="${path}?lang=${code}" hreflang="${code}" ${attributes}${current}>${escapeHtml(name)}</a></li>`
      : `<button name="choose" value="lang=${code}" ${attributes}${current}>${escapeHtml(name)}</button>`;
  };
  const items = languages.map(item).join('');
  return `<nav aria-label="${label}">${view.seen === 0 ? `<ul>${items}</ul>` : form(view, items)}</nav>`;
}

/** What can be asked for at any time. */
export const menuOf = ({
  t,
}: Pick<Drawing, 't'>): Record<'human' | 'back' | 'later' | 'restart' | 'leave', Button> => ({
  human: { title: t('common:buttons.human'), value: 'do=human' },
  back: { title: t('common:buttons.back'), value: 'do=back' },
  later: { title: t('page:later'), value: 'do=later' },
  restart: { title: t('common:buttons.restart'), value: 'do=restart' },
  leave: { title: t('page:leave'), value: 'do=forget' },
});

function drawMenu(view: View, drawing: Drawing): string {
  const { t } = drawing;
  const { human, back, later, restart } = menuOf(drawing);
  const code = `<p><label for="code">${escapeHtml(t('page:codeLabel'))}</label></p><input id="code" name="code" dir="ltr" autocomplete="off" maxlength="100" required> <button>${escapeHtml(t('page:codeUse'))}</button>`;
  const buttons = view.seen > 0 ? [human, back, later, restart] : [human];
  const title = escapeHtml(t('page:more'));
  return `<details><summary>${title}</summary>${form(view, drawButtons(buttons))}${form(view, code)}</details>`;
}

/** The whole page. Earlier exchanges are added as long as there is room. */
export function drawPage(view: View, drawing: Drawing): string {
  const { t, language, lines, unreviewed } = drawing;
  const soft = (key: string) => `<p class="soft">${escapeHtml(t(key))}</p>`;
  const head = [
    `<!doctype html><html lang="${language.code}" dir="${language.direction}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${escapeHtml(t('page:title'))}</title><link rel="icon" href="data:,"><style nonce="{{nonce}}">${pageStyle}${talkStyle}</style></head>`,
    `<body class="talk"><a class="skip" href="#now">${escapeHtml(t('page:skip'))}</a>`,
    `<header><h1>${escapeHtml(t('page:title'))}</h1>${view.seen > 0 ? form(view, drawButton(menuOf(drawing).leave)) : ''}${view.seen === 0 ? soft('page:intro') : ''}${soft('page:privacy')}`,
    `${unreviewed ? soft('page:unreviewed') : ''}</header><main>${drawNow(view, drawing)}`,
  ].join('');
  const full = view.seen === 0 ? `<p><a href="/?lang=${language.code}">${escapeHtml(t('plain:full'))}</a></p>` : '';
  const foot = `</main>${drawMenu(view, drawing)}${drawLanguages(view, drawing, plainPath)}<footer><p>${escapeHtml(lines)}</p>${full}</footer></body></html>`;
  const frame = `<details><summary>${escapeHtml(t('plain:earlier'))}</summary></details>`;
  let room = largestPage - Buffer.byteLength(head + foot + frame) - 100;
  let past = '';
  for (const exchange of view.earlier) {
    const drawn = drawEarlier(exchange, drawing);
    room -= Buffer.byteLength(drawn);
    if (room < 0) break;
    past = drawn + past;
  }
  return head + (past === '' ? '' : frame.replace('</details>', () => `${past}</details>`)) + foot;
}

/**
 * The first question in the web chat page: it can be answered at once, and Web Chat takes over when it has loaded. `script` sends the
 * forms without leaving the page.
 */
export function drawStart(view: View, drawing: Drawing, script: string): string {
  const { t, language } = drawing;
  return [
    `<style nonce="{{nonce}}">${talkStyle}${startStyle}</style><div id="start" class="talk" role="main" aria-live="polite">`,
    `<p class="opening">${escapeHtml(t('plain:opening'))}</p><p class="failed" hidden>${escapeHtml(t('page:connectionLost'))}</p>`,
    drawNow(view, drawing),
    `<p><a href="${plainPath}?lang=${language.code}">${escapeHtml(t('plain:simple'))}</a></p></div>`,
    `<script nonce="{{nonce}}">${script}</script>`,
  ].join('');
}
