// What ends or moves a conversation: transfer, give back to the assistant, close.
import { say } from './alarm.js';
import { api, troubleOf } from './api.js';
import { ask, field, menu } from './ask.js';
import { byId, make, unmask } from './dom.js';
import { setDraft, state } from './state.js';
import { t } from './text.js';

const colleagues = () =>
  [...new Set([...(state.me?.colleagues ?? []), ...state.queue.map(({ claimedBy }) => claimedBy)])].filter(
    (name) => name && name !== state.me?.name,
  );

const acts = {
  async transfer(id) {
    const to = menu(
      [{ value: '', title: t('act.anyone') }, ...colleagues().map((name) => ({ value: name, title: unmask(name) }))],
      '',
    );
    if (!(await ask(t('act.transferTitle'), [field(t('act.to'), to)]))) return null;
    return [await api.transfer(id, to.value || null), 'act.transferred'];
  },
  async return(id) {
    const note = make('textarea', { rows: 3, dir: 'auto' });
    if (!(await ask(t('act.returnTitle'), [field(t('act.returnNote'), note)]))) return null;
    return [await api.giveBack(id, note.value.trim()), 'act.returned'];
  },
  async close(id) {
    if (!(await ask(t('act.closeTitle'), [make('p', { textContent: t('act.closeText') })]))) return null;
    return [await api.close(id), 'act.closed'];
  },
};

/** Binds the buttons; `leave()` goes back to the queue, `refresh()` reads everything again. */
export function bindActs({ leave, refresh, notice }) {
  byId('acts').addEventListener('click', async (event) => {
    const name = event.target.closest?.('[data-act]')?.dataset.act;
    const id = state.open;
    if (!name || !id) return;
    if (name === 'leave') return leave();
    const result = await acts[name](id);
    if (!result) return;
    const [called, key] = result;
    const { ok } = called;
    if (ok) setDraft(id, { reply: '', replyId: undefined, note: '' });
    if (ok && state.open === id) leave();
    const text = t(ok ? key : troubleOf(called));
    say(text);
    notice(text);
    await refresh();
  });
}
