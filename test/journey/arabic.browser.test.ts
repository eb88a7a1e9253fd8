import { openLibrary } from '../../src/library/compile';
import { createWords } from '../../src/library/i18n';
import { ChatPage } from '../support/browser';
import { picture, servedForBrowser } from '../support/served';

/** Right to left, what must be read from left to right: the order on the screen is measured, not the order in the text. */
const { url, inBrowser } = servedForBrowser({}, 90_000);

inBrowser('in Arabic, phone numbers, dates and amounts are read in the right order', async (open) => {
  const { contacts, articles } = openLibrary();
  const words = createWords(openLibrary());
  const chat = await ChatPage.open(open, url(), { locale: 'ar', viewport: { width: 420, height: 800 } });
  await chat.waitForBot('Guichet');
  expect(await chat.page.locator('html').getAttribute('dir')).toBe('rtl');
  await chat.send('أنا تونسي ووجدت عملا وعندي titre de séjour');
  await chat.waitForText('S1106');
  await chat.screenshot(420, picture('ar-outcome'));
  for (const id of ['line-3646', 'line-english'] as const) {
    const phone = contacts[id]?.phone as string;
    const seen = await chat.onScreen(phone.replaceAll(' ', '\u00a0'));
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set([phone.replaceAll(' ', '\u00a0')]));
  }

  await chat.send('complémentaire santé solidaire');
  const checked = words.date('ar', articles.css?.checkedOn as string);
  await chat.waitForText(checked);
  await chat.screenshot(420, picture('ar-article'));
  // The first word of a date stands on the right, and the digits of each number from left to right.
  const parts = checked.match(/\p{L}+|\d+/gu) as string[];
  const places = await chat.placesOf(checked, parts);
  expect(places.map(({ text }) => text)).toEqual(parts);
  for (const amount of new Set((await chat.texts()).match(/\d[\d.,\u00a0\u202f]*\d(?=[^\d]*(?:€|يورو))/gu) ?? []))
    expect(new Set(await chat.onScreen(amount))).toEqual(new Set([amount]));
  expect(await chat.fitsWidth()).toBe(true);
  expect(chat.trouble.errors).toEqual([]);
  await chat.close();
});
