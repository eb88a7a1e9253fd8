import type { Profile } from '../../src/domain/profile';
import { tokenise } from '../../src/nlu/normalise';
import { openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

/** As keyboards write it, and left out. */
const apostrophes = ["'", '’', 'ʼ', '`', ''];

describe.each(apostrophes)('a Ukrainian word with the apostrophe "%s" is one word', (mark) => {
  const write = (text: string): string => text.replaceAll('^', mark);

  test('for the tokeniser', () => {
    expect(tokenise(write('моя сім^я')).map(({ word }) => word)).toEqual(['моя', 'сімя']);
  });

  test.each<[string, Profile]>([
    ['я мешкаю в Нанті вже п^ять місяців', { months: 5 }],
    ['мешкаємо тут дев^ять місяців', { months: 9 }],
    ['я з В^єтнаму, навчаюся в Ренні', { country: ['VN'], activity: 'student' }],
  ])('for the facts: %s', (text, expected) => {
    expect(says(write(text), { language: 'uk' }).answers).toMatchObject(expected);
  });

  test('for the articles', () => {
    expect(says(write('обов^язково потрібен апостиль?'), { language: 'uk' }).question.topics[0]).toBe(
      'apostille-legalisation',
    );
  });

  test('for danger', () => {
    expect(says(write('чоловік мене б^є')).crisis).toBe('violence');
  });
});

test('where other languages write an apostrophe, and round a quoted word, the word ends', () => {
  expect(tokenise("l'école").map(({ word }) => word)).toEqual(['l', 'ecole']);
  expect(tokenise("слово 'вид' тут").map(({ word }) => word)).toEqual(['слово', 'вид', 'тут']);
});
