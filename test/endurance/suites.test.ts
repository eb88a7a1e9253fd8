import { type Report, takeSteps } from './suite';
import { suites } from './suites';

/** The full proofs are `npm run endurance -- NAME`; here their first steps. */
test.each(Object.entries(suites))(
  '%s, in small',
  async (_, suite) => {
    const reports: Report[] = [];
    await takeSteps(suite, 'small', { seed: 20261122, to: suite.steps.small }, (report) => void reports.push(report));
    expect(suite.judge(reports).wrong).toEqual([]);
  },
  180_000,
);
