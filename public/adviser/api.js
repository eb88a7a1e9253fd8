// Calls of the adviser's routes. A call never throws for what the server says: it gives { ok, status, body }.

/** How long an answer may take (milliseconds). */
const patience = 20_000;
let csrf = '';
let onExpired = () => {};

/** Calls this when the server no longer knows us. */
export const whenExpired = (run) => {
  onExpired = run;
};

/** `status` 0 = nobody answered. */
async function call(method, path, body) {
  let response;
  let answer;
  try {
    response = await fetch(`/adviser/api/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      headers: {
        accept: 'application/json',
        ...(method === 'POST' ? { 'content-type': 'application/json', 'x-csrf-token': csrf } : {}),
      },
      body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    });
    answer = (await response.json().catch(() => null)) ?? {};
  } catch {
    return { ok: false, status: 0, body: {} };
  }
  if (answer.csrf) csrf = answer.csrf;
  if (response.status === 401 && path !== 'sign-in') onExpired(answer);
  return { ok: response.ok, status: response.status, body: answer };
}

const handoff = (id, rest = '') => `handoffs/${encodeURIComponent(id)}${rest}`;

export const api = {
  me: () => call('GET', 'me'),
  signIn: (name, password) => call('POST', 'sign-in', { name, password }),
  signOut: () => call('POST', 'sign-out'),
  teamsCode: () => call('POST', 'teams-code'),
  queue: () => call('GET', 'queue'),
  read: (id) => call('GET', handoff(id)),
  claim: (id) => call('POST', handoff(id, '/claim')),
  transfer: (id, to) => call('POST', handoff(id, '/transfer'), { to }),
  giveBack: (id, note) => call('POST', handoff(id, '/return'), note ? { note } : {}),
  close: (id) => call('POST', handoff(id, '/close')),
  /** `clientId` stays the same when the same message is sent again: the server knows it. */
  say: (id, clientId, text) => call('POST', handoff(id, '/messages'), { clientId, text }),
  sendPiece: (id, clientId, piece) => call('POST', handoff(id, '/messages'), { clientId, piece }),
  correct: (id, slot, value) => call('POST', handoff(id, '/facts'), { slot, value }),
  verdict: (id) => call('POST', handoff(id, '/verdict')),
  note: (id, text) => call('POST', handoff(id, '/notes'), { text }),
  pieces: (query) => call('GET', `pieces?q=${encodeURIComponent(query)}`),
};

/** Which words (keys of the page) tell what came of a call that did not work. */
export function troubleOf({ status, body }) {
  const byCode = { HANDOFF_UNREACHABLE: 'error.unreachable', HANDOFF_VERDICT: 'file.noOutcome' };
  const byStatus = { 0: 'error.network', 403: 'error.forbidden', 404: 'talk.closed', 409: 'error.conflict' };
  return byCode[body?.error?.code] ?? byStatus[status] ?? 'error.any';
}

/** An id that nobody else makes. */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
