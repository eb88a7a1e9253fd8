import { nowhere, openTestConversation, presses } from '../support/edges';

const words = (text: string): number => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

const ends: [string, string[]][] = [
  ['an EU worker', ['nationality=eu', 'activity=employee']],
  ['a worker with a permit', ['nationality=other', 'activity=employee', 'permit=residencePermit']],
  [
    'a visitor whose wait runs',
    [
      'nationality=other',
      'activity=none',
      'permit=visitorVisa',
      'visaValidated=true',
      'cover=none',
      'joining=none',
      'months=1',
    ],
  ],
  ['somebody abroad', ['livesIn=notYet']],
  ['a person who knows nothing', ['nationality=unknown', 'activity=unknown', 'permit=unknown']],
];

describe.each(['fr', 'en'])('in %s', (language) => {
  test.each(ends)(
    '%s ends with verdict, next step and both lines in at most 60 words, then the card',
    async (_name, values) => {
      const { takeTurn } = await openTestConversation();
      await takeTurn(presses(`lang=${language}`), nowhere);
      let reply = await takeTurn(presses(values[0] as string), nowhere);
      for (const value of values.slice(1)) reply = await takeTurn(presses(value), nowhere);
      const [first, second] = reply.bubbles.slice(-2);
      expect(words(first?.text ?? '')).toBeLessThanOrEqual(60);
      expect(first?.text).toContain('36\u00a046');
      expect(first?.text).toContain('09\u00a074\u00a075\u00a036\u00a046');
      const lines = second?.card?.sections.flatMap((section) => section.lines) ?? [];
      expect(lines.filter(({ mark }) => mark).length).toBeGreaterThanOrEqual(language ? 1 : 0);
      expect(lines.filter(({ tel }) => tel).length).toBeGreaterThanOrEqual(2);
      const open = second?.card?.sections.filter((section) => section.open) ?? [];
      expect(open.map(({ lines }) => lines.length > 0)).toEqual([true, true, false]);
      expect(open.at(-1)?.choices?.map(({ value }) => value.split(':')[0])).toEqual(['useful=yes', 'useful=no']);
    },
  );
});

test('the line in the language of the conversation comes first', async () => {
  const { takeTurn } = await openTestConversation();
  const order = async (language: string) => {
    await takeTurn(presses(`lang=${language}`), nowhere);
    await takeTurn(presses('nationality=eu'), nowhere);
    const reply = await takeTurn(presses(`activity=${language === 'fr' ? 'employee' : 'selfEmployed'}`), nowhere);
    const text = reply.bubbles.map((bubble) => bubble.text).join('\n');
    return text.indexOf('09\u00a074') - text.search(/(?<!75\u00a0)36\u00a046/);
  };
  expect(await order('fr')).toBeGreaterThan(0);
  expect(await order('en')).toBeLessThan(0);
});
