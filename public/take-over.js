// Web Chat takes over from the forms that came with the page: the same conversation, with nothing lost and nothing said twice.

const start = document.getElementById('start');
const value = (name) => start.querySelector(`input[name=${name}]`)?.value ?? '';

/** What the forms have begun, once the answer under way has come: their `token`, and whether anything was said (`begun`). */
export async function startedWithForms() {
  if (!start?.isConnected) return { token: '', begun: false };
  await start.answering;
  return { token: value('token'), begun: value('seen') !== '0' };
}

/** Shows Web Chat in place of the forms; `write` is given what stood in the box and whether somebody was in there. */
export function takeOver(write) {
  if (!start?.isConnected) return;
  const text = start.querySelector('textarea')?.value ?? '';
  const inside = start.contains(document.activeElement);
  start.remove();
  write(text, inside);
}
