// The web chat page: the unmodified Web Chat on our own Direct Line. No build step; runs as it is.
import { language, offerLanguages, showLanguage, turnTo } from './chat-language.js';
import { cardOptions, nameButtons, styleOptions } from './chat-style.js';
import { conversationOfCode, domain, findConversation, session } from './chat-tokens.js';
import { offerLeaving } from './leave.js';
import { offerMyData } from './my-data.js';
import { quiet, retry, say, sayForAWhile, sayLater } from './notice.js';
import { offerReading, stopReading } from './read-aloud.js';
import { askForCode, holdsAnswers, takeCodeFromAddress } from './return-code.js';
import { takeOver } from './take-over.js';
import { begin, beginAgain, offerTools, showProgress } from './tools.js';

const { WebChat } = window;
const { nonce } = document.querySelector('script[nonce]');
const chat = document.getElementById('chat');
const narrow = matchMedia('(max-width: 40rem)');
const low = matchMedia('(max-height: 34rem)');

/** States of a Direct Line connection. */
const status = { connecting: 1, online: 2, expired: 3, failed: 4, ended: 5 };
/** Hidden for longer than this, a connection may be dead without knowing it (milliseconds). */
const longHidden = 30_000;
/** How long a connection may be out before it is said (milliseconds). */
const patience = 3000;
/** First and longest pause before another try (milliseconds). */
const firstPause = 1000;
const longestPause = 30_000;

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

function chooseLanguage(code) {
  if (!turnTo(code)) return;
  render();
  stopReading();
}

let turning;
/**
 * Follows the bot: how far the interview is, and the language of its last answer (the past comes in one go); but an answer to what came
 * before does not take back a language just chosen.
 */
const followBot = () => (next) => (action) => {
  const result = next(action);
  const { activity } = action.payload ?? {};
  if (action.type !== 'DIRECT_LINE/INCOMING_ACTIVITY' || activity.type !== 'message') return result;
  if (activity.from?.role === 'bot') {
    takeOver((text, inside) => {
      if (text) store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text } });
      if (inside) chat.querySelector('[data-id="webchat-sendbox-input"]')?.focus();
    });
    clearTimeout(turning);
    turning = setTimeout(() => unheard.size || chooseLanguage(activity.locale), 50);
    showProgress(activity.channelData?.progress);
    stopReading();
  } else begin();
  return result;
};
/** Messages that the server has not echoed yet, by the id that Web Chat gave them. */
const unheard = new Map();
const watchMessages = () => (next) => (action) => {
  const activity = action.payload?.activity;
  const id = activity?.channelData?.clientActivityID;
  if (id && action.type === 'DIRECT_LINE/POST_ACTIVITY_PENDING') {
    unheard.set(id, activity);
    stopReading();
    if (past) {
      past = false;
      render();
    }
  }
  if (id && action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') unheard.delete(id);
  return next(action);
};
const makeStore = () => WebChat.createStore({}, followBot, watchMessages);
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
      styleOptions: { ...styleOptions(narrow.matches, low.matches), autoScrollSnapOnPage: !past },
    },
    chat,
  );
}
for (const size of [narrow, low]) size.addEventListener('change', render);
nameButtons(chat);

/** How long Web Chat needs to notice that its end is in sight (milliseconds). */
const noticing = 100;
/** Goes to the end first where that is out of sight: Web Chat follows a reply only from there. */
function fromTheEnd(act) {
  const transcript = chat.querySelector('.webchat__basic-transcript__scrollable');
  if (!transcript || transcript.scrollTop + transcript.clientHeight >= transcript.scrollHeight - 1) return act();
  transcript.scrollTop = transcript.scrollHeight;
  setTimeout(act, noticing);
}

/** Says something as a button of the bot's would. */
function speak(title, choose) {
  fromTheEnd(() =>
    store.dispatch({
      type: 'WEB_CHAT/SEND_MESSAGE_BACK',
      payload: { displayText: title, text: title, value: { choose } },
    }),
  );
}
offerTools(speak);
offerReading();
offerLanguages((code) => {
  clearTimeout(turning);
  chooseLanguage(code);
  if (language.code === code) speak(language.name, `lang=${code}`);
});

// --- connection -----------------------------------------------------------------------------------------------------------------

let watch;
let tryTimer;
let pause = firstPause;
let current = 0;
let opening = false;
/** A code has given this tab another conversation since connecting began. */
let moved = false;
/** What is said once the connection stands: the key of a text. */
let news = '';

/** A code that holds the answers, until the new conversation that reads it stands. */
let carried = '';
/** The person has left: nothing is opened any more. */
let gone = false;

/** Makes the conversation of a code the one of this tab; gives the key of what to say when that cannot be. */
async function takeCode(code) {
  if (holdsAnswers(code)) {
    session.forget();
    current = 0;
    moved = true;
    carried = code;
    return '';
  }
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

/** Gives the bot the code that was brought along; the conversation shows that there was one, not which. */
function giveCode(connection) {
  const activity = {
    type: 'message',
    from: { id: 'me', role: 'user' },
    text: carried,
    channelData: { messageBack: { displayText: language.texts.haveCode } },
  };
  carried = '';
  connection.postActivity(activity).subscribe({ error: () => sayForAWhile('codeFailed') });
}

function follow(connection, known) {
  watch?.unsubscribe();
  let expired = false;
  watch = connection.connectionStatus$.subscribe((state) => {
    if (connection !== line) return;
    current = state;
    if (state === status.online) {
      document.body.classList.add('running');
      if (known)
        for (const activity of unheard.values()) connection.postActivity(activity).subscribe({ error: () => {} });
      keepToken();
      pause = firstPause;
      quiet();
      if (news) sayForAWhile(news);
      news = '';
      if (carried) giveCode(connection);
    } else if (state === status.connecting) {
      sayLater(known ? 'connectionLost' : 'loading', patience);
    } else if (state >= status.expired) {
      // A token that has ended ends the connection, not the conversation.
      expired ||= state === status.expired;
      if (state === status.ended && !expired) session.forget();
      later();
    }
  });
}

/**
 * Connects, again or for the first time: after a cut at once, where Direct Line alone would wait up to 15 seconds. The conversation goes
 * on from the last message that was seen; what was not heard is said again, the server knows a message by its id.
 */
async function connect() {
  if (opening || gone) return;
  opening = true;
  moved = false;
  clearTimeout(tryTimer);
  try {
    keepToken();
    const before = line;
    const { conversationId, token, old, erased } = await findConversation(language.code);
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
    if (!old && (before || erased) && !carried) news = 'startedAfresh';
    if (!old) beginAgain();
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
document.addEventListener('resume', atOnce);

offerLeaving(() => {
  gone = true;
  clearTimeout(tryTimer);
  watch?.unsubscribe();
  keepToken();
  line?.end();
  line = undefined;
});
offerMyData(() => sayForAWhile('dataFailed'));
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
