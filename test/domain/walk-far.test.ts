import { interviewMany } from '../support/walk';

/** The larger half of the million random profiles, beside walk.test.ts on the other core; a thousandth of it without `WALK=full`. */
test('many more random profiles agree with the vocabulary', () => {
  const count = process.env.WALK === 'full' ? 600_000 : 600;
  interviewMany(19450821, count);
  process.stdout.write(`more random profiles: ${count}\n`);
}, 120_000);
