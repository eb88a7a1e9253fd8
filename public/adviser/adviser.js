// The adviser console: wires its parts. No build step; runs as it is.
import { bindActs } from './acts.js';
import { bindSound, chime, forgetWaiting, say, showSound, showTitle, tellWaiting } from './alarm.js';
import { api, troubleOf, whenExpired } from './api.js';
import { byId, setText, unmask } from './dom.js';
import { showFile } from './file.js';
import { bindKeys } from './keys.js';
import { bindNotes, showNotes } from './notes.js';
import { bindPieces, closePieces } from './pieces.js';
import { focusQueue, moveInQueue, showQueue, waitingCount, whenChosen } from './queue.js';
import { bindSignIn, openSignIn } from './sign-in.js';
import { dropDrafts, oneAtATime, state, takeUpDrafts } from './state.js';
import { follow } from './stream.js';
import { bindTalk, forgetTalk, redrawTalk, showTalk } from './talk.js';
import { bindTeams } from './teams.js';
import { chooseLanguage, language, t } from './text.js';

/** How often waiting times are written anew, and the queue is asked for even without news (milliseconds). */
const clockPause = 15_000;
const pollPause = 60_000;
/** How long a notice stays (milliseconds). */
const noticePause = 8000;

let stream = null;

// --- notices and views ----------------------------------------------------------------------------------------------------------

let noticeTimer;
/** Shows a line over the page. `lasting` = until something else is said. */
function notice(text, { lasting = false, retry = false } = {}) {
  clearTimeout(noticeTimer);
  setText(byId('notice-text'), text);
  byId('notice-retry').hidden = !retry;
  byId('notice').toggleAttribute('data-trouble', lasting);
  if (!lasting) noticeTimer = setTimeout(() => setText(byId('notice-text'), ''), noticePause);
}

/** On a narrow screen one part is seen at a time. */
function setView(view) {
  document.body.dataset.view = view;
  for (const button of byId('views').querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button.dataset.view === view));
}

function show() {
  showQueue();
  const fresh = showTalk();
  showFile(refresh);
  showNotes();
  return fresh;
}

// --- reading from the server ----------------------------------------------------------------------------------------------------

const readQueue = oneAtATime(async () => {
  if (!state.me) return;
  const { ok, body } = await api.queue();
  if (!ok) return;
  state.queue = Array.isArray(body) ? body : (body.queue ?? []);
  showQueue();
  tellWaiting(waitingCount());
});

const readOpen = oneAtATime(async () => {
  const id = state.open;
  if (!id || !state.me) return;
  const { ok, status, body } = await api.read(id);
  if (state.open !== id) return;
  if (!ok) {
    if (status === 403 || status === 404) leave(t('talk.closed'));
    return;
  }
  const held = state.detail !== null;
  state.detail = body;
  state.unread.delete(id);
  const fresh = show();
  if (held && fresh.some(({ from }) => from === 'person') && document.hidden) chime();
});

async function refresh() {
  await Promise.all([readQueue(), readOpen()]);
}

// --- opening and leaving --------------------------------------------------------------------------------------------------------

async function choose(item) {
  if (item.state === 'waiting') {
    const result = await api.claim(item.id);
    if (!result.ok) {
      const text = t({ 404: 'queue.gone', 409: 'queue.faster' }[result.status] ?? troubleOf(result));
      notice(text);
      await readQueue();
      return;
    }
  }
  closePieces();
  state.open = item.id;
  state.detail = null;
  await refresh();
  if (state.open !== item.id || !state.detail) return;
  setView('talk');
  // Whoever is already typing goes on.
  if (!byId('talk').contains(document.activeElement)) byId('log').focus();
}

/** Goes back to the queue; the person stays with the adviser. */
function leave(text) {
  const id = state.open;
  closePieces();
  state.open = null;
  state.detail = null;
  show();
  setView('queue');
  focusQueue(id);
  if (text) notice(text);
}

// --- session --------------------------------------------------------------------------------------------------------------------

function started(adviser) {
  const before = state.me?.name;
  if (before && before !== adviser.name) forgetAll();
  state.me = adviser;
  byId('me').textContent = unmask(adviser.name);
  byId('teams').hidden = !adviser.teams;
  document.body.classList.add('signed-in');
  takeUpDrafts();
  if (!savedLanguage()) useLanguage(adviser.uiLanguage);
  stream?.stop();
  stream = follow('/adviser/api/events', { onNews, onState, onRetry });
  void refresh();
  if (!state.open) focusQueue();
}

function forgetAll() {
  dropDrafts();
  state.queue = [];
  state.open = null;
  state.detail = null;
  state.unread.clear();
  forgetWaiting();
  forgetTalk();
  show();
}

function ended(answer) {
  stream?.stop();
  stream = null;
  openSignIn(state.me !== null, answer);
}

function onNews({ type, id }) {
  if (type === 'handoff' && id !== state.open) {
    const item = state.queue.find((one) => one.id === id);
    if (item?.claimedByMe && item.state === 'talking' && !state.unread.has(id)) {
      state.unread.add(id);
      say(t('live.other'));
      chime();
    }
  }
  if (id === state.open) void readOpen();
  void readQueue();
}

let away = false;
function onState(now) {
  if (now === 'on') {
    if (away) notice(t('net.back'));
    away = false;
    void refresh();
  } else {
    away = true;
    notice(t(now === 'offline' ? 'net.offline' : 'net.lost'), { lasting: true, retry: true });
  }
}

/** An EventSource does not tell why it failed: the session may have ended. */
async function onRetry() {
  const { status } = await api.me();
  return status !== 401;
}

async function start() {
  const result = await api.me();
  if (result.ok) return started(result.body.adviser);
  if (result.status === 401) return;
  notice(t(troubleOf(result)), { lasting: true, retry: true });
}

// --- language -------------------------------------------------------------------------------------------------------------------

const languageKey = 'guichet-adviser-language';
function savedLanguage() {
  try {
    return localStorage.getItem(languageKey);
  } catch {
    return null;
  }
}
function useLanguage(code) {
  chooseLanguage(code);
  byId('language').value = language();
  showTitle();
  showSound();
  redrawTalk();
  show();
}

// --- start ----------------------------------------------------------------------------------------------------------------------

byId('language').addEventListener('change', (event) => {
  try {
    localStorage.setItem(languageKey, event.target.value);
  } catch {
    // Not kept.
  }
  useLanguage(event.target.value);
});
byId('views').addEventListener('click', (event) => {
  const view = event.target.dataset?.view;
  if (!view) return;
  setView(view);
  byId(`${view}-title`).focus();
});
byId('keys-open').addEventListener('click', (event) => {
  const open = document.body.classList.toggle('keys-open');
  event.currentTarget.setAttribute('aria-expanded', String(open));
});
byId('sign-out').addEventListener('click', async () => {
  await api.signOut();
  stream?.stop();
  stream = null;
  forgetAll();
  state.me = null;
  byId('me').textContent = '';
  document.body.classList.remove('signed-in');
  openSignIn(false);
});
byId('notice-retry').addEventListener('click', () => (stream ? stream.now() : void start()));

whenExpired(ended);
whenChosen((item) => void choose(item));
bindTalk(refresh);
bindNotes(readOpen);
bindPieces(readOpen);
bindActs({ leave, refresh, notice });
bindSound();
bindTeams(notice);
bindSignIn(started);
bindKeys({
  move(step) {
    setView('queue');
    moveInQueue(step);
  },
  search() {
    if (!byId('pieces').hidden) byId('search').focus();
  },
  leave(field) {
    if (byId('pieces').contains(document.activeElement) && closePieces()) return byId('search').focus();
    if (field) return state.open ? byId('log').focus() : field.blur();
    if (state.open) leave();
  },
});
setInterval(showQueue, clockPause);
setInterval(() => void (document.hidden || readQueue()), pollPause);
document.addEventListener('visibilitychange', () => void (document.hidden || (state.me && refresh())));
setView('queue');
useLanguage(savedLanguage() ?? navigator.language.slice(0, 2));
void start();
