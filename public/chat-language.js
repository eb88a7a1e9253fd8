// The page's language: the menu, the names that a first visit sees without opening anything, and the texts.
import { session } from './chat-tokens.js';

/** Every language on offer, with the page's texts in it. */
const languages = JSON.parse(document.querySelector('meta[name=languages]').content);
const menu = document.getElementById('language');
const names = document.querySelectorAll('#languages a');

const offered = (code) =>
  languages.find(
    (one) =>
      one.code ===
      String(code ?? '')
        .toLowerCase()
        .split(/[-_]/)[0],
  );

/** The language that the page speaks: `code`, `name`, `direction` and `texts`. */
export let language =
  [
    new URLSearchParams(location.search).get('lang'),
    session.read().language,
    ...navigator.languages,
    document.documentElement.lang,
  ]
    .map(offered)
    .find(Boolean) ?? languages[0];

/** Puts every text of the page into the present language. */
export function showLanguage() {
  const { code, direction, texts } = language;
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
  document.title = texts.title;
  menu.value = code;
  for (const name of names) name.setAttribute('aria-current', String(name.lang === code));
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = texts[element.dataset.text];
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', texts[element.dataset.label]);
  session.write({ language: code });
}

/** Changes the page's language; false when it is not on offer or is spoken already. */
export function turnTo(code) {
  const chosen = offered(code);
  if (!chosen || chosen === language) return false;
  language = chosen;
  showLanguage();
  return true;
}

/** Calls `choose` with the code that a person picks. */
export function offerLanguages(choose) {
  for (const { code, name, direction } of languages) {
    const option = document.createElement('option');
    Object.assign(option, { value: code, lang: code, dir: direction, textContent: name });
    menu.append(option);
  }
  menu.addEventListener('change', () => choose(menu.value));
  for (const name of names)
    name.addEventListener('click', (event) => {
      event.preventDefault();
      choose(name.lang);
    });
}
