import { askSeedQuestions } from '../../src/cli/seed-questions';
import { openLibrary } from '../../src/library/compile';
import { projectRoot } from '../../src/library/project-root';

test('the questions this project began with land on a topic that answers them, in every live language', async () => {
  const landings = await askSeedQuestions(projectRoot);
  const live = openLibrary().languages.filter((language) => language.live);
  expect(landings).toHaveLength(78 * live.length);
  expect(landings.filter(({ as }) => as === 'missed').map(({ language, asked }) => `${language}: ${asked}`)).toEqual(
    [],
  );
}, 120_000);
