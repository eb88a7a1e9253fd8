import fc from 'fast-check';
import { type Profile, Profile as ProfileSchema, slots } from '../../src/domain/profile';
import { isIban, nirKey } from '../../src/nlu/check-keys';
import type { Understanding } from '../../src/nlu/understanding';
import { openSays, type Says } from './support';

let says: Says;
let live: string[];
beforeAll(async () => {
  const opened = await openSays();
  says = opened.says;
  live = opened.library.languages.filter((language) => language.live).map(({ code }) => code);
  for (let i = 0; i < 50; i += 1) says(`je suis arrivé il y a ${i} mois, how long does it take`);
});

const words = [
  'je',
  'suis',
  'pas',
  'mon',
  'mari',
  'my',
  'wife',
  'depuis',
  'mois',
  'ago',
  '3',
  'sept',
  'visa',
  'S1',
  'FR76',
  '06 12',
  '?',
  '!',
  '\n',
  'maroc',
  'élève',
  'ß',
  '我',
  'я',
  'العربية',
  '•••',
  '(',
  ')',
  '|',
  '*',
  '..',
  '#',
  '@',
  '%00',
  '\\',
  '{{contact.x}}',
  '$x',
  'null',
  '-1',
  '1e9',
  '2026-02-31',
  '😀',
];
const message = fc.oneof(
  fc.string({ maxLength: 1000 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.array(fc.constantFrom(...words), { maxLength: 200 }).map((list) => list.join(' ').slice(0, 1000)),
);

function check(understood: Understanding): void {
  expect(ProfileSchema.safeParse(understood.answers).success).toBe(true);
  expect(understood.ranked.length).toBeLessThanOrEqual(3);
  expect(live).toContain(understood.language.code);
}

test('any message is understood somehow: no exception, valid facts, a live language', () => {
  fc.assert(
    fc.property(
      message,
      fc.constantFrom(null, ...slots),
      fc.constantFrom(null, 'fr', 'en'),
      (text, asked, language) => {
        check(says(text, { asked, language, offered: ['a', 'b'] }));
      },
    ),
    { numRuns: 400, seed: 7 },
  );
});

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
const spaced = (text: string, size: number): string => (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(' ');

test('no valid IBAN of France survives in the masked text', () => {
  fc.assert(
    fc.property(digits(23), fc.boolean(), message, (account, withSpaces, around) => {
      const iban = frenchIban(account);
      expect(isIban(iban)).toBe(true);
      const written = withSpaces ? spaced(iban, 4) : iban;
      const { maskedText, personalData } = says(`${around.slice(0, 100).replace(/[\p{L}\d]+$/u, '')} ${written} ok`);
      expect(personalData).toContain('iban');
      expect(maskedText.replace(/\W/g, '')).not.toContain(iban.slice(6));
    }),
    { numRuns: 150, seed: 7 },
  );
});

function frenchIban(account: string): string {
  const check = 98 - Number(BigInt(`${account}152700`) % 97n);
  return `FR${String(check).padStart(2, '0')}${account}`;
}

test('no NIR survives in the masked text, whatever its spacing', () => {
  const nir = fc
    .tuple(
      fc.constantFrom('1', '2'),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom('13', '75', '99', '2A', '2B'),
      digits(6),
    )
    .map(([sex, year, month, place, rest]) => {
      const body = `${sex}${String(year).padStart(2, '0')}${String(month).padStart(2, '0')}${place}${rest}`;
      return { body, key: String(nirKey(body)).padStart(2, '0') };
    });
  const separators = fc.constantFrom('', ' ', '.', '-', '  ');
  fc.assert(
    fc.property(nir, separators, fc.boolean(), ({ body, key }, separator, withKey) => {
      const pieces = [
        body[0],
        body.slice(1, 3),
        body.slice(3, 5),
        body.slice(5, 7),
        body.slice(7, 10),
        body.slice(10),
        ...(withKey ? [key] : []),
      ];
      const { maskedText, personalData } = says(`mon numéro est ${pieces.join(separator)} merci`);
      expect(personalData).toContain('nir');
      expect(maskedText).toBe('mon numéro est ••• merci');
    }),
    { numRuns: 300, seed: 7 },
  );
});

const hostile: [string, string][] = [
  ['one word again and again', 'je '.repeat(333)],
  ['i i i', 'i '.repeat(500)],
  ['one long word', 'a'.repeat(1000)],
  ['digits', '1'.repeat(1000)],
  ['digits apart', '1 '.repeat(500)],
  ['third persons', 'mon mari '.repeat(111)],
  ['my husband is', 'my husband is '.repeat(71)],
  ['durations', 'il y a 3 mois '.repeat(71)],
  ['dates', '3 sept '.repeat(140)],
  ['half an IBAN', 'FR76 '.repeat(200)],
  ['half a NIR', '2 84 12 '.repeat(125)],
  ['at signs', 'a@'.repeat(500)],
  ['dots and dashes', 'a.b-c_d/e '.repeat(100)],
  ['brackets', '('.repeat(1000)],
  ['Chinese', '我'.repeat(1000)],
  ['Russian', 'не '.repeat(333)],
  ['combining marks', `e${'\u0301'.repeat(999)}`],
  ['emoji', '😀'.repeat(500)],
  ['spaces', ' '.repeat(1000)],
  ['half a crisis', 'mal à la '.repeat(111)],
];

test.each(hostile)('1,000 hostile characters take less than 20 ms of processor time: %s', (_, text) => {
  const times = Array.from({ length: 25 }, () => {
    const started = process.cpuUsage();
    says(text);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(20);
});

test('a fact is never a value that the slot does not have', () => {
  const text = 'je suis marocain salarié titre de séjour arrivé le 3 septembre depuis 4 mois S1 deux enfants retraité';
  const answers: Profile = says(text).answers;
  expect(ProfileSchema.parse(answers)).toEqual(answers);
});
