// Telling that somebody waits: number in the title, a short sound, a sentence for screen readers.
import { byId, setText } from './dom.js';
import { t } from './text.js';

const key = 'guichet-adviser-sound';
let audio;
let waiting = null;
let loud = (() => {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
})();

/** Two short tones. Silent until the adviser has clicked or typed once: browsers ask for that. */
export function chime() {
  if (audio?.state !== 'running' || !loud) return;
  for (const [index, pitch] of [660, 880].entries()) {
    const at = audio.currentTime + index * 0.16;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.16);
  }
}

const wake = () => {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume();
  } catch {
    // No sound here: title and sentence remain.
  }
};

/** Writes on the button whether there is sound. */
export function showSound() {
  setText(byId('sound'), t(loud ? 'header.soundOn' : 'header.soundOff'));
}

/** Binds the sound button; the sound wakes with the first click or key. */
export function bindSound() {
  const button = byId('sound');
  button.addEventListener('click', () => {
    loud = !loud;
    try {
      localStorage.setItem(key, loud ? 'on' : 'off');
    } catch {
      // Not kept: it holds as long as the page.
    }
    showSound();
    chime();
  });
  showSound();
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, wake, { once: true });
}

/** Says a sentence to screen readers, also when it is the same as before. */
export function say(text) {
  const region = byId('said');
  region.textContent = '';
  setTimeout(() => setText(region, text), 50);
}

export function showTitle() {
  document.title = waiting ? `(${waiting}) ${t('title')}` : t('title');
}

/** Takes note of how many people wait; more than before is told aloud. The first number is only shown. */
export function tellWaiting(count) {
  const before = waiting;
  waiting = count;
  showTitle();
  if (before === null || count === before) return;
  say(count === 0 ? t('queue.none') : t('queue.count', { count }));
  if (count > before) chime();
}

/** Forgets the number: somebody else sits here now. */
export function forgetWaiting() {
  waiting = null;
  showTitle();
}
