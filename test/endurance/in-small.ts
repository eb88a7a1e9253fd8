import { type Report, type Suite, takeSteps } from './suite';

/** The first steps of a long proof, as a test; the full one is `npm run endurance -- NAME`. A file each: the workers share them out. */
export function inSmall(name: string, suite: Suite): void {
  test(`${name}, in small`, async () => {
    const reports: Report[] = [];
    await takeSteps(suite, 'small', { seed: 20261122, to: suite.steps.small }, (report) => void reports.push(report));
    expect(suite.judge(reports).wrong).toEqual([]);
  }, 180_000);
}
