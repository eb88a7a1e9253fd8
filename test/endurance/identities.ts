import { nirKey } from '../../src/nlu/check-keys';
import { below, pick, type Random, times } from './hostile';

/** An invented number or address of a person: how it is written, and what must be found nowhere. */
export type Identity = { written: string; needle: string };

const digits = (random: Random, count: number): string => times(count, () => below(random, 10)).join('');
const two = (number: number): string => String(number).padStart(2, '0');
const letters = (random: Random, count: number): string =>
  times(count, () => String.fromCharCode(97 + below(random, 26))).join('');

/** Zeros of ASCII (twice), Arabic-Indic, Persian, Devanagari and full-width digits. */
const zeros = [0x30, 0x30, 0x660, 0x6f0, 0x966, 0xff10];
const separators = ['', ' ', '.', '-', '\u00a0', '\u202f', ' - ', '/'];

/** Groups of a number as people write them: something in between, digits of some script. */
function write(random: Random, groups: string[]): string {
  const zero = pick(random, zeros);
  const text = groups.join(pick(random, separators));
  return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

function nir(random: Random): Identity {
  const groups = [
    pick(random, ['1', '2', '7', '8']),
    two(below(random, 100)),
    two(1 + below(random, 12)),
    two(1 + below(random, 95)),
    digits(random, 3),
    digits(random, 3),
  ];
  const body = groups.join('');
  const all = random() < 0.7 ? [...groups, two(nirKey(body))] : groups;
  return { written: write(random, all), needle: body };
}

function iban(random: Random): Identity {
  const body = digits(random, 23);
  const check = 98n - (BigInt(`${body}152700`) % 97n);
  const whole = `FR${two(Number(check))}${body}`;
  const groups = whole.match(/.{1,4}/g) as string[];
  return { written: groups.join(pick(random, ['', ' ', '\u00a0', '-'])), needle: body };
}

function phone(random: Random): Identity {
  const rest = times(4, () => digits(random, 2));
  const needle = `6${rest.join('')}`;
  const [first, ...more] = pick(random, [
    ['06', ...rest],
    ['+33', '6', ...rest],
    ['0033', '6', ...rest],
  ]);
  return { written: write(random, [first as string, ...more]), needle };
}

function passport(random: Random): Identity {
  const number = `${digits(random, 2)}${letters(random, 2).toUpperCase()}${digits(random, 5)}`;
  const said = pick(random, ['mon passeport', 'passport no.', 'my passport number is', 'pasaporte', 'паспорт', '护照']);
  return { written: `${said} ${number}`, needle: number };
}

function email(random: Random): Identity {
  const local = `${letters(random, 6)}${digits(random, 3)}${letters(random, 4)}`;
  const at = pick(random, ['@', ' @ ', ' [at] ', ' arobase ', '＠']);
  return { written: `${local}${at}example.org`, needle: local.toUpperCase() };
}

/** One of somebody who does not exist. */
export const invent = (random: Random): Identity => pick(random, [nir, iban, phone, passport, email])(random);

/** What a needle of each kind looks like, at any place, overlapping too. */
const shapes = [
  /(?=(\d{13}))/g,
  /(?=(\d{23}))/g,
  /(?=(6\d{8}))/g,
  /(?=(\d\d[A-Z]{2}\d{5}))/g,
  /(?=([A-Z]{6}\d{3}[A-Z]{4}))/g,
];

/** The needles that a flat text holds. */
export const findNeedles = (flat: string, needles: Set<string>): string[] =>
  shapes.flatMap((shape) =>
    [...flat.matchAll(shape)].map((match) => match[1] as string).filter((one) => needles.has(one)),
  );

/** Bytes as they are searched: digits of every script as ASCII, nothing in between, capitals. */
export const flatten = (bytes: Buffer): string =>
  bytes
    .toString('utf8')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) => {
      const code = digit.codePointAt(0) as number;
      const zero = zeros.findLast((start) => start <= code && code < start + 10) as number;
      return String(code - zero);
    })
    .replace(/[\s.\-_/\u00a0\u202f]+/g, '')
    .toUpperCase();
