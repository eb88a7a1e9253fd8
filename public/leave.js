// Leaving a shared computer: the conversation is erased here and on the server, and nothing of it stays on the screen.
import { language } from './chat-language.js';
import { domain, session } from './chat-tokens.js';

const button = document.getElementById('leave');
/** How long the server has to answer (milliseconds). */
const patience = 8000;

/** True once the server has erased the conversation of this tab, or there was none. */
async function eraseOnServer() {
  const { conversationId, token } = session.read();
  if (!conversationId || !token) return true;
  try {
    const response = await fetch(`${domain}/conversations/${encodeURIComponent(conversationId)}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ type: 'message', value: { choose: 'do=forget' } }),
      signal: AbortSignal.timeout(patience),
    });
    return response.ok || [401, 403, 404].includes(response.status);
  } catch {
    return false;
  }
}

/** A page on which nothing stands but one sentence; reloading it begins afresh. */
function showNothing(text) {
  const said = document.createElement('p');
  said.className = 'left';
  said.setAttribute('role', 'status');
  document.body.className = '';
  document.body.replaceChildren(said);
  said.textContent = text;
  history.replaceState(null, '', location.pathname);
}

/** `stop` is called first: nothing may be remembered or opened again from then on. */
export function offerLeaving(stop) {
  button.addEventListener('click', async () => {
    const { texts } = language;
    if (!window.confirm(texts.forgetSure)) return;
    button.disabled = true;
    stop();
    showNothing(texts.leaving);
    const erased = await eraseOnServer();
    session.clear();
    showNothing(erased ? texts.left : texts.leftLater);
  });
}
