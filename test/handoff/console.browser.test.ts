import type { Browser } from 'playwright-core';
import { hashPassword } from '../../src/handoff/sign-in';
import { createMemoryStore } from '../../src/storage/memory';
import { ChatPage } from '../support/browser';
import { ConsolePage } from '../support/console-page';
import { servedForBrowser } from '../support/served';

/** The whole product, two people at once: somebody in the real Web Chat, an adviser at the console. */
const password = 'une phrase de passe';
const store = createMemoryStore();

beforeAll(async () => {
  const hash = await hashPassword(password);
  for (const [name, shown] of [
    ['amel', 'Amel'],
    ['boris', 'Boris'],
  ] as const)
    await store.desk.saveAccount({ name, shown, hash, languages: ['fr', 'en'], uiLanguage: 'fr' });
});
const { url, inBrowser } = servedForBrowser({ store });

/** A person who has told something and asks for a human. */
async function somebodyWaits(open: Browser): Promise<ChatPage> {
  const chat = await ChatPage.open(open, url());
  chat.page.setDefaultTimeout(15_000);
  await chat.waitForBot('Je ne suis pas un service officiel');
  await chat.send('je suis brésilienne, salariée dans un restaurant');
  await chat.waitForBot(/titre|visa|séjour/i);
  await chat.send('je veux parler à un conseiller');
  await chat.waitForBot(/demande/i);
  return chat;
}

async function signedIn(open: Browser, name: string): Promise<ConsolePage> {
  const adviser = await ConsolePage.open(open, url());
  await adviser.signIn(name, password);
  await adviser.page.locator('#sign-in').waitFor({ state: 'hidden' });
  return adviser;
}

inBrowser('from the queue to the end, with the keyboard', async (open) => {
  const chat = await somebodyWaits(open);
  const adviser = await signedIn(open, 'amel');
  const { page } = adviser;

  await adviser.waitInQueue('waiting', /^Prendre, français, attend depuis /);
  expect(await page.title()).toMatch(/^\(\d+\) /);
  await adviser.press('j');
  await adviser.press('Enter');
  await adviser.waitForLine('je veux parler à un conseiller');
  expect(await adviser.focused()).toBe('log');

  const dossier = page.getByRole('region', { name: 'Dossier' });
  await dossier.getByText('Travail salarié en France').first().waitFor();
  await dossier.locator('q', { hasText: 'brésilienne' }).first().waitFor();

  await page.getByLabel('Votre réponse').fill('Bonjour, je lis votre dossier.');
  await adviser.press('Control+Enter');
  await chat.waitForBot('Bonjour, je lis votre dossier.');
  await adviser.waitForLine('Bonjour, je lis votre dossier.');

  const said = (await chat.botBubbles()).length;
  await chat.send('merci, et pour ma carte Vitale ?');
  await adviser.waitForLine('merci, et pour ma carte Vitale ?');
  expect((await chat.botBubbles()).length).toBe(said);

  await page.getByRole('log').focus();
  await adviser.press('/');
  await page.keyboard.type('RIB');
  await page.getByText(/textes? trouvés?/).waitFor();
  await adviser.press('Enter');
  await page.getByRole('button', { name: 'Envoyer ce texte' }).waitFor();
  await adviser.press('Enter');
  await chat.waitForText(/RIB/);

  await page.getByRole('button', { name: 'Ajouter un fait' }).click();
  await page.getByRole('dialog').getByLabel('Fait', { exact: true }).selectOption('permit');
  await page.getByRole('dialog').getByLabel('Nouvelle valeur').selectOption('residencePermit');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await dossier.getByText('Titre ou carte de séjour').first().waitFor();
  await page.getByRole('button', { name: 'Renvoyer le résultat et la liste' }).click();
  await chat.waitForText('Vos documents');

  await page.getByLabel('Nouvelle note').fill('<b>attend un contrat</b>');
  await page.getByLabel('Nouvelle note').press('Control+Enter');
  await page.locator('#note-list').getByText('<b>attend un contrat</b>').waitFor();
  expect((await chat.botBubbles()).join()).not.toContain('attend un contrat');
  await adviser.picture('console-talking');

  await page.getByRole('button', { name: "Rendre à l'assistant" }).click();
  await page.getByRole('button', { name: 'Confirmer', exact: true }).click();
  await page.getByText("L'assistant a repris la conversation.").first().waitFor();
  await chat.send('quels documents dois-je envoyer ?');
  await chat.waitForBot(/reprends|document/i);

  for (const { trouble } of [chat, adviser]) expect(trouble).toMatchObject({ errors: [], foreign: [] });
  await chat.close();
  await adviser.close();
});

inBrowser('two advisers: one is faster, hands over, and the other ends it', async (open) => {
  const chat = await somebodyWaits(open);
  const [amel, boris] = [await signedIn(open, 'amel'), await signedIn(open, 'boris')];
  for (const adviser of [amel, boris]) await adviser.waitInQueue('waiting', /^Prendre, français/);
  await amel.page.locator('#waiting button').click();
  await amel.waitForLine('je veux parler à un conseiller');
  await boris.waitInQueue('others', /avec Amel/);
  expect(await boris.queue('waiting')).toEqual([]);

  await amel.page.getByRole('button', { name: 'Transférer' }).click();
  await amel.page.getByRole('button', { name: 'Confirmer', exact: true }).click();
  await boris.waitInQueue('waiting', /^Prendre, français/);
  await boris.page.locator('#waiting button').click();
  await boris.page.getByLabel('Votre réponse').fill('Ici Boris.');
  await boris.press('Control+Enter');
  await chat.waitForBot('Ici Boris.');

  await boris.page.getByRole('button', { name: 'Terminer' }).click();
  await boris.page.getByRole('button', { name: 'Confirmer', exact: true }).click();
  await chat.waitForBot(/aidé/);
  await boris.page.getByText("Personne n'attend.").waitFor();
  for (const page of [chat, amel, boris]) await page.close();
});
