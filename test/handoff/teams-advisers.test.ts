import { PassThrough } from 'node:stream';
import { checkCard } from '../../src/channels/teams/check-card';
import { main as adviserCommand } from '../../src/cli/adviser';
import { waitFor } from '../support/wait-for';
import { openAdviser, openGuichet } from './support';
import { buttonOf, mention, openTeams, type Sent, type Team, teamChannel } from './teams-support';

let team: Team;
beforeEach(async () => {
  team = await openTeams();
});
afterEach(() => team.close());

test('request, card, claim, words both ways, ready texts, and back to the bot', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  const request = await team.somebodyWaits();
  const { person, id, card } = request;
  expect(card.method).toBe('POST');
  expect(card.text).toMatch(/Langue : espagnol/);
  expect(card.text).toMatch(/Motif : souhaite une personne/);
  expect(card.text).toMatch(/heure de Paris/);
  expect(card.text).not.toMatch(/soy|Perú|hablar|directline|Pays/);

  expect((await team.claim('anna', request)).status).toBe(200);
  const dossier = await team.arrives('a:anna', /Cette personne est avec vous/);
  expect(dossier.text).toMatch(/Pérou/);
  expect((await team.arrives('a:anna', /soy estudiante/)).body.textFormat).toBe('plain');
  const updated = await team.arrives(teamChannel, /anna est avec cette personne/);
  expect([updated.method, updated.replaces]).toEqual(['PUT', card.id]);
  expect(await team.says(person)).toContain('asesor');

  await person.says('tengo un contrato de trabajo');
  const relayed = await team.arrives('a:anna', /contrato de trabajo/);
  expect(relayed.text).toMatch(/Personne \(espagnol\)/);
  expect(relayed.text).toMatch(/Compris par l'assistant/);
  await team.privately('anna', { text: 'Bonjour, quel jour avez-vous commencé ? 2 55 08 14 168 025 38' });
  const heard = await team.says(person);
  expect(heard).toMatch(/Bonjour, quel jour/);
  expect(heard).toContain('•••');

  await team.privately('anna', { value: buttonOf(dossier, /^Bonjour/) });
  await team.arrives('a:anna', /Envoyé :/);
  expect(await team.says(person)).toMatch(/[Hh]ola|Buenos/);
  await team.privately('anna', { text: 'guichet chercher RIB' });
  await team.privately('anna', {
    value: buttonOf(await team.arrives('a:anna', /Textes à envoyer.*rib-bank-account/), /RIB/),
  });
  expect(await team.says(person)).toContain('IBAN');

  await team.privately('anna', { value: buttonOf(dossier, /Rendre/) });
  await team.arrives('a:anna', /L'assistant a repris/);
  const over = await team.arrives(teamChannel, /Cette demande est terminée/);
  expect([over.method, over.replaces]).toEqual(['PUT', card.id]);
  expect((await team.store.desk.handoff(id))?.outcome).toBe('returned');
  expect(await team.says(person)).toMatch(/asesor/);
  await team.privately('anna', { text: 'encore un mot' });
  await team.arrives('a:anna', /rien n'a été envoyé/);
  expect(await team.says(person)).not.toContain('encore un mot');
});

test('of two who press at once one gets the person, the other is told who', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  await team.linkAdviser('boris');
  const request = await team.somebodyWaits();
  await Promise.all([team.claim('anna', request), team.claim('boris', request)]);
  const [held] = await team.store.desk.openHandoffs();
  const [winner, loser] = held?.claimedBy === 'anna' ? ['anna', 'boris'] : ['boris', 'anna'];
  await team.arrives(`a:${winner}`, /Cette personne est avec vous/);
  await team.arrives(`${teamChannel};messageid=${request.card.id}`, new RegExp(`${winner} a été plus rapide`));
  await team.privately(loser ?? '', { text: 'mine all the same' });
  await team.inTeam(loser ?? '', mention('mine all the same'), request.card.id);
  await team.arrives(`${teamChannel};messageid=${request.card.id}`, /n'est envoyé à personne/);
  expect(await team.says(request.person)).not.toContain('mine all the same');
  expect(team.sent().filter(({ to, text }) => to === `a:${loser}` && /est avec vous/.test(text))).toEqual([]);
});

test('a stranger is refused and told how to be linked; a stolen button of another conversation does nothing', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  const request = await team.somebodyWaits();
  await team.claim('stranger', request);
  await team.arrives(`${teamChannel};messageid=${request.card.id}`, /lié à aucun compte/);
  expect(await team.store.desk.openHandoffs()).toMatchObject([{ state: 'waiting' }]);
  await team.claim('anna', request);
  const dossier = await team.arrives('a:anna', /Cette personne est avec vous/);
  await team.privately('stranger', { value: buttonOf(dossier, /Terminer/) });
  await team.privately('stranger', { text: 'bonjour' });
  await team.linkAdviser('boris');
  await team.claim('boris', await team.somebodyWaits());
  await team.arrives('a:boris', /Cette personne est avec vous/);
  await team.privately('boris', { value: buttonOf(dossier, /Terminer/) });
  await team.arrives('a:boris', /n'est plus avec vous/);
  expect((await team.store.desk.openHandoffs()).map(({ claimedBy }) => claimedBy)).toEqual(['anna', 'boris']);
  expect(await team.says(request.person)).not.toContain('bonjour');
});

test('words that have not reached the adviser when the person wants to be forgotten never do', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  const request = await team.somebodyWaits();
  await team.claim('anna', request);
  await team.arrives('a:anna', /quiero hablar/);
  await team.arrives(teamChannel, /anna est avec cette personne/);
  const told = () => team.sent().filter(({ text }) => text.includes('lauchzwiebel')).length;
  team.channel.answers.push(503);
  await request.person.says('lauchzwiebel');
  await waitFor(() => told() === 1);
  await request.person.says('olvídame');
  expect(await team.says(request.person)).not.toContain('lauchzwiebel');
  for (let look = 0; look < 3; look += 1) {
    team.guichet.pass(2);
    await team.guichet.running.tick();
  }
  await team.arrives('a:anna', /n'est plus avec vous/);
  expect(told()).toBe(1);
});

test('codes work once, within the hour, in their place; what is kept identifies nobody in Teams', async () => {
  await openAdviser(team.guichet, team.store, 'anna');
  const code = await team.links().makeCode({ adviser: 'anna' });
  await team.inTeam('eve', mention(`desk ${code}`));
  await team.arrives(teamChannel, /n'est pas pour cet endroit/);
  await team.privately('eve', { text: `desk ${code}` });
  await team.arrives('a:eve', /n'est pas valable, ou ne l'est plus/);
  const late = await team.links().makeCode({ adviser: 'anna' });
  team.guichet.pass(61);
  await team.privately('late', { text: `desk ${late}` });
  await team.arrives('a:late', /n'est pas valable, ou ne l'est plus/);
  expect(await team.store.desk.marks('staff-link')).toEqual([]);
  await team.linkAdviser('anna');
  const [kept] = await team.store.desk.marks('staff-link');
  expect(kept?.id).toMatch(/^[\w-]{43}$/);
  expect(JSON.stringify(kept)).not.toMatch(/Real|aad-/);
  await team.privately('anna', { text: 'desk leave' });
  await team.arrives('a:anna', /n'est plus lié/);
  expect(await team.store.desk.marks('staff-link')).toEqual([]);
});

test('the command line and the console make codes', async () => {
  const anna = await openAdviser(team.guichet, team.store, 'anna');
  const { status, body } = await anna.post('teams-code');
  expect(status).toBe(200);
  await team.privately('anna', { text: `desk ${body.code}` });
  await team.arrives('a:anna', /maintenant celui de anna/);

  const written: string[] = [];
  const output = new PassThrough().on('data', (chunk) => written.push(String(chunk)));
  const before = process.env.DATA_DIR;
  process.env.DATA_DIR = team.guichet.data;
  try {
    expect(await adviserCommand(['teams-channel'], process.stdin, output)).toBe(0);
    expect(await adviserCommand(['teams', 'nobody'], process.stdin, output)).toBe(1);
  } finally {
    if (before === undefined) delete process.env.DATA_DIR;
    else process.env.DATA_DIR = before;
  }
  expect(written.join('')).toMatch(/in the channel.*desk [0-9A-Z]{5}-[0-9A-Z]{5}/);
});

test('a restart in the middle loses nothing and says nothing twice', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  const request = await team.somebodyWaits();
  await team.claim('anna', request);
  await team.arrives('a:anna', /Cette personne est avec vous/);
  await team.arrives(teamChannel, /anna est avec/);
  const now = team.guichet.clock.now().toISOString();
  await team.guichet.stop();
  team.guichet = await openGuichet({ store: team.store, now });
  await team.privately('anna', { text: 'je suis de nouveau là', id: 'same' });
  await team.privately('anna', { text: 'je suis de nouveau là', id: 'same' });
  const stored = await team.store.transcript((await team.store.desk.handoff(request.id))?.conversationId ?? '');
  expect(stored.filter(({ text }) => text === 'je suis de nouveau là')).toHaveLength(1);
  await team.privately('anna', { text: 'guichet terminer' });
  await team.arrives('a:anna', /La conversation est terminée/);
  await team.arrives(teamChannel, /Cette demande est terminée/);
  const titles = team.sent().map(({ text }) => /Une personne attend un|est avec vous|est avec cette/.exec(text)?.[0]);
  for (const title of ['Une personne attend un', 'est avec vous', 'est avec cette'])
    expect([title, titles.filter((one) => one === title).length]).toEqual([title, 1]);
});

test('a busy connector is asked again, in the right thread; the card of somebody who waits again calls the team', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  const request = await team.somebodyWaits();
  await team.claim('anna', request);
  const dossier = await team.arrives('a:anna', /Cette personne est avec vous/);
  await team.arrives(teamChannel, /anna est avec/);
  team.channel.answers.push(503, 429);
  await request.person.says('primera');
  await request.person.says('segunda');
  await waitFor(() => {
    // The pauses between tries are read from the clock.
    team.guichet.pass(1 / 60);
    return team.sent().some(({ text }) => /segunda/.test(text));
  });
  const delivered = team.sent().filter(({ text }) => /primera|segunda/.test(text));
  expect(new Set(delivered.map(({ to }) => to))).toEqual(new Set(['a:anna']));
  expect(delivered.findLastIndex(({ text }) => /primera/.test(text))).toBeLessThan(
    delivered.findIndex(({ text }) => /segunda/.test(text)),
  );
  await team.privately('anna', { value: buttonOf(dossier, /Remettre/) });
  await team.arrives('a:anna', /attend de nouveau dans la file/);
  const again = await team.arrives(`${teamChannel};messageid=${request.card.id}`, /attend de nouveau/);
  expect(again.method).toBe('POST');
  const waiting = team.sent().findLast(({ replaces }) => replaces === request.card.id) as Sent;
  expect(waiting.text).toMatch(/Une personne attend/);
  await team.inTeam('anna', { value: buttonOf(waiting, /Prendre/) }, request.card.id);
  await waitFor(async () => (await team.store.desk.openHandoffs())[0]?.state === 'talking');
});

test('hostile words stay words: no markup, no mention, no hidden direction', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  const request = await team.somebodyWaits();
  await team.claim('anna', request);
  await team.arrives('a:anna', /Cette personne est avec vous/);
  await request.person.says(
    '<at>Everyone</at> **x** [a](https://evil.example) ![b](https://evil.example/b.png) \u202eabc\u2066 <script>alert(1)</script>',
  );
  const { body } = await team.arrives('a:anna', /evil/);
  expect(body.textFormat).toBe('plain');
  expect(body).not.toHaveProperty('entities');
  expect(body).not.toHaveProperty('attachments');
  expect(body.text).not.toMatch(/<at>|<script|\u202e|\u2066/);
  expect(body.text).toContain('**x**');
});

test('every card is one that Teams draws, with a text for clients that cannot', async () => {
  await team.openTeam();
  await team.linkAdviser('anna');
  await team.claim('anna', await team.somebodyWaits());
  await team.arrives('a:anna', /Cette personne est avec vous/);
  await team.privately('anna', { text: 'desk find bank' });
  await team.arrives('a:anna', /Textes à envoyer.*desk=send.*desk=send/);
  const cards = team.sent().flatMap(({ body }) => (body.attachments ?? []) as { content: Record<string, unknown> }[]);
  expect(cards.length).toBeGreaterThan(2);
  for (const { content } of cards) {
    expect(checkCard('card', content)).toEqual([]);
    expect(content.fallbackText).toMatch(/\S/);
  }
});

test('one conversation at a time in a private chat; without a team channel nothing is announced', async () => {
  const lonely = await team.guichet.person('fr-FR');
  await lonely.says('je veux parler à une personne');
  expect(team.channel.calls).toEqual([]);
  await team.openTeam();
  await team.linkAdviser('anna');
  const first = await team.somebodyWaits();
  await team.claim('anna', first);
  await team.arrives('a:anna', /Cette personne est avec vous/);
  const second = await team.somebodyWaits();
  await team.claim('anna', second);
  await team.arrives(`${teamChannel};messageid=${second.card.id}`, /déjà avec quelqu'un/);
  await team.claim('anna', first);
  await team.arrives(`${teamChannel};messageid=${first.card.id}`, /déjà avec vous/);
});

test('two instances over one store announce a request once', async () => {
  const second = await openGuichet({ store: team.store, now: team.guichet.clock.now().toISOString() });
  await team.openTeam();
  const { id } = await team.somebodyWaits();
  await Promise.all([second, team.guichet].map(({ running }) => running.tick()));
  await second.stop();
  await team.guichet.running.tick();
  expect(team.sent().filter(({ text }) => text.includes(`desk=claim:${id}`))).toHaveLength(1);
});
