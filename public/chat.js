// The web chat page: language menu, and the unmodified Web Chat on our own Direct Line. No build step; runs as it is.
import { cardOptions, nameButtons, styleOptions } from './chat-style.js';
import { conversationOfCode, domain, findConversation, session } from './chat-tokens.js';
import { askForCode, takeCodeFromAddress } from './return-code.js';

const { WebChat } = window;
const { nonce } = document.querySelector('script[nonce]');
const languages = JSON.parse(document.querySelector('meta[name=languages]').content);
const menu = document.getElementById('language');
const notice = document.getElementById('notice');
const noticeText = document.getElementById('notice-text');
const retry = document.getElementById('retry');
const chat = document.getElementById('chat');
const narrow = matchMedia('(max-width: 40rem)');

/** States of a Direct Line connection. */
const status = { connecting: 1, online: 2, expired: 3, failed: 4, ended: 5 };
/** Hidden for longer than this, a connection may be dead without knowing it (milliseconds). */
const longHidden = 30_000;
/** How long a connection may be out before it is said (milliseconds). */
const patience = 3000;
/** First and longest pause before another try (milliseconds). */
const firstPause = 1000;
const longestPause = 30_000;

// --- language -------------------------------------------------------------------------------------------------------------------

const offered = (code) =>
  languages.find(
    (one) =>
      one.code ===
      String(code ?? '')
        .toLowerCase()
        .split(/[-_]/)[0],
  );
const firstLanguage = () =>
  [
    new URLSearchParams(location.search).get('lang'),
    session.read().language,
    ...navigator.languages,
    document.documentElement.lang,
  ]
    .map(offered)
    .find(Boolean) ?? languages[0];
let language = firstLanguage();

function showLanguage() {
  document.documentElement.lang = language.code;
  document.documentElement.dir = language.direction;
  document.title = language.texts.title;
  menu.value = language.code;
  for (const element of document.querySelectorAll('[data-text]'))
    element.textContent = language.texts[element.dataset.text];
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', language.texts[element.dataset.label]);
  session.write({ language: language.code });
}

for (const { code, name, direction } of languages) {
  const option = document.createElement('option');
  Object.assign(option, { value: code, lang: code, dir: direction, textContent: name });
  menu.append(option);
}

function chooseLanguage(code) {
  const chosen = offered(code);
  if (!chosen || chosen === language) return false;
  language = chosen;
  showLanguage();
  render();
  return true;
}

menu.addEventListener('change', () => {
  if (!chooseLanguage(menu.value)) return;
  const { code, name } = language;
  store.dispatch({
    type: 'WEB_CHAT/SEND_MESSAGE_BACK',
    payload: { displayText: name, text: name, value: { choose: `lang=${code}` } },
  });
});

// --- notices --------------------------------------------------------------------------------------------------------------------

function say(key, withRetry = false) {
  noticeText.dataset.text = key;
  noticeText.textContent = language.texts[key];
  retry.hidden = !withRetry;
  notice.removeAttribute('data-quiet');
}
function sayForAWhile(key) {
  say(key);
  clearTimeout(lostTimer);
  lostTimer = setTimeout(quiet, 10_000);
}
function quiet() {
  notice.setAttribute('data-quiet', '');
}

// --- Web Chat -------------------------------------------------------------------------------------------------------------------

let line;
/** What is shown is the past: the person has written nothing since. */
let past = false;
/** The socket of the present connection. Direct Line says nothing when it is cut and waits up to 15 seconds: we look ourselves. */
let socket;
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    socket = this;
    this.addEventListener('close', () => {
      if (socket === this) later();
    });
  }
};

/** The bot answers in the language a person writes in: the page follows, unless it is only repeating the past. */
const followLanguage = () => (next) => (action) => {
  if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') {
    const { activity } = action.payload;
    if (
      activity.from?.role === 'bot' &&
      activity.type === 'message' &&
      Date.now() - Date.parse(activity.timestamp) < 15_000
    )
      chooseLanguage(activity.locale);
  }
  return next(action);
};
/** Messages that the server has not echoed yet, by the id that Web Chat gave them. */
const unheard = new Map();
const watchMessages = () => (next) => (action) => {
  const activity = action.payload?.activity;
  const id = activity?.channelData?.clientActivityID;
  if (id && action.type === 'DIRECT_LINE/POST_ACTIVITY_PENDING') {
    unheard.set(id, activity);
    if (past) {
      past = false;
      render();
    }
  }
  if (id && action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') unheard.delete(id);
  return next(action);
};
const makeStore = () => WebChat.createStore({}, followLanguage, watchMessages);
let store = makeStore();

function render() {
  if (!line) return;
  const { code, direction, texts } = language;
  WebChat.renderWebChat(
    {
      adaptiveCardsHostConfig: cardOptions,
      dir: direction,
      directLine: line,
      locale: code,
      nonce,
      overrideLocalizedStrings: {
        TEXT_INPUT_PLACEHOLDER: texts.write,
        CONNECTIVITY_STATUS_ALT_FATAL: texts.startFailed,
      },
      store,
      // A conversation taken up again is shown from its end: that is where the reply is.
      styleOptions: { ...styleOptions(narrow.matches), autoScrollSnapOnPage: !past },
    },
    chat,
  );
}
narrow.addEventListener('change', render);
nameButtons(chat);

// --- connection -----------------------------------------------------------------------------------------------------------------

let watch;
let lostTimer;
let tryTimer;
let pause = firstPause;
let current = 0;
let opening = false;
/** A code has given this tab another conversation since connecting began. */
let moved = false;
/** What is said once the connection stands: the key of a text. */
let news = '';

/** Makes the conversation of a return code the one of this tab; gives the key of what to say when that cannot be. */
async function takeCode(code) {
  try {
    const granted = await conversationOfCode(language.code, code);
    if (granted === 'gone') return 'codeUnknown';
    current = 0;
    moved = true;
    session.write({ conversationId: granted.conversationId, token: granted.token });
    chooseLanguage(granted.language);
    return '';
  } catch {
    return 'codeFailed';
  }
}

function keepToken() {
  if (line && current === status.online) session.write({ conversationId: line.conversationId, token: line.token });
}

function follow(connection, known) {
  watch?.unsubscribe();
  watch = connection.connectionStatus$.subscribe((state) => {
    if (connection !== line) return;
    current = state;
    clearTimeout(lostTimer);
    if (state === status.online) {
      document.body.classList.add('running');
      if (known)
        for (const activity of unheard.values()) connection.postActivity(activity).subscribe({ error: () => {} });
      keepToken();
      pause = firstPause;
      quiet();
      if (news) sayForAWhile(news);
      news = '';
    } else if (state === status.connecting) {
      lostTimer = setTimeout(() => say(known ? 'connectionLost' : 'loading'), patience);
    } else if (state >= status.expired) {
      if (state === status.ended) session.forget();
      later();
    }
  });
}

/**
 * Connects, again or for the first time: after a cut at once, where Direct Line alone would wait up to 15 seconds. The conversation goes
 * on from the last message that was seen; what was not heard is said again, the server knows a message by its id.
 */
async function connect() {
  if (opening) return;
  opening = true;
  moved = false;
  clearTimeout(tryTimer);
  try {
    keepToken();
    const before = line;
    const { conversationId, token, old } = await findConversation(language.code);
    const same = before && old && before.conversationId === conversationId;
    const options = { domain, token, webSocket: true, conversationStartProperties: { locale: language.code } };
    const made = WebChat.createDirectLine(
      old ? { ...options, conversationId, watermark: (same && before.watermark) || '0' } : options,
    );
    if (before && !same) {
      store = makeStore();
      unheard.clear();
    }
    if (!same) past = old;
    if (before && !old) news = 'startedAfresh';
    socket = undefined;
    line = made;
    follow(made, Boolean(same));
    render();
  } catch {
    say(line ? 'connectionLost' : 'startFailed', true);
    later();
  } finally {
    opening = false;
    if (moved) void connect();
  }
}

function later() {
  clearTimeout(tryTimer);
  tryTimer = setTimeout(() => void connect(), pause);
  pause = Math.min(pause * 2, longestPause);
}

function atOnce() {
  pause = firstPause;
  void connect();
}

retry.addEventListener('click', atOnce);
window.addEventListener('online', atOnce);
window.addEventListener('offline', () => say(line ? 'connectionLost' : 'startFailed'));
window.addEventListener('pagehide', keepToken);
let hiddenAt = 0;
document.addEventListener('visibilitychange', () => {
  keepToken();
  if (document.hidden) hiddenAt = Date.now();
  else if (current !== status.online || Date.now() - hiddenAt > longHidden) atOnce();
});

askForCode(async (code) => {
  const trouble = await takeCode(code);
  if (trouble) sayForAWhile(trouble);
  else atOnce();
  return !trouble;
});

showLanguage();
const code = takeCodeFromAddress();
if (code) news = await takeCode(code);
void connect();
