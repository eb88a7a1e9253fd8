// Remembers ticks in this browser, and prints. Without it the page still shows everything.
const key = `guichet.ticks.${document.body.dataset.key}`;
const boxes = [...document.querySelectorAll('[data-tick]')];
const print = document.getElementById('print');
const kept = document.getElementById('kept');
const clear = document.getElementById('clear');

/** Ids of the ticked papers; none where the browser keeps nothing. */
function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? '[]'));
  } catch {
    return new Set();
  }
}

function write() {
  const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.tick);
  try {
    if (ticked.length > 0) localStorage.setItem(key, JSON.stringify(ticked));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: the ticks stand until the page is left.
  }
}

function show() {
  const ticked = read();
  for (const box of boxes) box.checked = ticked.has(box.dataset.tick);
}

if (document.body.dataset.key) {
  show();
  for (const box of boxes) box.addEventListener('change', write);
  // The same list in another tab.
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) show();
  });
}
if (kept) kept.hidden = false;
clear?.addEventListener('click', () => {
  for (const box of boxes) box.checked = false;
  write();
});
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
