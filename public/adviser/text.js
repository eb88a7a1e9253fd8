// The words of the page in the adviser's language, and how times and languages are said.
import { unmask } from './dom.js';

const data = JSON.parse(document.querySelector('meta[name=console]').content);
/** The adviser's language: `fr` or `en`. */
let current = data.languages[0];

const find = (texts, key) => key.split('.').reduce((node, part) => node?.[part], texts);

/** A text by its key; `count` chooses the plural form. The key itself when there is none: a page with a hole must still work. */
export function t(key, params = {}) {
  const plural =
    params.count === undefined ? undefined : `${key}_${new Intl.PluralRules(current.code).select(params.count)}`;
  const text = (plural && find(current.texts, plural)) ?? find(current.texts, key);
  if (typeof text !== 'string') return key;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/** A text by its key, or what stands in for it. */
export const tOr = (key, other) => (typeof find(current.texts, key) === 'string' ? t(key) : other);

export const language = () => current.code;
/** Slots in the adviser's words: id, label, kind of value, choices. */
export const slots = () => current.slots;
export const slotLabel = (id) => current.slots.find(({ slot }) => slot === id)?.label ?? id;
/** A value of a slot in words, or as it is. */
export const slotValue = (id, value) =>
  current.slots.find(({ slot }) => slot === id)?.choices.find((choice) => choice.value === String(value))?.title ??
  String(value);

/** Shows the page in a language; unknown ones change nothing. */
export function chooseLanguage(code) {
  current = data.languages.find((one) => one.code === code) ?? current;
  document.documentElement.lang = current.code;
  document.documentElement.dir = current.direction;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', t(element.dataset.label));
}

/** Name of a language in the adviser's. */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([current.code], { type: 'language' }).of(code) ?? code;
  } catch {
    return unmask(code);
  }
}

/** How long ago, in the largest unit: "4 minutes". */
export function ago(iso, now = Date.now()) {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (!(minutes >= 1)) return t('queue.under');
  const [value, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / 1440), 'day'];
  return new Intl.NumberFormat(current.code, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** The time of day; with its date when that is not today. */
export function clock(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const today = at.toDateString() === new Date().toDateString();
  const day = today ? {} : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(current.code, { ...day, hour: '2-digit', minute: '2-digit' }).format(at);
}
