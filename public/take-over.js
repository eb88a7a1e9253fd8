// Web Chat takes over from the forms that came with the page: the same conversation, with nothing lost and nothing said twice.

const start = document.getElementById('start');

/**
 * The conversation of the forms, once the answer under way has come: its token for Direct Line (`granted`; nothing when it could not be
 * had), the token of its forms, and whether anything was said. Nothing at all without forms.
 */
export async function startedWithForms() {
  if (!start?.isConnected) return undefined;
  const granted = await start.granted;
  await start.answering;
  const value = (name) => start.querySelector(`input[name=${name}]`).value;
  return { granted, form: value('token'), begun: value('seen') !== '0' };
}

/** Shows Web Chat in place of the forms; `write` is given what stood in the box and whether somebody was in there. */
export function takeOver(write) {
  if (!start?.isConnected) return;
  const text = start.querySelector('textarea')?.value ?? '';
  const inside = start.contains(document.activeElement);
  start.remove();
  write(text, inside);
}
