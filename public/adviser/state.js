// What the page knows. Drafts outlive a reload and a session that ended, in this tab only, and are dropped when somebody else signs in.

const key = 'guichet-adviser-drafts';

export const state = {
  /** The adviser: name, languages. null = not signed in. */
  me: null,
  queue: [],
  /** Id of the handoff on screen. */
  open: null,
  detail: null,
  /** Handoffs of mine with something new. */
  unread: new Set(),
};

/** handoff → { reply, replyId, note }. */
let drafts = {};

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify({ name: state.me?.name, drafts }));
  } catch {
    // Storage is switched off: the drafts last as long as the page.
  }
}

export const draftOf = (id) => drafts[id] ?? {};

export function setDraft(id, change) {
  drafts[id] = { ...drafts[id], ...change };
  keep();
}

/** Takes up the drafts of this adviser, if it is the same one as before. */
export function takeUpDrafts() {
  try {
    const saved = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    drafts = saved.name === state.me?.name ? { ...saved.drafts, ...drafts } : {};
  } catch {
    drafts = {};
  }
  keep();
}

export function dropDrafts() {
  drafts = {};
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** Runs `work` one at a time; calls during a run give one more run, not many. */
export function oneAtATime(work) {
  let running = null;
  let again = false;
  return function run() {
    if (running !== null) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await work();
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
}
