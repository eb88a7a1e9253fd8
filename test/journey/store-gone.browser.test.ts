import { ChatPage } from '../support/browser';
import { failingStore } from '../support/failing-store';
import { picture, servedForBrowser } from '../support/served';

/** What the unmodified Web Chat shows while the store is gone. */
const { store, fail } = failingStore();
const { url, inBrowser } = servedForBrowser({ store });

inBrowser(
  'an open window and a new one get answers while the store is gone, and go on when it is back',
  async (browser) => {
    const chat = await ChatPage.open(browser, url(), { locale: 'en-GB' });
    await chat.waitForBot('Where are you in the process');
    await chat.send('I am Brazilian');
    await chat.waitForBot('What do you do in France');

    fail(true);
    await chat.send('what is a RIB?');
    await chat.waitForText('What to do');
    await chat.waitForBot('I cannot keep anything at the moment');
    await chat.screenshot(390, picture('store-gone'));

    const other = await ChatPage.open(browser, url(), { locale: 'en-GB' });
    await other.waitForBot('I cannot keep anything at the moment');
    await other.send('what is a RIB?');
    await other.waitForText('What to do');

    fail(false);
    await chat.send('I am an employee');
    await chat.waitForBot('residence');
    await other.send('I am Brazilian');
    await other.waitForBot('What do you do in France');
    await other.close();
    await chat.close();
  },
);
