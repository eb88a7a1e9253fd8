import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoryPlayer } from '../../src/cli/stories';
import { parseStories } from '../../src/cli/story';

const stories = readdirSync(__dirname)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) =>
    parseStories(name, readFileSync(join(__dirname, name), 'utf8')).map(
      (story) => [`${name}: ${story.story}`, story] as const,
    ),
  );

let player: StoryPlayer;
beforeAll(async () => {
  player = await StoryPlayer.open();
});

test.each(stories)('%s', async (_name, story) => {
  const { failures, traces } = await player.play(story);
  expect(failures).toEqual([]);
  for (const { text } of traces) expect(text).not.toMatch(/\{\{|undefined|\[object|NaN/);
});
