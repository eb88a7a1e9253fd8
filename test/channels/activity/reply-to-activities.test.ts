import { capabilitiesOf } from '../../../src/channels/activity/capabilities';
import type { PlainActivity } from '../../../src/channels/activity/plain-activity';
import { replyToActivities } from '../../../src/channels/activity/reply-to-activities';
import type { Reply } from '../../../src/conversation/reply';
import { cardFaults, cardTexts } from '../../support/card-rules';
import { richReply, textsOf } from '../../support/replies';

const channels = [
  'webchat',
  'directline',
  'emulator',
  'test',
  'msteams',
  'facebook',
  'telegram',
  'slack',
  'email',
  'sms',
  'unheard-of',
  'constructor',
];
const show = (reply: Reply, channel: string) => replyToActivities(reply, capabilitiesOf(channel));
const cardsOf = (activities: PlainActivity[]) =>
  activities.flatMap((activity) =>
    (activity.attachments ?? []).flatMap((attachment) => ('content' in attachment ? [attachment.content] : [])),
  );
const buttonsOf = (activities: PlainActivity[]) => activities.at(-1)?.suggestedActions?.actions ?? [];

/** Everything that can be read, without Markdown. */
const readable = (activities: PlainActivity[]): string =>
  [
    ...activities.map((activity) => activity.text ?? ''),
    ...cardsOf(activities).map(cardTexts),
    ...activities.flatMap((activity) => activity.suggestedActions?.actions.map((action) => action.title) ?? []),
  ]
    .join('\n')
    .replaceAll('**', '')
    .replace(/\[([^\]]*)\]\(tel:[^)]*\)/g, '$1');

const longReply = (sections: number, lines: number, length: number): Reply => ({
  ...richReply,
  bubbles: [
    {
      text: '',
      card: {
        kind: 'checklist',
        title: 'Liste',
        sections: Array.from({ length: sections }, (_, section) => ({
          heading: `Partie ${section}`,
          open: section % 2 === 0,
          lines: Array.from({ length: lines }, (_, line) => ({
            text: `${section}.${line} ${'é'.repeat(length)}`,
            mark: true,
          })),
          choices: [{ title: `Voir ${section}`, value: `ask=topic-${section}` }],
        })),
      },
    },
  ],
});

describe.each(channels)('on %s', (channel) => {
  const activities = show(richReply, channel);

  test('one message a bubble, each with its language', () => {
    expect(activities).toHaveLength(2);
    for (const activity of activities) expect(activity).toMatchObject({ type: 'message', locale: 'fr' });
  });

  test('everything of the reply can be read', () => {
    const text = readable(activities);
    for (const expected of textsOf(richReply)) expect(text).toContain(expected);
  });

  test('cards follow the rules', () => {
    for (const card of cardsOf(activities)) expect(cardFaults(card)).toEqual([]);
  });

  test('no pictures, no HTML, no links but telephone numbers', () => {
    const json = JSON.stringify(activities);
    expect(json).not.toMatch(/<[a-z/!]|!\[|"Image"|https?:/i);
    for (const link of json.matchAll(/\]\(([^)]*)\)/g)) expect(link[1]).toMatch(/^tel:\+?\d+$/);
  });

  test('a reply without cards or buttons stays one line of text', () => {
    expect(show({ ...richReply, bubbles: [{ text: 'Bonjour.' }], choices: [] }, channel)).toEqual([
      expect.objectContaining({ text: 'Bonjour.', inputHint: 'acceptingInput' }),
    ]);
  });

  test('an empty reply is no message', () => {
    expect(show({ ...richReply, bubbles: [], choices: [] }, channel)).toEqual([]);
  });

  test.each([
    [3, 4, 60],
    [12, 10, 200],
    [2, 60, 400],
    [1, 1, 11_000],
  ])('a card of %i sections with %i lines of %i letters stays small and complete', (sections, lines, length) => {
    const reply = longReply(sections, lines, length);
    const shown = show(reply, channel);
    for (const card of cardsOf(shown)) expect(cardFaults(card)).toEqual([]);
    for (const { text = '' } of shown) expect(text.length).toBeLessThanOrEqual(capabilitiesOf(channel).longestText);
    // A long text is cut into several messages, a long word within itself.
    const text = readable(shown).replace(/\s/g, '');
    for (const expected of textsOf(reply)) expect(text).toContain(expected.replace(/\s/g, ''));
  });
});

describe('web chat', () => {
  test('buttons show their title and send their value', () => {
    expect(buttonsOf(show(richReply, 'webchat'))[0]).toEqual({
      type: 'messageBack',
      title: 'Corriger une réponse',
      displayText: 'Corriger une réponse',
      text: 'Corriger une réponse',
      value: { choose: 'do=correct' },
    });
  });

  test('only the last message carries the buttons', () => {
    expect(show(richReply, 'webchat')[0]?.suggestedActions).toBeUndefined();
  });

  test('telephone numbers are links, groups held together by U+00A0', () => {
    const text = readableCard('webchat');
    expect(text).toContain('[36\u00a046](tel:3646), du lundi');
    expect(text).toContain('En anglais : [09\u00a074\u00a075\u00a036\u00a046](tel:+33974753646)');
  });

  test('closed parts unfold, open ones are shown, boxes can be ticked', () => {
    const card = cardsOf(show(richReply, 'webchat'))[0];
    expect(card?.actions).toEqual([expect.objectContaining({ type: 'Action.ShowCard', title: 'Où envoyer' })]);
    expect(JSON.stringify(card?.body)).toContain('☐ S1106');
    expect(JSON.stringify(card?.body)).not.toContain('CPAM');
  });

  test('a card button shows the person what they pressed', () => {
    const json = JSON.stringify(cardsOf(show(richReply, 'webchat')));
    expect(json).toContain(
      '"data":{"choose":"ask=cpam-finder","__isBotFrameworkCardAction":true,"cardAction":{"type":"messageBack"',
    );
  });

  test('right-to-left is said on every card', () => {
    const card = cardsOf(show({ ...richReply, language: 'ar', direction: 'rtl' }, 'webchat'))[0] as {
      rtl?: boolean;
      lang?: string;
      actions: { card: object }[];
    };
    expect(card).toMatchObject({ rtl: true, lang: 'ar' });
    expect(card.actions[0]?.card).toMatchObject({ rtl: true, lang: 'ar' });
  });
});

const readableCard = (channel: string) => cardTexts(cardsOf(show(richReply, channel)));

describe('Teams', () => {
  test('buttons are in a card, one under the other, that send bare data: the chat’s own hints fail on some phones', () => {
    const activities = show(richReply, 'msteams');
    expect(buttonsOf(activities)).toEqual([]);
    const card = cardsOf(activities).at(-1) as { body: { type: string; actions: { data: unknown }[] }[] };
    expect(card.body.map((block) => [block.type, block.actions.length])).toEqual([
      ['ActionSet', 1],
      ['ActionSet', 1],
    ]);
    expect(card.body[0]?.actions[0]?.data).toEqual({ choose: 'do=correct' });
  });

  test('telephone numbers stay plain', () => {
    expect(readableCard('msteams')).not.toContain('tel:');
    expect(readableCard('msteams')).toContain('36\u00a046, du lundi');
  });

  test('at most six parts fold', () => {
    const cards = cardsOf(show(longReply(16, 1, 10), 'msteams')) as { actions?: unknown[] }[];
    for (const card of cards) expect(card.actions?.length ?? 0).toBeLessThanOrEqual(6);
  });
});

describe('plain channels', () => {
  test('options are numbered when there are no buttons', () => {
    const text = show(richReply, 'sms').at(-1)?.text ?? '';
    expect(text).toMatch(/1\. Trouver ma CPAM[\s\S]*\n2\. Corriger une réponse\n3\. Parler à quelqu’un$/);
    expect(text).not.toContain('**');
    expect(text).toContain('☐ S1106\n  rempli et signé');
  });

  test('short buttons on Facebook, a numbered list when one is too long', () => {
    const short = { ...richReply, choices: [{ title: 'Oui', value: 'children=true' }] };
    expect(buttonsOf(show(short, 'facebook'))).toEqual([{ type: 'imBack', title: 'Oui', value: 'Oui' }]);
    const long = show(
      { ...richReply, choices: [{ title: 'Je suis citoyen de l’Union européenne', value: 'nationality=eu' }] },
      'facebook',
    );
    expect(buttonsOf(long)).toEqual([]);
    expect(long.at(-1)?.text).toContain('2. Je suis citoyen');
  });

  test('a telephone line whose text has no number gets it', () => {
    const card = {
      kind: 'article' as const,
      title: 'T',
      sections: [{ heading: '', open: true, lines: [{ text: 'La ligne française', tel: '3646' }] }],
    };
    expect(show({ ...richReply, bubbles: [{ text: '', card }], choices: [] }, 'sms')[0]?.text).toContain(
      'La ligne française 3646',
    );
    expect(cardTexts(cardsOf(show({ ...richReply, bubbles: [{ text: '', card }] }, 'webchat')))).toContain(
      '[La ligne française](tel:3646)',
    );
  });
});

describe('Markdown', () => {
  const text = (words: string) => show({ ...richReply, bubbles: [{ text: words }], choices: [] }, 'webchat')[0]?.text;

  test.each([
    ['a\nb', 'a\n\nb'],
    ['a\n- b\n- c\nd', 'a\n\n- b\n- c\n\nd'],
    ['![x](https://e.example/x.png)', '! [x] (https://e.example/x.png)'],
    ['[x](javascript:alert(1))', '[x] (javascript:alert(1))'],
    ['<img src=x>', '< img src=x>'],
    ['3 < 4 mois', '3 < 4 mois'],
  ])('%j', (words, expected) => {
    expect(text(words)).toBe(expected);
  });
});
