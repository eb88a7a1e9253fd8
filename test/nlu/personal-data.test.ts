import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLibrary } from '../../src/library/load-library';
import { isCard, isIban, nirKey } from '../../src/nlu/check-keys';
import { maskPersonalData } from '../../src/nlu/personal-data';
import { phonesOf } from '../../src/nlu/understand';
import type { PersonalData } from '../../src/nlu/understanding';

const phones = phonesOf(loadLibrary().contacts);
const mask = (text: string) => maskPersonalData(text, phones);

/** An invented number with its right key. */
const nir = (body: string): string => body + String(nirKey(body)).padStart(2, '0');

describe('checks', () => {
  test('a NIR key counts Corsica as 19 and 18', () => {
    expect(nirKey('2550699999001')).toBe(97 - (2550699999001 % 97));
    expect(nirKey('180052A123456')).toBe(97 - (1800519123456 % 97));
    expect(nirKey('180052B123456')).toBe(97 - (1800518123456 % 97));
  });
  test('IBAN by mod 97, card by Luhn', () => {
    expect(isIban('FR7630006000011234567890189')).toBe(true);
    expect(isIban('FR7630006000011234567890188')).toBe(false);
    expect(isIban('DE89370400440532013000')).toBe(true);
    expect(isCard('4111111111111111')).toBe(true);
    expect(isCard('4111111111111112')).toBe(false);
  });
});

describe('numbers of people are masked', () => {
  test.each<[PersonalData, string]>([
    ['nir', `mon numero ${nir('1850699999001')}`],
    ['nir', 'c est 2 85 06 99 999 001 suivi de rien'],
    ['nir', 'numéro 1 80 05 2A 123 456 78'],
    ['nir', '180052B123456'],
    ['nir', 'NIA 7 85 06 99 999 001 45'],
    ['nir', 'my NTT is 885069999900112'],
    ['nir', '2.85.06.99.999.001.22'],
    ['nir', '2-85-06-99-999-001 / 22'],
    ['iban', 'FR76 3000 6000 0112 3456 7890 189'],
    ['iban', 'iban: fr7630006000011234567890189 merci'],
    ['iban', 'GB29NWBK60161331926819'],
    ['iban', 'DE89 3704 0044 0532 0130 00'],
    ['iban', 'ES9121000418450200051332'],
    ['bankCard', 'ma carte 4111 1111 1111 1111'],
    ['bankCard', '5555-5555-5555-4444'],
    ['phone', 'appelez moi au 06 12 34 56 78'],
    ['phone', '0612345678'],
    ['phone', '06.12.34.56.78'],
    ['phone', '+33 6 12 34 56 78'],
    ['phone', '+33 (0)6 12 34 56 78'],
    ['phone', '0033612345678'],
    ['phone', 'my number +44 7700 900123'],
    ['phone', 'whatsapp 221771234567'],
    ['email', 'jean.dupont@example.org'],
    ['email', 'write to a.b+c@sub.example.co.uk please'],
    ['email', 'jean [at] example.org'],
    ['passport', 'passeport 12AB34567'],
    ['passport', 'passport no. YB1234567'],
    ['passport', 'my passport number is 533401372'],
    ['permitNumber', 'mon titre de séjour 9903123456'],
    ['permitNumber', 'numéro étranger 7503123456'],
  ])('%s: %s', (kind, text) => {
    const { kinds, masked } = mask(text);
    expect(kinds).toContain(kind);
    expect(masked).toContain('•••');
    expect(masked).not.toMatch(/\d{5}/);
  });

  test('the rest of the message stays', () => {
    expect(mask('bonjour, 06 12 34 56 78, rappelez après 18 h').masked).toBe('bonjour, •••, rappelez après 18 h');
  });
});

/** What people write with digits that identify nobody; one a line. */
const notPersonal = readFileSync(join(__dirname, '../fixtures/not-personal.txt'), 'utf8').trim().split('\n');

describe('other numbers stay', () => {
  test('there are at least two hundred of them', () => {
    expect(new Set(notPersonal).size).toBeGreaterThanOrEqual(200);
  });
  test.each(notPersonal)('%s', (text) => {
    expect(mask(text)).toEqual({ kinds: [], masked: text });
  });
  test('inside a sentence too', () => {
    for (const text of notPersonal) {
      const sentence = `bonjour, voilà : ${text}, merci`;
      expect(mask(sentence)).toEqual({ kinds: [], masked: sentence });
    }
  });
});
