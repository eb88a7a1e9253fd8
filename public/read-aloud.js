// Reads the last answer aloud with the browser's own speech; there is no button where it has no voice of the language.
import { language } from './chat-language.js';

const button = document.getElementById('read');
const label = document.getElementById('read-label');
const chat = document.getElementById('chat');
const speech = window.speechSynthesis;

const voice = () => speech?.getVoices().find(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === language.code);

/** What the bot said since the person's last message, and the answers it offers, piece by piece. */
function lastAnswer() {
  const bubbles = [...chat.querySelectorAll('.webchat__bubble')];
  const own = bubbles.findLastIndex((bubble) => bubble.classList.contains('webchat__bubble--from-user'));
  const said = bubbles
    .slice(own + 1)
    .flatMap((bubble) => [...bubble.querySelectorAll('.webchat__text-content, .ac-textBlock')]);
  const offered = chat.querySelectorAll('button.webchat__suggested-action');
  return [...said, ...offered].flatMap((element) => element.innerText.split(/\n+/)).filter((text) => text.trim());
}

function show(reading = false) {
  button.hidden = !voice();
  label.dataset.text = reading ? 'readStop' : 'readAloud';
  label.textContent = language.texts[label.dataset.text];
  button.classList.toggle('reading', reading);
}

/** Falls silent: something new is there to be read. */
export function stopReading() {
  speech?.cancel();
  show();
}

function read() {
  const pieces = lastAnswer().map((text) => new SpeechSynthesisUtterance(text));
  for (const piece of pieces) {
    piece.lang = language.code;
    piece.voice = voice();
    speech.speak(piece);
  }
  pieces.at(-1)?.addEventListener('end', () => show());
  show(pieces.length > 0);
}

/** Brings the button to life, if this browser speaks at all. */
export function offerReading() {
  if (!speech) return;
  button.addEventListener('click', () => (label.dataset.text === 'readStop' ? stopReading() : read()));
  speech.addEventListener?.('voiceschanged', () => show(label.dataset.text === 'readStop'));
  window.addEventListener('pagehide', () => speech.cancel());
  show();
}
