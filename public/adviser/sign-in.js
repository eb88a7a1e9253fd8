// Signing in, at the start or when a session has ended: a dialog over the page, so that nothing typed is lost.
import { api } from './api.js';
import { byId, setText } from './dom.js';
import { t } from './text.js';

const dialog = byId('sign-in');
const form = dialog.querySelector('form');
const why = byId('sign-in-why');

/** Opens the dialog. `ended`: there was a session; `offer`: what the server says about other ways to sign in. */
export function openSignIn(ended, offer = {}) {
  if (dialog.open) return;
  byId('sign-in-other').hidden = !offer.oidc;
  setText(why, ended ? t('signIn.expired') : '');
  byId('password').value = '';
  dialog.showModal();
  (byId('name').value ? byId('password') : byId('name')).focus();
}

/** Binds the dialog; `signedIn(adviser)` runs when the server knows us again. */
export function bindSignIn(signedIn) {
  let busy = false;
  // Esc would leave a page that can do nothing.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const { ok, status, body } = await api.signIn(byId('name').value, byId('password').value);
    busy = false;
    if (!ok) {
      setText(why, '');
      setText(
        why,
        t(
          status === 0
            ? 'error.network'
            : status === 429
              ? 'signIn.slow'
              : status === 401
                ? 'signIn.wrong'
                : 'error.any',
        ),
      );
      byId('password').select();
      return;
    }
    byId('password').value = '';
    dialog.close();
    signedIn(body.adviser);
  });
}
