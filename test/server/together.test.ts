import { setImmediate as nextRound } from 'node:timers/promises';
import { createTogether } from '../../src/server/together';

test('who comes in one round goes on in one, each step beside the others; who comes later waits for the next', async () => {
  const together = createTogether();
  const steps: string[] = [];
  const serve = async (name: string) => {
    await together();
    steps.push(`${name} first`);
    await null;
    steps.push(`${name} second`);
  };
  const early = [serve('a'), serve('b')];
  expect(steps).toEqual([]);
  await Promise.all(early);
  expect(steps).toEqual(['a first', 'b first', 'a second', 'b second']);
  await serve('c');
  expect(steps.slice(4)).toEqual(['c first', 'c second']);
});

test('a crowd goes on in groups, and all of it in the same round', async () => {
  const together = createTogether();
  const waits = Array.from({ length: 100 }, () => together());
  expect(new Set(waits).size).toBe(4);
  const all = Promise.all(waits).then(() => true);
  await nextRound();
  await expect(Promise.race([all, nextRound(false)])).resolves.toBe(true);
});
