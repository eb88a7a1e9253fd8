// The first question comes with the page and can be answered before Web Chat has loaded: the forms are sent without leaving the page,
// for the download would begin anew. Stands in the page itself, so that it works with the first button. Without it the forms lead to the
// plain page.
{
  const start = document.getElementById('start');
  const replace = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const now = page.getElementById('now');
    if (!now || !start.isConnected) return;
    document.getElementById('now').replaceWith(now);
    Object.assign(document.documentElement, { lang: page.documentElement.lang, dir: page.documentElement.dir });
    if (start.querySelector('input[name=seen]').value !== '0') remember();
    document.body.classList.add('begun');
    now.focus();
    start.scrollTop = 0;
  };
  const send = async (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    start.setAttribute('aria-busy', 'true');
    try {
      replace(await (await fetch(form.action, { method: 'POST', body: fields })).text());
      start.querySelector('.failed').hidden = true;
    } catch {
      start.querySelector('.failed').hidden = false;
    } finally {
      start.removeAttribute('aria-busy');
    }
  };
  const token = () => start.querySelector('input[name=token]').value;
  let known = {};
  try {
    known = JSON.parse(sessionStorage.getItem('guichet')) ?? {};
  } catch {
    // Storage is switched off: this tab remembers no conversation.
  }
  /** The conversation is this tab's from its first answer on: a reload, or leaving, finds it. */
  const remember = () => {
    const { conv } = JSON.parse(atob(token().split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    try {
      sessionStorage.setItem(
        'guichet',
        JSON.stringify({ ...known, begun: true, conversationId: conv, token: token() }),
      );
    } catch {
      // As above.
    }
  };
  const coded = new URLSearchParams(location.search).has('code') || location.hash.startsWith('#r=');
  if (known.token || coded) {
    start.remove();
    document.getElementById('notice').removeAttribute('data-quiet');
  } else {
    start.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!start.hasAttribute('aria-busy')) start.answering = send(event.target, event.submitter);
    });
    // The token that Web Chat will need, asked for while Web Chat is on its way.
    start.granted = fetch('/api/directline/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ locale: document.documentElement.lang, form: token() }),
    }).then(
      (response) => (response.ok ? response.json() : undefined),
      () => undefined,
    );
  }
}
