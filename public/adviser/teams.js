// A one-time code with which an adviser says in Teams who they are.
import { api, troubleOf } from './api.js';
import { ask } from './ask.js';
import { byId, make } from './dom.js';
import { t } from './text.js';

/** Binds the button; `notice` tells of trouble. */
export function bindTeams(notice) {
  byId('teams').addEventListener('click', async () => {
    const answer = await api.teamsCode();
    if (!answer.ok) return notice(t(troubleOf(answer)));
    const code = make('code', { textContent: `guichet ${answer.body.code}`, dir: 'ltr' });
    await ask(t('header.teamsTitle'), [make('p', { textContent: t('header.teamsCode') }), make('p', {}, code)], 'OK');
  });
}
