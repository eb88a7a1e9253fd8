import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { TurnTrace } from '../../src/cli/expect';
import { StoryPlayer } from '../../src/cli/stories';
import { Story } from '../../src/cli/story';
import { openLibrary } from '../../src/library/compile';

type Turn = { user?: Record<string, string>; choose?: string; expect?: object };
const stories = parse(readFileSync(join(__dirname, '../fixtures/same-story.yaml'), 'utf8')) as {
  story: string;
  today: string;
  turns: Turn[];
}[];
const live = openLibrary().languages.filter((language) => language.live);
const cases = stories.flatMap((story) => live.map(({ code }) => [story.story, code, story] as const));

let player: StoryPlayer;
beforeAll(async () => {
  player = await StoryPlayer.open();
});

/** The story in one language: the same buttons, that language's sentences. */
const inLanguage = ({ story, today, turns }: (typeof stories)[number], code: string): Story =>
  Story.parse({
    story,
    today,
    locale: code,
    turns: turns.map(({ user, ...turn }) => ({ ...turn, ...(user ? { user: user[code] } : {}) })),
  });

/** Where the conversation stands, without its words; an article may be answered or offered (`expect` names the right one). */
const standing = ({ text: _text, language: _language, articles: _articles, ...rest }: TurnTrace) => ({
  ...rest,
  status: rest.status === 'suggested' ? 'answered' : rest.status,
});

test.each(cases)('%s: in %s the conversation takes the same way', async (_name, code, story) => {
  const { failures, traces } = await player.play(inLanguage(story, code));
  const french = await player.play(inLanguage(story, 'fr'));
  expect(failures).toEqual([]);
  expect(traces.map((trace) => trace.language)).toEqual(traces.map(() => code));
  expect(traces.map(standing)).toEqual(french.traces.map(standing));
  for (const { text } of traces) expect(text).not.toMatch(/\{\{|undefined|\[object|NaN/);
});
