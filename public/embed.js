// Puts a chat button on a partner's page: <script src="https://…/embed.js" async></script>. See docs/embedding.md.
(() => {
  if (window.Guichet) return;
  const { src, dataset } = document.currentScript;
  const home = new URL('.', src);
  /** Language → direction and words; filled in by the server. */
  const words = {
    /* {{words}} */
  };
  const offered = (tag) => {
    const code = String(tag ?? '')
      .split('-')[0]
      .toLowerCase();
    return Object.hasOwn(words, code) && code;
  };
  const wanted = [dataset.lang, document.documentElement.lang, ...navigator.languages];
  const language = wanted.map(offered).find(Boolean) || Object.keys(words)[0];
  const { direction, open: openWords, close: closeWords } = words[language];

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const host = make('div', { lang: language, dir: direction });
  const root = host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial }
    button { min-height: 44px; padding: 8px 18px; color: #fff; background: #0a3d7a; border: 2px solid #fff; border-radius: 24px; font: 16px/1.4 system-ui, sans-serif; cursor: pointer }
    button:focus-visible { outline: 3px solid #0a3d7a; outline-offset: 2px }
    .open { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483000 }
    .panel { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483001; display: flex; flex-direction: column; width: min(440px, calc(100vw - 32px)); height: min(720px, calc(100vh - 32px)); background: #fff; border: 1px solid #0a3d7a; border-radius: 8px; overflow: hidden; box-shadow: 0 4px 24px #0005 }
    .panel button { border-radius: 0; border: 0; text-align: start }
    .panel button:focus-visible { outline-color: #fff; outline-offset: -5px }
    iframe { flex: 1; width: 100%; border: 0 }
    [hidden] { display: none }
    @media (max-width: 480px) { .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0 } }
  `);
  root.adoptedStyleSheets = [style];

  const openButton = make(
    'button',
    { type: 'button', class: 'open', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    openWords,
  );
  const closeButton = make('button', { type: 'button' }, closeWords);
  const panel = make('div', { class: 'panel', role: 'dialog', 'aria-label': 'Guichet', hidden: '' }, closeButton);
  root.append(openButton, panel);
  let frame;

  function open() {
    if (!frame) {
      frame = make('iframe', { src: new URL(`?lang=${language}`, home), title: 'Guichet', referrerpolicy: 'origin' });
      panel.append(frame);
    }
    panel.hidden = false;
    openButton.hidden = true;
    openButton.setAttribute('aria-expanded', 'true');
    frame.focus();
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    openButton.hidden = false;
    openButton.setAttribute('aria-expanded', 'false');
    openButton.focus();
  }
  openButton.addEventListener('click', open);
  closeButton.addEventListener('click', close);
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  // Keys pressed inside the frame are heard there alone: our page tells us of an Escape that it has no use for.
  window.addEventListener('message', ({ source, origin, data }) => {
    if (source && source === frame?.contentWindow && origin === home.origin && data === 'guichet:close') close();
  });
  window.Guichet = Object.freeze({ open, close });
  const show = () => document.body.append(host);
  if (document.body) show();
  else document.addEventListener('DOMContentLoaded', show);
})();
