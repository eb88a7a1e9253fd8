import { cardsIn, checkCard } from '../../../src/channels/teams/check-card';
import { findingLine } from '../../../src/channels/teams/finding';
import { checkFile } from '../../../src/cli/teams-check';

const submit = { type: 'Action.Submit', title: 'Oui', data: { choose: 'permit=none' } };
const text = { type: 'TextBlock', text: 'Bonjour', wrap: true };
const card = { type: 'AdaptiveCard', version: '1.5', fallbackText: 'Bonjour', body: [text], actions: [submit] };
const lines = (value: unknown): string[] => checkCard('card', value).map(findingLine);
const withAction = (action: object) => ({ ...card, actions: [submit, action] });
const fold = (inner: object) => withAction({ type: 'Action.ShowCard', title: 'Plus', card: inner });

test('a good card passes, with folded parts too', () => {
  expect(lines(card)).toEqual([]);
  expect(lines(fold({ type: 'AdaptiveCard', body: [{ type: 'Container', items: [text] }] }))).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['no card', { type: 'TextBlock' }, /^card: not an Adaptive Card$/],
  ['a newer version', { ...card, version: '1.6' }, /^card: version: version 1\.6, Teams draws at most 1\.5$/],
  ['no version', { ...card, version: undefined }, /^card: version: no version/],
  ['no fallback text', { ...card, fallbackText: ' ' }, /^card: fallbackText: missing/],
  [
    'Action.Execute',
    withAction({ type: 'Action.Execute', title: 'Oui' }),
    /^card: actions\[1\]: Action\.Execute is not used: only Action\.Submit/,
  ],
  [
    'a link',
    withAction({ type: 'Action.OpenUrl', title: 'Site', url: 'http://ameli.fr' }),
    /^card: actions\[1\]: an Action\.OpenUrl without an https address/,
  ],
  [
    'a link in a folded part',
    fold({ type: 'AdaptiveCard', body: [{ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'x' }] }] }),
    /^card: actions\[1\]\.card\.body\[0\]\.actions\[0\]: an Action\.OpenUrl/,
  ],
  [
    'a press on a container',
    { ...card, body: [{ type: 'Container', items: [], selectAction: { type: 'Action.Execute', title: 'x' } }] },
    /^card: body\[0\]\.selectAction: Action\.Execute/,
  ],
  ['a refresh', { ...card, refresh: { action: { type: 'Action.Execute' } } }, /^card: refresh: needs Action\.Execute/],
  ['a button without a title', withAction({ ...submit, title: '' }), /^card: actions\[1\]: a button without a title$/],
  [
    'a button that sends a text',
    withAction({ ...submit, data: 'permit=none' }),
    /^card: actions\[1\]: an Action\.Submit whose data is no object$/,
  ],
  [
    'a picture',
    { ...card, body: [{ type: 'Image', url: 'https://example.org/a.png' }] },
    /^card: body\[0\]: element Image is not used$/,
  ],
  ['a text without text', { ...card, body: [{ type: 'TextBlock' }] }, /^card: body\[0\]: a TextBlock without text$/],
  ['an element of no kind', { ...card, body: [{ text: 'x' }] }, /^card: body\[0\]: no type$/],
  [
    'a card of 28 KB in letters of two bytes',
    { ...card, body: [{ ...text, text: 'é'.repeat(14_300) }] },
    /^card: 28\d{3} bytes, a card must have less than 28672$/,
  ],
])('rejected: %s', (_name, value, reason) => {
  expect(lines(value)).toContainEqual(expect.stringMatching(reason));
});

test('a file may hold a card, a message or a list; the card at fault is named', () => {
  const message = { type: 'message', attachments: [{ content: card }, { content: { ...card, version: '2.0' } }] };
  expect(cardsIn([message, card])).toHaveLength(3);
  const check = (value: unknown) =>
    checkFile('a.json', Buffer.from(JSON.stringify(value)), { languages: [], secrets: [] }).map(findingLine);
  expect(check(message)).toEqual(['a.json card 2: version: version 2.0, Teams draws at most 1.5']);
  expect(check(card)).toEqual([]);
  expect(check([])).toEqual(['a.json: no card in it']);
});
