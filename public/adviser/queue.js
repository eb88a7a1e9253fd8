// The queue: who waits, since when, in which language. One button a person.
import { byId, fill, make, setText, unmask } from './dom.js';
import { state } from './state.js';
import { ago, languageName, slotValue, t, tOr } from './text.js';

/** Waiting longer than this is shown stronger (milliseconds). */
const long = 5 * 60_000;
const made = new Map();
let onChoose = () => {};

/** Calls `run(item)` when a person is chosen: claimed when waiting, opened when mine. */
export const whenChosen = (run) => {
  onChoose = run;
};

const placeOf = (item) => (item.state === 'waiting' ? 'waiting' : item.claimedByMe ? 'mine' : 'others');

function describe(item) {
  const place = placeOf(item);
  const since = t(place === 'waiting' ? 'queue.since' : 'queue.open', { time: ago(item.waitingSince) });
  return {
    place,
    language: languageName(item.language),
    since,
    late: place === 'waiting' && Date.now() - Date.parse(item.waitingSince) > long,
    about: [
      item.reason && tOr(`reason.${item.reason}`, t('reason.rule')),
      item.stage && slotValue('stage', item.stage),
      item.channel && tOr(`channel.${item.channel}`, unmask(item.channel)),
      place === 'others' && t('queue.with', { name: unmask(item.claimedBy) }),
      place === 'waiting' &&
        item.claimedBy &&
        (item.claimedByMe ? t('queue.forMe') : t('queue.for', { name: unmask(item.claimedBy) })),
    ].filter(Boolean),
    readable: item.readsMyLanguage ? t('queue.myLanguage') : '',
    unread: state.unread.has(item.id) ? t('queue.unread') : '',
    action: place === 'others' ? '' : t(place === 'waiting' ? 'queue.claim' : 'queue.resume'),
    current: item.id === state.open,
  };
}

function showRow(button, said) {
  const spoken = [said.action, said.language, said.since, said.unread, ...said.about, said.readable].filter(Boolean);
  button.setAttribute('aria-label', spoken.join(', '));
  button.toggleAttribute('data-late', said.late);
  if (said.current) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
  if (said.action) button.removeAttribute('aria-disabled');
  else button.setAttribute('aria-disabled', 'true');
  const line = (className, text) => (text ? make('span', { className, dir: 'auto', textContent: text }) : null);
  fill(
    button,
    make('span', { className: 'who' }, make('strong', { textContent: said.language }), said.readable ? ' ✓' : ''),
    line('action', said.action),
    line('since', said.since),
    line('about', said.about.join(' · ')),
    line('unread', said.unread),
  );
}

function rowOf(item) {
  let row = made.get(item.id);
  if (!row) {
    const button = make('button', { type: 'button', className: 'waiter', 'data-id': item.id });
    row = { element: make('li', {}, button), button, shown: '', item };
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') onChoose(row.item);
    });
    made.set(item.id, row);
  }
  row.item = item;
  const said = describe(item);
  const shown = JSON.stringify(said);
  if (shown !== row.shown) showRow(row.button, said);
  row.shown = shown;
  return row;
}

/** Puts rows in order without moving those that stand right: focus stays where it is. */
function order(list, rows) {
  for (const [index, { element }] of rows.entries())
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  while (list.children.length > rows.length) list.lastElementChild.remove();
}

/** Shows the queue as it is now. The focus of a row that went moves to the next one. */
export function showQueue() {
  const focused = document.activeElement?.closest?.('#queue li');
  const place = focused ? rows().indexOf(focused.firstElementChild) : -1;
  const ids = new Set(state.queue.map(({ id }) => id));
  for (const id of made.keys()) if (!ids.has(id)) made.delete(id);
  for (const name of ['waiting', 'mine', 'others']) {
    const items = state.queue.filter((item) => placeOf(item) === name);
    order(byId(name), items.map(rowOf));
    if (name === 'waiting')
      setText(byId('queue-state'), items.length ? t('queue.count', { count: items.length }) : t('queue.empty'));
    else byId(`${name}-title`).hidden = items.length === 0;
  }
  if (focused && !focused.isConnected) (rows()[Math.min(place, rows().length - 1)] ?? byId('queue-title')).focus();
}

const rows = () => [...document.querySelectorAll('#queue .waiter')];

/** Moves the focus in the queue; from outside it begins at the first row. */
export function moveInQueue(step) {
  const all = rows();
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step));
  all[next]?.focus();
}

/** Goes to the row of a handoff, else to the heading of the queue. */
export function focusQueue(id) {
  (made.get(id)?.button ?? rows()[0] ?? byId('queue-title')).focus();
}

export const waitingCount = () => state.queue.filter(({ state: where }) => where === 'waiting').length;
