// The line above the conversation that says what is going on with the connection.
import { language } from './chat-language.js';

const notice = document.getElementById('notice');
const text = document.getElementById('notice-text');
/** The button "try again". */
export const retry = document.getElementById('retry');
let timer;

/** Shows a text of the page, by its key, until something else is said. */
export function say(key, withRetry = false) {
  clearTimeout(timer);
  text.dataset.text = key;
  text.textContent = language.texts[key];
  retry.hidden = !withRetry;
  notice.removeAttribute('data-quiet');
}

export function quiet() {
  clearTimeout(timer);
  notice.setAttribute('data-quiet', '');
}

/** Says it after a while (milliseconds), unless something else happens first. */
export function sayLater(key, milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => say(key), milliseconds);
}

/** Says it for ten seconds. */
export function sayForAWhile(key) {
  say(key);
  timer = setTimeout(quiet, 10_000);
}
