import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { type Context, emptyContext } from '../../dialogs/context';
import { makeQrCode } from '../../src/conversation/qr';
import { isMeantAsResumeCode, makeResumeCode, readResumeCode } from '../../src/conversation/resume-code';
import { resumeRelations, resumeTable } from '../../src/conversation/resume-table';
import { addDays } from '../../src/domain/calendar';
import { closedValues, type Profile, parseSlotText, slots } from '../../src/domain/profile';

const key = 'a secret of the store';
const today = '2026-03-10';
const days = 120;
const about = (...profiles: Profile[]): Context => ({
  ...emptyContext(),
  language: 'ar',
  people: profiles.map((profile, index) => ({
    id: `p${index + 1}`,
    relation: resumeRelations[index] ?? 'other',
    profile,
  })),
  current: `p${profiles.length}`,
});
const worker: Profile = {
  livesIn: 'mainland',
  country: ['DZ'],
  activity: 'employee',
  permit: 'longStayVisa',
  visaValidated: true,
  age: 'adult',
  number: 'none',
  children: false,
};

const answers = fc.record(
  {
    livesIn: fc.constantFrom(...closedValues.livesIn, 'unknown' as const),
    country: fc.oneof(
      fc.constant('unknown' as const),
      fc.array(fc.constantFrom('DZ', 'MA', 'GB', 'ZW', 'AD', 'FR'), { minLength: 1, maxLength: 5 }),
    ),
    nationality: fc.constantFrom(...closedValues.nationality, 'unknown' as const),
    ukWithdrawal: fc.constantFrom(true, false, 'unknown' as const),
    activity: fc.constantFrom(...closedValues.activity, 'unknown' as const),
    workCountry: fc.constantFrom('CH', 'US', 'unknown'),
    activityStart: fc.constantFrom('2026-09-01', 'unknown'),
    cover: fc.constantFrom(...closedValues.cover, 'unknown' as const),
    permit: fc.constantFrom(...closedValues.permit, 'unknown' as const),
    arrival: fc.constantFrom('1951-02-28', '2025-12', '2026-03-10', '2024-02-29', 'unknown'),
    months: fc.oneof(fc.integer({ min: 0, max: 1200 }), fc.constant('unknown' as const)),
    stage: fc.constantFrom(...closedValues.stage, 'unknown' as const),
    sentOn: fc.constantFrom('2026-01-31', 'unknown'),
  },
  { requiredKeys: [] },
);

test('every slot and every closed value has its number', () => {
  expect(resumeTable.map(({ slot }) => slot).toSorted()).toEqual(slots.filter((slot) => slot !== 'subject').toSorted());
  for (const { slot, kind, bits } of resumeTable) {
    const values = (closedValues as Record<string, readonly string[]>)[slot];
    if (values)
      expect([slot, ...values.filter((value) => !(kind as readonly string[]).includes(value))]).toEqual([slot]);
    if (Array.isArray(kind)) expect(kind.length).toBeLessThan(2 ** bits);
  }
  expect(resumeRelations).toEqual(closedValues.subject);
});

test('codes that were given out before are still read', () => {
  const family = about(worker, { livesIn: 'mainland', relation: 'unknown', arrival: '2025-11' }, { age: 'under16' });
  const code = makeResumeCode(key, family, today);
  expect(code).toMatchInlineSnapshot(`"14Y9Q-XZWPZ-FBXDQ-Z8Y8V-R1EF9-97ANX-HC4E0-QZYM9-EKRV9-X5H6J-36G"`);
  expect(makeResumeCode(key, about(worker), today)).toMatchInlineSnapshot(
    `"1WHFP-DPV4Z-9TAQ2-29FKM-K302R-18GAG-P6G24"`,
  );
});

test('what goes in comes out, for one person and for a family', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1, maxLength: 8 }), (profiles) => {
      const context = about(...(profiles as Profile[]));
      const read = readResumeCode(key, makeResumeCode(key, context, today), today, days);
      expect(read).toEqual({
        state: 'good',
        resumed: { language: 'ar', people: context.people, current: context.current },
        made: today,
      });
    }),
  );
});

test('a code is short, reads the same however it is typed, and says nothing to who has no key', () => {
  const code = makeResumeCode(key, about(worker), today);
  expect(code.length).toBeLessThanOrEqual(48);
  const good = readResumeCode(key, code, today, days);
  expect(good.state).toBe('good');
  const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  expect(readResumeCode(key, typed, today, days)).toEqual(good);
  expect(readResumeCode(key, `https://guichet.example/#r=${code.replaceAll('-', '')}`, today, days)).toEqual(good);
  expect(readResumeCode('another key', code, today, days)).toEqual({ state: 'bad' });
});

test('one wrong sign, a piece of a code and any other text are refused', () => {
  const code = makeResumeCode(key, about(worker), today);
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === '-') continue;
    const wrong = code.slice(0, at) + (code[at] === '7' ? '8' : '7') + code.slice(at + 1);
    // Signs at the very end may hold bits that mean nothing.
    if (at < code.length - 1) expect([wrong, readResumeCode(key, wrong, today, days).state]).toEqual([wrong, 'bad']);
  }
  expect(readResumeCode(key, code.slice(0, -6), today, days).state).toBe('bad');
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => readResumeCode(key, text, today, days).state === 'bad'),
  );
});

test('a code ends, and a count of months with its day', () => {
  const code = makeResumeCode(key, about({ ...worker, months: 2 }), today);
  expect(readResumeCode(key, code, addDays(today, days), days).state).toBe('good');
  expect(readResumeCode(key, code, addDays(today, days + 1), days)).toEqual({ state: 'expired' });
  const later = readResumeCode(key, code, addDays(today, 1), days);
  expect(later.state === 'good' && later.resumed.people[0]?.profile).toEqual(worker);
});

test('days for which a code has no room are no answers', () => {
  for (const [slot, day] of [
    ['arrival', '9999-12-31'],
    ['arrival', '0001-01'],
    ['sentOn', '1900-12-31'],
    ['activityStart', '2079-01-01'],
  ] as const)
    expect([day, parseSlotText(slot, day)]).toEqual([day, undefined]);
  const ends = { arrival: '2078-12', sentOn: '1901-01-01', activityStart: '2078-12-31' };
  const read = readResumeCode(key, makeResumeCode(key, about(ends), today), today, days);
  expect(read.state === 'good' && read.resumed.people[0]?.profile).toEqual(ends);
});

test('a mistyped code is known as one, a sentence is not', () => {
  const code = makeResumeCode(key, about(worker), today);
  expect(isMeantAsResumeCode(code)).toBe(true);
  expect(isMeantAsResumeCode(`X${code.slice(1)}`)).toBe(true);
  expect(isMeantAsResumeCode('https://guichet.example/#r=1ABC')).toBe(true);
  for (const text of [
    'Il y a 3 mois que je vis en France',
    'I have been here for 2 years',
    '1 84 12 76 451 089 46',
    'I18n ist 2025 oder 2026 oder 2027 egal',
    'FR7630006000011234567890189',
  ])
    expect([text, isMeantAsResumeCode(text)]).toEqual([text, false]);
});

test('a long word that begins as a code does is judged at once', () => {
  for (const text of [`Il${'a'.repeat(10_000)}!`, `1${'a '.repeat(5_000)}!`, `${'aaaaa-'.repeat(2_000)}!`]) {
    const judge = () => isMeantAsResumeCode(text);
    // Stops a search that would not end.
    expect(runInNewContext('judge()', { judge }, { timeout: 500 })).toBe(false);
  }
});

test('the address with a code fits a QR code that a telephone reads from paper', () => {
  const code = makeResumeCode(key, about(worker, worker, worker), today).replaceAll('-', '');
  expect(makeQrCode(`https://guichet.example.org/#r=${code}`).size).toBeLessThanOrEqual(49);
});
