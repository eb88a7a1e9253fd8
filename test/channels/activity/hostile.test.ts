import { capabilitiesOf } from '../../../src/channels/activity/capabilities';
import { replyToActivities } from '../../../src/channels/activity/reply-to-activities';
import type { Reply } from '../../../src/conversation/reply';

const hostile = [
  '![x](https://evil.example/a.png)',
  '![x][1]\n\n[1]: https://evil.example/a.png',
  '[press](javascript:alert(1))',
  '[tel](https://evil.example)',
  '<img src="https://evil.example/a.png" onerror="alert(1)">',
  '<script>alert(1)</script>',
  '<!-- --><style>*{background:url(https://evil.example)}</style>',
  '</div><iframe src=//evil.example></iframe>',
  '\u202egnp.a\u202c',
].join('\n');

/** Hostile words wherever words from outside can stand: what an adviser writes, their name, a line, a note, a heading. */
const reply: Reply = {
  language: 'fr',
  direction: 'ltr',
  status: 'asked',
  bubbles: [
    {
      text: hostile,
      by: hostile,
      card: {
        kind: 'outcome',
        title: hostile,
        sections: [
          {
            heading: hostile,
            open: true,
            lines: [
              { text: hostile, note: hostile },
              { text: `${hostile} 36 46`, tel: '3646' },
            ],
          },
          { heading: 'folded', open: false, lines: [{ text: hostile, mark: true }] },
        ],
      },
    },
  ],
  choices: [],
  articles: [],
};

/** Every text of an activity that a channel reads as Markdown: its own, and those of blocks of text in cards. */
function* markdownOf(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const child of node) yield* markdownOf(child);
  else if (typeof node === 'object' && node !== null) {
    const { type, text, textFormat } = node as { type?: string; text?: string; textFormat?: string };
    if (text !== undefined && (type === 'TextBlock' || textFormat === 'markdown')) yield text;
    for (const child of Object.values(node)) yield* markdownOf(child);
  }
}

test.each(['webchat', 'directline', 'emulator', 'msteams', 'facebook', 'telegram', 'slack', 'email', 'sms', 'unknown'])(
  'on %s hostile words become no picture, no link and no HTML',
  (channel) => {
    const activities = replyToActivities(reply, capabilitiesOf(channel));
    const markdown = [...markdownOf(activities)];
    expect(markdown.length > 0).toBe(capabilitiesOf(channel).markdown);
    for (const text of markdown) {
      expect(text).not.toMatch(/!\[/);
      expect(text).not.toMatch(/\]\((?!tel:3646\))/);
      expect(text).not.toMatch(/\][[:]/);
      expect(text).not.toMatch(/<[a-z/!?]/i);
    }
    const drawn = JSON.stringify(activities);
    expect(drawn).not.toMatch(
      /"type":"(?:Image|ImageSet|Media|Action\.OpenUrl|RichTextBlock)"|contentUrl|thumbnail|backgroundImage|"format":"html"/i,
    );
    if (!capabilitiesOf(channel).markdown) for (const { textFormat } of activities) expect(textFormat).toBe('plain');
  },
);
