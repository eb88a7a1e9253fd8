import { createPdfWriter } from '../../../src/channels/checklist/pdf';
import { type TakeAlong, takeAlong } from '../../../src/conversation/take-along';
import { countryCodes } from '../../../src/domain/country-codes';
import type { CodedError } from '../../../src/errors';
import { type ReadPdf, readPdfs, textOfPdf } from '../../support/read-pdfs';
import { carried, library, people, room, serveChecklists, type Who } from './support';

const writer = createPdfWriter();
afterAll(() => writer.stop());

const listOf = (who: Who, language: string) => takeAlong(room, carried(people[who], language)) as TakeAlong;
const scripts = { ar: /\p{Script=Arabic}/u, zh: /\p{Script=Han}/u, ru: /\p{Script=Cyrillic}/u, en: /[a-z]/ };
type Language = keyof typeof scripts;
const four = (Object.keys(people) as Who[]).flatMap((who) =>
  (Object.keys(scripts) as Language[]).map((language) => [who, language] as const),
);

describe('the PDFs of four people in four languages', () => {
  const made = new Map<string, { list: TakeAlong; bytes: Buffer; read: ReadPdf }>();
  beforeAll(async () => {
    const lists = four.map(([who, language]) => listOf(who, language));
    const bytes = await Promise.all(lists.map((list) => writer.write(list)));
    const read = readPdfs(bytes);
    for (const [index, key] of four.entries())
      made.set(key.join(), { list: lists[index], bytes: bytes[index], read: read[index] } as never);
  }, 60_000);

  test.each(four)('%s, %s: every text, in its direction, numbers in order, on two pages at most', (who, language) => {
    const { list, bytes, read } = made.get(`${who},${language}`) as { list: TakeAlong; bytes: Buffer; read: ReadPdf };
    expect(read).toMatchObject({ language, tagged: true, title: list.title.own });
    expect(read.pages).toBeLessThanOrEqual(2);
    const text = textOfPdf(read);
    expect(text).toMatch(scripts[language]);
    // One sign serves both brackets, which a reader may then take for each other.
    const bare = (words: string) => words.replaceAll(/[\s()]/g, '');
    for (const { name } of list.documents) expect(bare(text)).toContain(bare(name.french));
    const fonts = [...bytes.toString('latin1').matchAll(/\/FontName\s*\/\w+\+(\w+)/g)].map(
      ([, name]) => name as string,
    );
    expect(fonts.length).toBeGreaterThanOrEqual(2);
    expect(fonts.filter((name) => !name.startsWith('NotoSans'))).toEqual([]);
    const starts = (number: string) => read.items.filter(({ str }) => str.replaceAll(/\s/g, ' ').startsWith(number));
    const [own, french] = starts('09 74 75 36 46');
    expect((own?.x ?? 0) > (french?.x ?? 0)).toBe(language === 'ar');
    expect(starts('36 46').length).toBeGreaterThan(0);
  });
});

test('the Chinese font, which is cut down, has every sign that Chinese texts and names of countries need', async () => {
  const twoBytes = (lead: number, trail: number) => new TextDecoder('gbk').decode(Uint8Array.of(lead, trail));
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const kept = new Set(range(0xb0, 0xf7).flatMap((lead) => range(0xa1, 0xfe).map((trail) => twoBytes(lead, trail))));
  const texts =
    JSON.stringify(library.locales.zh) + countryCodes.map((code) => room.words.country('zh', code)).join('');
  expect([...new Set(texts.match(/\p{Script=Han}/gu))].filter((sign) => !kept.has(sign))).toEqual([]);
  const [read] = readPdfs([await writer.write(listOf('partner', 'zh'))]);
  const found = new Set(textOfPdf(read as ReadPdf));
  const wanted = listOf('partner', 'zh').documents.flatMap(({ name, detail }) => [...(name.own + detail.own)]);
  expect(wanted.filter((sign) => /\p{Script=Han}/u.test(sign) && !found.has(sign))).toEqual([]);
});

test('words are words: nothing in them is carried out', async () => {
  const hostile = '#panic("x") #sys.inputs ] } $ * _ ` \\ <a> @b #{1+1} // …';
  const said = { own: hostile, french: hostile };
  const list = {
    ...listOf('worker', 'en'),
    verdict: { title: said, text: said, next: said },
    script: [said],
    facts: [said],
  };
  const [read] = readPdfs([await writer.write(list)]);
  expect(textOfPdf(read as ReadPdf)).toContain('#panic("x")#sys.inputs]}$*_`\\<a>@b#{1+1}//');
});

test('French alone: whatever is said begins a line of its own', async () => {
  const list = listOf('worker', 'fr');
  const [read] = readPdfs([await writer.write(list)]) as [ReadPdf];
  const said = [list.verdict.title, list.verdict.text, ...list.after].map(({ french }) => french.slice(0, 6));
  const beginning = (words: string) => read.items.find(({ str }) => str.startsWith(words))?.x;
  const margin = beginning(list.title.french.slice(0, 5));
  expect(said.map((words) => [words, beginning(words)])).toEqual(said.map((words) => [words, margin]));
});

test('too many at once are refused, the others are made', async () => {
  const list = listOf('worker', 'fr');
  const all = await Promise.allSettled(Array.from({ length: 25 }, () => writer.write(list)));
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [(one.reason as CodedError).code] : []));
  expect(refused).toEqual(Array.from({ length: 4 }, () => 'PDF_BUSY'));
});

test('where the engine has no build, it says so', async () => {
  await expect(createPdfWriter(false).write(listOf('worker', 'fr'))).rejects.toMatchObject({ code: 'PDF_OFF' });
});

test('it is downloaded below the address of the page', async () => {
  const served = await serveChecklists();
  try {
    const response = await fetch(`${served.origin}${await served.pathOf('student', 'zh')}/checklist.pdf`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="guichet.pdf"');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  } finally {
    await served.stop();
  }
});
