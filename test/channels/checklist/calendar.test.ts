import { serveChecklists } from './support';

let served: Awaited<ReturnType<typeof serveChecklists>>;
beforeAll(async () => {
  served = await serveChecklists();
}, 60_000);
afterAll(() => served.stop());

const calendar = async (path: string) => {
  const response = await fetch(served.origin + path);
  expect(response.headers.get('content-type')).toContain('text/calendar');
  const raw = await response.text();
  const lines = raw.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
  return {
    raw,
    of: (name: string) => lines.filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`)),
  };
};

test('the end of the wait and the day to ask for news are whole days in the language of the person', async () => {
  const path = `${await served.pathOf('partner', 'ru')}/dates.ics`;
  const known = await calendar(path);
  expect(known.of('DTSTART')).toEqual(['DTSTART;VALUE=DATE:20270115']);
  const sent = await calendar(`${path}?sent=2027-01-20`);
  expect(sent.of('DTSTART')).toEqual(['DTSTART;VALUE=DATE:20270115', 'DTSTART;VALUE=DATE:20270317']);
  expect(sent.of('SUMMARY')).toEqual(['SUMMARY:Конец срока ожидания', 'SUMMARY:Узнать\\, что с документами']);
  expect(sent.of('DESCRIPTION')[1]).toContain('36\u00a046');
});

test.each(['9999-12-31', '0001-01-01', '2079-01-01', '2027-02-30', 'x'])(
  'a day of sending that cannot be (%s) is left out',
  async (sent) => {
    const file = await calendar(`${await served.pathOf('partner', 'ru')}/dates.ics?sent=${sent}`);
    expect(file.of('DTSTART')).toEqual(['DTSTART;VALUE=DATE:20270115']);
  },
);

test('lines are folded, ids stay the same, and nothing says who the person is', async () => {
  const path = `${await served.pathOf('partner', 'ar')}/dates.ics?sent=2027-01-20`;
  const [first, second] = [await calendar(path), await calendar(path)];
  expect(first.raw.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  expect(first.of('UID')).toHaveLength(2);
  expect(second.of('UID')).toEqual(first.of('UID'));
  expect(first.raw).not.toMatch(/الولايات|spouse|partner|VLS/);
});

test.each(['2027-02-30', 'x', '%0d%0aBEGIN:VALARM'])('a day that is none (%s) adds nothing', async (sent) => {
  const { raw, of } = await calendar(`${await served.pathOf('worker', 'de')}/dates.ics?sent=${sent}`);
  expect(of('DTSTART')).toEqual([]);
  expect(raw).not.toContain('VALARM');
});
