// Making elements. Texts go in as text, never as HTML: what a person, a colleague or a page wrote is inert.

export const byId = (id) => document.getElementById(id);

/** Makes an element. `props` sets properties; `data-…`, `aria-…`, `role`, `for` become attributes; nothing is read as HTML. */
export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (/^(data-|aria-|role$|for$)/.test(name)) element.setAttribute(name, String(value));
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return element;
}

/** Controls that hide or turn round what stands behind them: overrides, embeddings, isolates, zero-width signs, C0 and C1. */
const hiding =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be seen.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u206f\ufeff]/gu;
/** Direction marks: harmless in a text that stands alone, needless there too. */
const marks = /[\u061c\u200e\u200f]/g;

/** The same text with its hidden controls written out. */
export const unmask = (text) =>
  String(text ?? '')
    .replace(marks, '')
    .replace(hiding, (sign) => `⟦U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟧`);

/** True when most letters of a text are read from right to left: one foreign word at its head does not turn it round. */
export function runsLeft(text) {
  const count = (letters) => String(text ?? '').match(letters)?.length ?? 0;
  return count(/[\p{Script=Arabic}\p{Script=Hebrew}]/gu) > count(/\p{Script=Latin}/gu);
}

/** A text somebody wrote: in its own direction, its controls shown, its language told to screen readers. */
export const written = (tag, text, props = {}) => make(tag, { dir: 'auto', ...props, textContent: unmask(text) });

/** What the assistant or an adviser wrote, as the person sees it: `**bold**` is bold; isolates are dropped. */
export function botText(tag, text, props = {}) {
  const element = make(tag, { dir: 'auto', ...props });
  const parts = String(text ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .split('**');
  for (const [index, part] of parts.entries()) {
    const bold = index % 2 === 1 && index < parts.length - 1;
    const plain = unmask(index % 2 === 1 && !bold ? `**${part}` : part);
    element.append(bold ? make('strong', { textContent: plain }) : plain);
  }
  return element;
}

/** Replaces what an element holds only when it changed, so that focus and selection stay. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== undefined && child !== null));
}

/** Sets a text, once. Live regions speak again only when the text is new. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
