// Coming back to a conversation by code: the small form in the header, and a code in the page's address.

const button = document.getElementById('have-code');
const form = document.getElementById('code-form');
const field = document.getElementById('code');

/** The code in the page's address, taken out of it at once: it must not stay in the browser's history. */
export function takeCodeFromAddress() {
  const address = new URL(location.href);
  const code = address.searchParams.get('code');
  if (code === null) return '';
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
