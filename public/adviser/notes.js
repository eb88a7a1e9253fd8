// Private notes of a handoff.
import { api, troubleOf } from './api.js';
import { byId, fill, make, setText, unmask, written } from './dom.js';
import { draftOf, setDraft, state } from './state.js';
import { clock, t } from './text.js';

const input = byId('note');
let shownId = null;
let shown = '';

const row = ({ at, adviser, text }) =>
  make(
    'li',
    {},
    make(
      'p',
      { className: 'from', dir: 'auto' },
      make('b', { textContent: unmask(adviser) }),
      ' ',
      make('time', { dateTime: at, textContent: clock(at) }),
    ),
    written('p', text, { className: 'said' }),
  );

export function showNotes() {
  const { open, detail } = state;
  const there = Boolean(open && detail);
  byId('notes').hidden = !there;
  if (shownId !== open) {
    input.value = draftOf(open).note ?? '';
    setText(byId('note-state'), '');
  }
  shownId = open;
  const notes = there ? (detail.notes ?? []) : [];
  const now = JSON.stringify([document.documentElement.lang, notes]);
  if (now === shown) return;
  shown = now;
  fill(
    byId('note-list'),
    ...(notes.length ? notes.map(row) : [make('li', { className: 'soft', textContent: t('notes.none') })]),
  );
}

/** Binds the field of the note; `refresh()` reads the handoff again. */
export function bindNotes(refresh) {
  let busy = false;
  input.addEventListener('input', () => state.open && setDraft(state.open, { note: input.value }));
  byId('note-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const id = state.open;
    const text = input.value.trim();
    if (!id || !text || busy) return;
    busy = true;
    const result = await api.note(id, text);
    busy = false;
    if (result.ok) {
      setDraft(id, { note: '' });
      if (state.open === id) input.value = '';
    }
    if (state.open === id) setText(byId('note-state'), t(result.ok ? 'notes.added' : troubleOf(result)));
    await refresh();
  });
}
