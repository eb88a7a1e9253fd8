import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../support/postgres';
import { ProductProcess } from '../support/product-process';
import { startRoundRobin } from '../support/round-robin';
import { postgresBackend } from './backend';
import { settings, startCleanRun } from './clean-run';
import { keyOf, startFaultyConnector } from './faulty-connector';
import { Person } from './person';
import { allWrong, type Course, quantile, type Report, type Suite, sum } from './suite';

/** How long people talk in one step, and how many at once. */
const secondsOf = { full: 30, small: 6 };
const lanes = 6;
/** Milliseconds from one kill to the next, as long as both instances are up again. */
const killEvery = 3000;

async function open(size: 'full' | 'small'): Promise<Course> {
  const [server, clean] = await Promise.all([startPostgres(), startCleanRun()]);
  const backend = await postgresBackend(server);
  const environment = { ...settings, ...backend.environment };
  const instances = [await ProductProcess.start(environment), await ProductProcess.start(environment)];
  const balancer = await startRoundRobin(() => instances.map(({ origin }) => origin));
  const chance = { next: () => 1 };
  const connector = await startFaultyConnector(() => chance.next());

  /** Items that a dead instance was posting: who lives is done with a post long before three seconds have passed. */
  async function leftByTheDead(doubtful: Set<string>): Promise<void> {
    const look = () => backend.query('SELECT id, held_until, payload FROM outbox WHERE unsure > 0');
    const before = new Map((await look()).map(({ id, held_until }) => [id, held_until]));
    await sleep(3000);
    for (const { id, held_until, payload } of await look()) {
      if (before.get(id) !== held_until) continue;
      const { reference, activity } = JSON.parse(payload as string);
      doubtful.add(`${reference.conversation.id} ${keyOf({ ...activity, replyToId: reference.activityId })}`);
    }
  }

  async function step(_: number, random: () => number): Promise<Report> {
    chance.next = random;
    const until = Date.now() + secondsOf[size] * 1000;
    const met: { person: Person; number: number }[] = [];
    const underWay = new Map<number, number[]>();
    const recoveries: number[] = [];
    let serial = 0;
    const origin = () => balancer.url;

    async function lane(number: number): Promise<void> {
      while (Date.now() < until) {
        const person = new Person(number % 2 === 0 ? 'directline' : 'connector', number, connector.url);
        met.push({ person, number });
        await person.open(origin);
        for (let sentence = 0; sentence < person.script.length; sentence += 1) {
          const mine = serial++;
          underWay.set(mine, []);
          await Promise.all([person.say(origin, sentence), ...(random() < 0.1 ? [person.say(origin, sentence)] : [])]);
          for (const killedAt of underWay.get(mine) ?? []) recoveries.push(performance.now() - killedAt);
          underWay.delete(mine);
        }
      }
    }

    const doubtful = new Set<string>();
    const looks: Promise<void>[] = [];
    let kills = 0;
    async function strike(): Promise<void> {
      while (Date.now() + killEvery / 2 < until) {
        await sleep(killEvery * (0.5 + random()));
        const victim = kills % instances.length;
        const { origin: address } = instances[victim] as ProductProcess;
        await (instances[victim] as ProductProcess).kill();
        kills += 1;
        for (const hits of underWay.values()) hits.push(performance.now());
        looks.push(leftByTheDead(doubtful));
        instances[victim] = await ProductProcess.start({ ...environment, PORT: new URL(address).port });
      }
    }

    await Promise.all([strike(), ...Array.from({ length: lanes }, (_, number) => lane(number))]);
    await Promise.all(looks);
    // Two instances live: what the dead held really has to be waited for.
    for (let tries = 0; (await backend.store.waitingOutbox('9999', 1)).length > 0; tries += 1) {
      if (tries > 1200) throw new Error('answers wait in the outbox for ever');
      await sleep(100);
    }
    const wrong: string[] = [];
    let repeated = 0;
    for (const { person, number } of met) {
      const seen = await clean.compare(person, number, { origin: balancer.url, backend, connector }, doubtful);
      wrong.push(...seen.wrong);
      repeated += seen.repeated;
    }
    return { wrong, kills, conversations: met.length, messages: serial, repeated, recoveries };
  }

  return {
    step,
    close: async () => {
      await Promise.all([...instances.map((instance) => instance.kill()), clean.close(), balancer.close()]);
      await connector.close();
      await backend.close();
      await server.stop();
    },
  };
}

/** Two instances on one PostgreSQL behind a plain balancer: one of them dies every few seconds, and nobody loses a word. */
export const instances: Suite = {
  what: 'two instances on PostgreSQL behind a balancer, one killed every few seconds, {steps} × 30 s',
  steps: { full: 4, small: 1 },
  open,
  judge(reports) {
    const recoveries = reports.flatMap((report) => report.recoveries as number[]);
    const p90 = Math.round(quantile(recoveries, 0.9));
    const slow = recoveries.length >= 20 && p90 > 2000 ? [`p90 of recovery ${p90} ms, more than 2,000`] : [];
    return {
      result:
        `${sum(reports, 'kills')} kills, ${sum(reports, 'conversations')} conversations, ${sum(reports, 'messages')} messages; ` +
        `${allWrong(reports).length} lost, doubled or other than in a clean run; ${sum(reports, 'repeated')} connector answers repeated after ` +
        `a post without a definite answer; messages under way at a kill: ${recoveries.length}, answered after p50 ` +
        `${Math.round(quantile(recoveries, 0.5))} ms, p90 ${p90} ms`,
      wrong: [...allWrong(reports), ...slow],
    };
  },
};
