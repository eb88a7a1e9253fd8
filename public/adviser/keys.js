// The keyboard: j/k and arrows in the queue, Ctrl+Enter sends, "/" searches, Esc leaves. Single keys can be switched off.
import { byId } from './dom.js';

const key = 'guichet-adviser-keys';
const typing = (element) => element?.matches?.('textarea, select, input:not([type=checkbox])') ?? false;

/** Binds the keys. Each action is given by the page; `leave(from)` gets the field that Esc was pressed in, if any. */
export function bindKeys({ move, search, leave }) {
  const on = byId('keys-on');
  try {
    on.checked = localStorage.getItem(key) !== 'off';
  } catch {
    // Not kept.
  }
  on.addEventListener('change', () => {
    try {
      localStorage.setItem(key, on.checked ? 'on' : 'off');
    } catch {
      // Not kept.
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const field = typing(event.target) ? event.target : null;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && field?.form) {
      event.preventDefault();
      return field.form.requestSubmit();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      return leave(field);
    }
    if (field) return;
    const inQueue = Boolean(event.target.closest?.('#queue'));
    const step = {
      ArrowDown: inQueue ? 1 : 0,
      ArrowUp: inQueue ? -1 : 0,
      j: on.checked ? 1 : 0,
      k: on.checked ? -1 : 0,
    }[event.key];
    if (step) {
      event.preventDefault();
      move(step);
    } else if (event.key === '/' && on.checked) {
      event.preventDefault();
      search();
    }
  });
}
