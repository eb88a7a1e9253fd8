import { ChatPage } from '../support/browser';
import { picture, servedForBrowser } from '../support/served';

/** The whole product as `npm start` serves it, in a real browser, with the unmodified Web Chat. */
const { url, inBrowser } = servedForBrowser({}, 90_000);

inBrowser(
  'from hello to an outcome, a checklist and both phone lines; a reload goes on where it stopped',
  async (open) => {
    const chat = await ChatPage.open(open, url());
    await chat.waitForBot('Je ne suis pas un service officiel');
    await chat.screenshot(1280, picture('fr-greeting'));

    await chat.chooseLanguage('en');
    await chat.waitForBot('let us continue in English');
    await chat.clickSuggestedAction('I am starting');
    await chat.waitForBot('nationality');
    await chat.send('I am from Brazil');
    await chat.waitForBot('What do you do in France');

    await chat.send('what is a RIB?');
    await chat.waitForText('What to do');
    await chat.waitForBot('What do you do in France');

    await chat.clickSuggestedAction('Employee in France');
    await chat.waitForBot('document');
    await chat.clickSuggestedAction(/^Residence permit/);
    await chat.waitForBot('There is no waiting period');
    await chat.waitForText('Your documents');
    await chat.waitForText('Phone lines');
    await chat.screenshot(1280, picture('en-outcome'));

    const bubbles = await chat.botBubbles();
    const verdict = bubbles.filter((text) => text.includes('There is no waiting period')).at(-1) ?? '';
    expect(verdict.replaceAll('\u00a0', ' ')).toContain('09 74 75 36 46');
    expect(verdict.split(/\s+/).filter((word) => /\w/.test(word)).length).toBeLessThanOrEqual(65);

    await chat.pressInCard('Why this result');
    await chat.pressInCard('If refused');

    await chat.reload();
    await chat.waitForBot('There is no waiting period');
    expect((await chat.botBubbles()).length).toBeGreaterThanOrEqual(bubbles.length);

    await chat.send('sorry, I meant I am self-employed');
    await chat.waitForBot('Changed.');
    await chat.waitForText(/business|registration/i);
    await chat.screenshot(360, picture('en-corrected-360'));
    expect(await chat.fitsWidth()).toBe(true);
    expect(chat.trouble.errors).toEqual([]);
    expect(chat.trouble.foreign).toEqual([]);
    await chat.close();
  },
);

inBrowser('in French, at 360 pixels, with the keyboard alone', async (open) => {
  const chat = await ChatPage.open(open, url(), { viewport: { width: 360, height: 740 } });
  await chat.waitForBot('Je ne suis pas un service officiel');
  const { keyboard } = chat.page;
  await chat.page.locator('[data-id="webchat-sendbox-input"]').focus();
  for (const said of ['je suis portugais', 'je travaille comme maçon, salarié']) {
    await keyboard.type(said);
    await keyboard.press('Enter');
    await chat.page.locator('.webchat__bubble--from-user', { hasText: said }).waitFor();
  }
  await chat.waitForText('Vos documents');
  await chat.waitForBot(/36\u00a046/);
  expect(await chat.fitsWidth()).toBe(true);
  await chat.screenshot(360, picture('fr-outcome-360'));
  await chat.close();
});
