// Texts ready to be sent: a search field with a list, a look at the text, then the button that sends it.
import { api, newId, troubleOf } from './api.js';
import { byId, fill, make, setText, unmask, written } from './dom.js';
import { state } from './state.js';
import { languageName, t, tOr } from './text.js';

/** Pause after a key before asking the server (milliseconds). */
const pause = 150;
const most = 12;

const input = byId('search');
const list = byId('found');
const card = byId('piece');
let found = [];
let at = -1;
let timer;
let asked = 0;
/** True while the field gets the focus back: nothing is to open. */
let calm = false;
let refresh = async () => {};

const kindOf = ({ kind }) => tOr(`pieces.kinds.${kind}`, unmask(kind));

function mark(index) {
  at = index;
  for (const [place, option] of [...list.children].entries())
    option.setAttribute('aria-selected', String(place === at));
  const option = list.children[at];
  if (option) {
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else input.removeAttribute('aria-activedescendant');
}

function showList(pieces) {
  found = pieces;
  list.hidden = found.length === 0;
  input.setAttribute('aria-expanded', String(found.length > 0));
  fill(
    list,
    ...found.map((piece, index) => {
      const option = make(
        'div',
        { role: 'option', id: `piece-${index}`, 'aria-selected': 'false' },
        make('span', { className: 'tag', textContent: kindOf(piece) }),
        ' ',
        written('span', piece.title),
      );
      option.addEventListener('click', () => look(piece));
      return option;
    }),
  );
  mark(found.length ? 0 : -1);
}

async function search() {
  const query = input.value.trim();
  asked += 1;
  const mine = asked;
  if (query === '') {
    showList(state.detail?.pieces?.slice(0, most) ?? []);
    mark(-1);
    return setText(byId('found-state'), found.length ? t('pieces.suggested') : '');
  }
  const result = await api.pieces(query);
  const { ok, body } = result;
  if (mine !== asked) return;
  const pieces = (Array.isArray(body) ? body : (body.pieces ?? [])).slice(0, most);
  showList(ok ? pieces : []);
  setText(
    byId('found-state'),
    !ok ? t(troubleOf(result)) : pieces.length ? t('pieces.found', { count: pieces.length }) : t('pieces.none'),
  );
}

/** Shows a piece before it goes out. The same id is used until it went: sent twice, it arrives once. */
function look(piece) {
  const id = newId();
  const send = make('button', { type: 'button', className: 'strong', textContent: t('pieces.send') });
  const cancel = make('button', { type: 'button', textContent: t('pieces.cancel') });
  send.addEventListener('click', async () => {
    if (send.getAttribute('aria-disabled') === 'true' || !state.open) return;
    send.setAttribute('aria-disabled', 'true');
    const result = await api.sendPiece(state.open, id, { kind: piece.kind, id: piece.id });
    send.removeAttribute('aria-disabled');
    setText(byId('found-state'), t(result.ok ? 'talk.sent' : troubleOf(result)));
    if (result.ok) closePieces(true);
    await refresh();
  });
  cancel.addEventListener('click', () => closePieces());
  showList([]);
  fill(
    card,
    make(
      'p',
      { id: 'piece-title' },
      make('span', { className: 'tag', textContent: kindOf(piece) }),
      ' ',
      written('b', piece.title),
    ),
    piece.text ? written('p', piece.text, { className: 'said' }) : null,
    make('p', {
      className: 'soft',
      textContent: t('pieces.note', { language: languageName(state.detail?.handoff?.language) }),
    }),
    make('p', { className: 'row' }, send, cancel),
  );
  card.hidden = false;
  send.focus();
}

/** Closes list and look; true when there was something to close. */
export function closePieces(sent = false) {
  const open = !card.hidden || !list.hidden || input.value !== '';
  clearTimeout(timer);
  asked += 1;
  const inside = card.contains(document.activeElement);
  card.hidden = true;
  fill(card);
  showList([]);
  input.value = '';
  if (!sent) setText(byId('found-state'), '');
  calm = true;
  if (inside) input.focus();
  calm = false;
  return open;
}

/** Binds the search; `read()` reads the handoff again after a text was sent. */
export function bindPieces(read) {
  refresh = read;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    mark(-1);
    timer = setTimeout(() => void search(), pause);
  });
  // Before a word is typed: what may be wanted now. It goes when the field is left.
  input.addEventListener('focus', () => {
    if (!calm && input.value === '' && card.hidden) void search();
  });
  input.addEventListener('blur', () => {
    if (input.value === '') {
      showList([]);
      setText(byId('found-state'), '');
    }
  });
  // A click on a text must come before the field is left.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark(at < 0 ? (step > 0 ? 0 : found.length - 1) : (at + step + found.length) % found.length);
    } else if (event.key === 'Enter' && found[at]) {
      event.preventDefault();
      look(found[at]);
    }
  });
}
