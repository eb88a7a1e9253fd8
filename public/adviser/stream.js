// News from the server: an EventSource that comes back by itself, slower each time, and says when it is away.

const firstPause = 1000;
const longestPause = 30_000;

/**
 * Follows `path` until `stop()`. `onNews({type, id})` for each event, `onState('on' | 'lost' | 'offline')` when the line changes,
 * `onRetry()` before each new try: what was missed must be asked for, and a session may have ended.
 */
export function follow(path, { onNews, onState, onRetry }) {
  let source;
  let timer;
  let pause = firstPause;
  let stopped = false;

  const read = (event) => {
    try {
      onNews({ type: event.type, ...JSON.parse(event.data) });
    } catch {
      // Not one of ours.
    }
  };

  function open() {
    clearTimeout(timer);
    source?.close();
    if (stopped) return;
    const made = new EventSource(path);
    source = made;
    for (const type of ['message', 'queue', 'handoff']) made.addEventListener(type, read);
    made.onopen = () => {
      pause = firstPause;
      onState('on');
    };
    made.onerror = () => {
      if (made !== source || stopped) return;
      made.close();
      onState(navigator.onLine ? 'lost' : 'offline');
      timer = setTimeout(again, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, longestPause);
    };
  }
  async function again() {
    clearTimeout(timer);
    if ((await onRetry()) !== false) open();
  }
  function now() {
    pause = firstPause;
    void again();
  }
  const offline = () => onState('offline');
  addEventListener('online', now);
  addEventListener('offline', offline);
  open();
  return {
    now,
    stop() {
      stopped = true;
      clearTimeout(timer);
      source?.close();
      removeEventListener('online', now);
      removeEventListener('offline', offline);
    },
  };
}
