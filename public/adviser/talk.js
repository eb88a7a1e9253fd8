// The conversation on screen, and what the adviser writes into it.
import { say } from './alarm.js';
import { api, newId, troubleOf } from './api.js';
import { botText, byId, fill, make, runsLeft, setText, written } from './dom.js';
import { draftOf, setDraft, state } from './state.js';
import { clock, languageName, t } from './text.js';

/** Texts longer than this are folded (characters). */
const foldAbove = 900;
/** Nearer to the end than this, the log follows what is new (pixels). */
const near = 120;
/** Longest text that may be sent (characters). */
const longestReply = 4000;

const log = byId('log');
// It scrolls: the keyboard must reach it.
log.tabIndex = 0;
const reply = byId('reply');
let shownId = null;
let shownLines = [];
/** True while the end is in sight: it stays there when lines come, or when the log is shown or changes its height. */
let stick = true;

const who = { person: 'talk.person', bot: 'talk.bot', adviser: 'talk.adviser' };

/** What the assistant understood, in the adviser's words: a text, or facts and an article. */
function gistOf(gist) {
  if (!gist) return '';
  if (typeof gist === 'string') return gist;
  const facts = (gist.facts ?? []).map((fact) =>
    typeof fact === 'string' ? fact : `${fact.label ?? fact.slot} : ${fact.shown ?? fact.value}`,
  );
  const articles = [gist.article ?? gist.articles ?? []]
    .flat()
    .map((one) => (typeof one === 'string' ? one : one.title));
  return [...facts, ...articles].filter(Boolean).join(' · ');
}

function fold(body) {
  body.classList.add('folded');
  const button = make('button', {
    type: 'button',
    className: 'quiet',
    textContent: t('talk.more'),
    'aria-expanded': 'false',
  });
  button.addEventListener('click', () => {
    const folded = body.classList.toggle('folded');
    button.textContent = t(folded ? 'talk.more' : 'talk.less');
    button.setAttribute('aria-expanded', String(!folded));
  });
  return button;
}

function lineOf({ at, from, language, text, gist, translation }) {
  const show = from === 'person' ? written : botText;
  const leftwards = runsLeft(text);
  // An adviser may have written in another language than the person reads.
  const foreign = from === 'adviser' && !leftwards && language === 'ar';
  const body = show('p', text, {
    className: 'said',
    dir: leftwards ? 'rtl' : 'auto',
    lang: foreign ? null : language,
  });
  const understood = from === 'person' ? gistOf(gist) : '';
  return make(
    'article',
    { className: `line ${who[from] ? from : 'bot'}` },
    make(
      'p',
      { className: 'from' },
      make('b', { textContent: t(who[from] ?? 'talk.bot') }),
      ' ',
      make('time', { dateTime: at, textContent: clock(at) }),
    ),
    body,
    String(text ?? '').length > foldAbove ? fold(body) : null,
    understood
      ? make(
          'p',
          { className: 'gist', title: t('talk.gistNote') },
          make('b', { textContent: `${t('talk.gist')} : ` }),
          written('span', understood),
        )
      : null,
    translation
      ? make(
          'p',
          { className: 'gist', title: t('talk.translationNote') },
          make('b', { textContent: `${t('talk.translation')} : ` }),
          written('span', translation),
        )
      : null,
  );
}

const keyOf = ({ at, from, text, gist, translation }) =>
  JSON.stringify([at, from, text, gist ?? null, translation ?? null]);

const toEnd = () => {
  log.scrollTop = log.scrollHeight;
};

/** Shows what is new; everything again only when what stood there has changed. */
function showLines(lines) {
  const keys = lines.map(keyOf);
  const same = shownId === state.open && shownLines.every((key, index) => key === keys[index]);
  const first = !same;
  // Filled in silence; what comes later is read out.
  if (first) {
    stick = true;
    log.setAttribute('aria-live', 'off');
    log.replaceChildren();
    shownLines = [];
  }
  const fresh = lines.slice(shownLines.length);
  log.append(...fresh.map(lineOf));
  shownLines = keys;
  shownId = state.open;
  if (stick || fresh.some(({ from }) => from === 'adviser')) toEnd();
  if (first) requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'));
  return first ? [] : fresh;
}

/** True when the handoff on screen is with me. */
export const mine = () => Boolean(state.detail?.handoff?.claimedByMe && state.detail.handoff.state === 'talking');

/** Shows the conversation that is open, or that none is; gives the lines that are new. */
export function showTalk() {
  const { detail, open } = state;
  const there = Boolean(open && detail);
  for (const id of ['log', 'acts']) byId(id).hidden = !there;
  byId('composer').hidden = byId('pieces').hidden = !(there && mine());
  for (const button of byId('acts').querySelectorAll('[data-act]:not([data-act=leave])')) button.hidden = !mine();
  setText(byId('talk-state'), there ? (mine() ? '' : t('talk.closed')) : t('talk.none'));
  if (!there) {
    setText(byId('talk-title'), t('talk.title'));
    log.replaceChildren();
    shownLines = [];
    shownId = null;
    return [];
  }
  const spoken = languageName(detail.handoff.language);
  setText(byId('talk-title'), `${t('talk.title')}, ${spoken}`);
  setText(byId('reply-hint'), t('talk.hint', { language: spoken }));
  if (shownId !== open) {
    reply.value = draftOf(open).reply ?? '';
    setText(byId('reply-state'), '');
  }
  return showLines(detail.conversation ?? []);
}

/** Forgets what is shown, so that the words of another language are put in. */
export function redrawTalk() {
  shownId = null;
  showTalk();
}

const sending = new Set();

async function send(refresh) {
  const id = state.open;
  const text = reply.value.trim();
  if (!id || text === '' || sending.has(id)) return;
  const over = text.length - longestReply;
  if (over > 0) return setText(byId('reply-state'), t('talk.tooLong', { count: over }));
  const replyId = draftOf(id).replyId ?? newId();
  setDraft(id, { reply: reply.value, replyId });
  sending.add(id);
  setText(byId('reply-state'), t('talk.sending'));
  const result = await api.say(id, replyId, text);
  const { ok } = result;
  sending.delete(id);
  if (ok) {
    // What was typed meanwhile stays.
    const rest = draftOf(id).reply?.trim() === text ? '' : (draftOf(id).reply ?? '');
    setDraft(id, { reply: rest, replyId: undefined });
    if (state.open === id) reply.value = rest;
  }
  if (state.open !== id) {
    if (!ok) say(t('talk.failed'));
    return;
  }
  setText(byId('reply-state'), t(ok ? 'talk.sent' : result.status === 409 ? troubleOf(result) : 'talk.failed'));
  if (ok || result.status === 409) await refresh();
}

/** Binds log and field of the reply; `refresh()` reads the conversation again. */
export function bindTalk(refresh) {
  log.addEventListener('scroll', () => {
    stick = log.scrollHeight - log.scrollTop - log.clientHeight < near;
  });
  new ResizeObserver(() => stick && toEnd()).observe(log);
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void send(refresh);
  });
  reply.addEventListener('input', () => {
    // Another text is another message: it gets an id of its own.
    if (state.open) setDraft(state.open, { reply: reply.value, replyId: undefined });
    setText(byId('reply-state'), '');
  });
}

/** Empties everything: nobody is signed in. */
export function forgetTalk() {
  reply.value = '';
  fill(log);
  showTalk();
}
