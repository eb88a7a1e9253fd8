import {
  ActivityInvalid,
  activityToInbound,
  longestTextKept,
} from '../../../src/channels/activity/activity-to-inbound';

const meta = { conversationId: 'c1', activityId: 'a1', channel: 'directline' };
const read = (activity: unknown) => activityToInbound(activity, meta);

describe('what a person sends', () => {
  test.each<[string, object, object]>([
    ['typed text', { type: 'message', text: 'bonjour' }, { kind: 'message', text: 'bonjour' }],
    [
      'a pressed button',
      { type: 'message', text: 'Oui', value: { choose: 'children=true' } },
      { kind: 'choice', value: 'children=true', text: 'Oui' },
    ],
    [
      'a card button without text',
      { type: 'message', value: { choose: 'do=restart', msteams: {} } },
      { kind: 'choice', value: 'do=restart', text: '' },
    ],
    [
      'a value in a string',
      { type: 'message', text: 'Oui', value: 'permit=receipt' },
      { kind: 'choice', value: 'permit=receipt' },
    ],
    [
      'a value as JSON in a string',
      { type: 'message', value: '{"choose":"lang=en"}' },
      { kind: 'choice', value: 'lang=en' },
    ],
    ['a string that is no value', { type: 'message', value: 'bonjour' }, { kind: 'message', text: 'bonjour' }],
    [
      'a value that is not ours',
      { type: 'message', text: 'salut', value: { x: 1 } },
      { kind: 'message', text: 'salut' },
    ],
    ['only a file', { type: 'message', attachments: [{}] }, { kind: 'message', text: '' }],
    ['null text', { type: 'message', text: null }, { kind: 'message', text: '' }],
    ['a page that joins', { type: 'event', name: 'webchat/join' }, { kind: 'joined' }],
    [
      'somebody added',
      { type: 'conversationUpdate', recipient: { id: 'bot' }, membersAdded: [{ id: 'bot' }, { id: 'u' }] },
      { kind: 'joined' },
    ],
  ])('%s', (_title, activity, expected) => {
    expect(read(activity)).toMatchObject({ ...meta, from: 'person', ...expected });
  });

  test.each<[string, object]>([
    ['typing', { type: 'typing' }],
    ['the bot itself added', { type: 'conversationUpdate', recipient: { id: 'bot' }, membersAdded: [{ id: 'bot' }] }],
    ['somebody gone', { type: 'conversationUpdate', membersRemoved: [{ id: 'u' }] }],
    ['a reaction', { type: 'messageReaction' }],
    ['an unknown event', { type: 'event', name: 'x' }],
    ['an unknown type', { type: 'whatever' }],
  ])('%s needs no answer', (_title, activity) => {
    expect(read(activity)).toBeNull();
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a string', 'message'],
    ['no type', { text: 'a' }],
    ['an empty type', { type: '' }],
    ['a number for a type', { type: 4 }],
    ['text that is a list', { type: 'message', text: ['a'] }],
  ])('%s is not an activity', (_title, activity) => {
    expect(() => read(activity)).toThrow(ActivityInvalid);
    expect(() => read(activity)).toThrow(expect.objectContaining({ code: 'ACTIVITY_INVALID', httpStatus: 400 }));
  });

  test('a very long text is kept up to a limit, for a polite refusal', () => {
    expect(read({ type: 'message', text: 'é'.repeat(50_000) })?.text).toHaveLength(longestTextKept);
  });

  test('NUL and half characters do not get in, not even where the text is cut', () => {
    expect(read({ type: 'message', text: 'a\0b\ud83dc' })?.text).toBe('abc');
    expect(read({ type: 'message', text: `${'a'.repeat(longestTextKept - 1)}😀` })?.text).toBe(
      'a'.repeat(longestTextKept - 1),
    );
  });

  test.each([
    ['a personal number', 'do=x1840575100548'],
    ['a personal number with points', 'do=1.84.05.75.100.548'],
    ['something longer than any of ours', 'x'.repeat(301)],
    ['words', 'do=my name is Ana'],
  ])('a button value with %s is not kept', (_what, choose) => {
    expect(read({ type: 'message', value: { choose } })).toMatchObject({ kind: 'choice', value: 'do=unknown' });
  });

  test.each(['children=true', 'sentOn=2026-02-10', 'ask=form-s1106', 'lang=zh', 'entry=+33:a,b_c.d'])(
    'the button value %s is handed on',
    (choose) => {
      expect(read({ type: 'message', value: { choose } })?.value).toBe(choose);
    },
  );

  test.each([
    ['fr-18405751-01644', 'fr'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['es-419', 'es-419'],
    ['ca-ES-valencia', 'ca-ES'],
    ['sr-Latn', 'sr-Latn'],
    ['18405751', undefined],
  ])('of the locale %s only language, script and region are kept', (locale, kept) => {
    expect(read({ type: 'message', locale })?.locale).toBe(kept);
  });

  test('the locale comes from the channel, then from the activity, and never as rubbish', () => {
    expect(activityToInbound({ type: 'message', locale: 'fr-FR' }, { ...meta, locale: 'en-GB' })?.locale).toBe('en-GB');
    expect(read({ type: 'message', locale: 'fr-FR' })?.locale).toBe('fr-FR');
    expect(read({ type: 'message', locale: '<script>' })?.locale).toBeUndefined();
  });
});
