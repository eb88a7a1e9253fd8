// The conversation of this tab: what the browser remembers of it, and the tokens that open it.
import { startedWithForms } from './take-over.js';

/** Where our Direct Line is. */
export const domain = `${location.origin}/v3/directline`;

export const session = {
  read() {
    try {
      return JSON.parse(sessionStorage.getItem('guichet')) ?? {};
    } catch {
      return {};
    }
  },
  write(change) {
    try {
      sessionStorage.setItem('guichet', JSON.stringify({ ...session.read(), ...change }));
    } catch {
      // Storage is switched off: a reload starts afresh.
    }
  },
  clear() {
    try {
      sessionStorage.clear();
    } catch {
      // Nothing was stored.
    }
  },
  forget() {
    session.write({ conversationId: undefined, token: undefined });
  },
};

/** Gives a new token, `gone` when the old token or the code leads to nothing; throws when nobody answers. */
async function askToken(path, token, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  if (response.ok) return response.json();
  if ((token && [401, 403].includes(response.status)) || response.status === 404) return 'gone';
  throw new Error(`status ${response.status}`);
}

/**
 * The conversation of this tab, or the one that was begun with forms, with a fresh token; else a new one. `old`: it has begun; `erased`:
 * there was one before.
 */
export async function findConversation(locale) {
  const started = await startedWithForms();
  if (started?.granted) return { ...started.granted, old: started.begun };
  const saved = session.read();
  const known = Boolean(saved.conversationId && saved.token);
  if (known) {
    const refreshed = await askToken(`${domain}/tokens/refresh`, saved.token, {});
    if (refreshed !== 'gone') return { conversationId: saved.conversationId, token: refreshed.token, old: true };
    session.forget();
  }
  const granted = await askToken('/api/directline/token', '', { locale, form: started?.form });
  return { ...granted, old: Boolean(started?.begun), erased: known };
}

/** The conversation that a return code leads back to, with its language; `gone` when there is none. */
export const conversationOfCode = (locale, code) => askToken('/api/directline/token', '', { locale, code });
