// Codes: one that leads back to a conversation, or one that holds the answers itself; typed into the form, or in the page's address.

const button = document.getElementById('have-code');
const form = document.getElementById('code-form');
const field = document.getElementById('code');

/** True for a code that holds the answers: those are long, and the bot reads them in a new conversation. */
export const holdsAnswers = (code) => code.replace(/[^0-9a-z]/gi, '').length > 15;

/**
 * The code in the page's address (`?code=…`, or `#r=…` for one that holds the answers: what is behind `#` reaches no server), taken out of
 * it at once: it must not stay in the browser's history.
 */
export function takeCodeFromAddress() {
  const address = new URL(location.href);
  const code = /^#r=([\w-]+)$/.exec(address.hash)?.[1] ?? address.searchParams.get('code');
  if (code === null) return '';
  address.hash = '';
  address.searchParams.delete('code');
  history.replaceState(history.state, '', address);
  return code.trim();
}

function show(open) {
  form.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
  if (open) field.focus();
}

/** Opens and closes the form; `use` is given what was typed and tells whether the code was good. */
export function askForCode(use) {
  button.addEventListener('click', () => show(form.hidden));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!(await use(field.value.trim()))) {
      field.select();
      return;
    }
    field.value = '';
    show(false);
  });
}
