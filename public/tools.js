// What stands beside the conversation: how far it is, the answers so far, and the menu of everything else.
import { language } from './chat-language.js';
import { session } from './chat-tokens.js';

const progress = document.getElementById('progress');
const progressText = document.getElementById('progress-text');
const progressBar = document.getElementById('progress-bar');
const more = document.getElementById('more');

/** The person has said something: what only a first visit needs goes away. */
export function begin() {
  if (document.body.classList.contains('begun')) return;
  document.body.classList.add('begun');
  session.write({ begun: true });
}

/** A conversation that has been erased is a first visit again. */
export function beginAgain() {
  document.body.classList.remove('begun');
  session.write({ begun: false });
  showProgress();
}

/** Shows how far the interview is (`{ text, done, of }`, as the bot's messages carry it); nothing = no question is open. */
export function showProgress(state) {
  progress.classList.toggle('shown', Boolean(state));
  if (state) {
    progressBar.max = state.of;
    progressBar.value = state.done;
  }
  const text = state?.text ?? '';
  if (progressText.textContent !== text) progressText.textContent = text;
}

/** Buttons that say something to the bot: `speak` is given their title and the value of the bot's own button. */
export function offerTools(speak) {
  for (const button of document.querySelectorAll('[data-choose]'))
    button.addEventListener('click', () => {
      const { choose, sure } = button.dataset;
      if (!sure || window.confirm(language.texts[sure])) speak(button.textContent.trim(), choose);
    });
  const close = () => {
    more.open = false;
  };
  more.addEventListener('click', (event) => event.target.closest('button') && close());
  more.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !more.open) return;
    close();
    more.firstElementChild.focus();
  });
  document.addEventListener('pointerdown', (event) => more.contains(event.target) || close());
  more.addEventListener('focusout', (event) => event.relatedTarget && !more.contains(event.relatedTarget) && close());
  document.getElementById('print').addEventListener('click', () => window.print());
}

if (session.read().begun) begin();
