import { crashOnce, seeded } from './crash';

/** `npm run endurance -- handoff` sets more. */
const crashes = Number(process.env.CRASHES ?? 5);

test(
  `killed at ${crashes} random moments of a handoff, the product loses nothing and says nothing twice`,
  async () => {
    const random = seeded(Number(process.env.SEED ?? 20261122));
    const wrong: string[] = [];
    for (let count = 0; count < crashes; count += 1)
      wrong.push(...(await crashOnce(random)).map((line) => `crash ${count}: ${line}`));
    expect(wrong).toEqual([]);
  },
  crashes * 30_000,
);
