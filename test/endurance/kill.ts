import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../support/postgres';
import { ProductProcess } from '../support/product-process';
import { type Backend, postgresBackend, sqliteBackend } from './backend';
import { delivered, type Scene, settings, startCleanRun } from './clean-run';
import { type FaultyConnector, keyOf, startFaultyConnector } from './faulty-connector';
import { Person } from './person';
import { allWrong, type Course, type Suite, seeded, sum } from './suite';

/** How many talk with one product at once, and how many products of each database run side by side. */
const people = 4;
const productsOf = { full: 6, small: 1 };

/** One product on one database, killed once a step. */
type Victim = { backend: Backend; connector: FaultyConnector; product: ProductProcess; chance: { next(): number } };

async function startVictim(backend: Backend): Promise<Victim> {
  const chance = { next: () => 1 };
  const connector = await startFaultyConnector(() => chance.next());
  const product = await ProductProcess.start({ ...settings, ...backend.environment });
  return { backend, connector, product, chance };
}

/**
 * Says the whole script. The channel is a bad one: a message comes twice at once, or again later, or two of them come in any order.
 * `taken` is called with each message that was taken.
 */
async function talk(person: Person, origin: () => string, random: () => number, taken: () => void): Promise<number> {
  let sent = 0;
  const say = async (number: number) => {
    sent += 1;
    await person.say(origin, number);
    taken();
  };
  await person.open(origin);
  for (let number = 0; number < person.script.length; ) {
    const chance = random();
    if (chance < 0.15) await Promise.all([say(number), say(number)]);
    else if (chance < 0.3 && number > 0) await Promise.all([say(number), say(Math.floor(random() * number))]);
    else if (chance < 0.45 && number + 1 < person.script.length) {
      await Promise.all([say(number + 1), say(number)]);
      number += 1;
    } else await say(number);
    number += 1;
  }
  return sent;
}

/** Posts that the dead process may have made and never heard of. */
async function inDoubt({ query }: Backend): Promise<Set<string>> {
  const rows = await query('SELECT payload FROM outbox WHERE unsure > 0');
  return new Set(
    rows.map(({ payload }) => {
      const { reference, activity } = JSON.parse(payload as string);
      return `${reference.conversation.id} ${keyOf({ ...activity, replyToId: reference.activityId })}`;
    }),
  );
}

/** Kills the product in the middle of the talk of several people, starts it again, and looks at everything when all have been heard. */
async function killOnce(victim: Victim, clean: Awaited<ReturnType<typeof startCleanRun>>, random: () => number) {
  const { backend, connector } = victim;
  victim.chance.next = random;
  const faultsBefore = connector.faults();
  const talkers = Array.from({ length: people }, (_, number) => {
    return new Person(number % 2 === 0 ? 'directline' : 'connector', Math.floor(number / 2), connector.url);
  });
  const scriptLength = talkers.reduce((total, { script }) => total + script.length, 0);
  const fatal = Math.floor(random() * scriptLength);
  const delay = random() * 15;
  // Each has numbers of their own, so that who is faster changes nothing.
  const own = talkers.map(() => seeded(Math.floor(random() * 1e9)));
  let taken = 0;
  let strike: () => void = () => {};
  const struck = new Promise<void>((resolve) => {
    strike = resolve;
  });
  const talks = talkers.map((person, number) => {
    return talk(
      person,
      () => victim.product.origin,
      own[number] as () => number,
      () => ++taken > fatal && strike(),
    );
  });
  await struck;
  await sleep(delay);
  await victim.product.kill();
  const doubtful = await inDoubt(backend);
  const PORT = new URL(victim.product.origin).port;
  victim.product = await ProductProcess.start({ ...settings, ...backend.environment, PORT });
  const sent = (await Promise.all(talks)).reduce((total, number) => total + number, 0);
  await delivered(backend);
  const scene: Scene = { origin: victim.product.origin, backend, connector };
  const wrong: string[] = [];
  let repeated = 0;
  for (const [number, person] of talkers.entries()) {
    const seen = await clean.compare(person, Math.floor(number / 2), scene, doubtful);
    wrong.push(...seen.wrong.map((line) => `${backend.name}, ${line}`));
    repeated += seen.repeated;
  }
  const faults = connector.faults() - faultsBefore;
  return {
    wrong,
    kills: 1,
    database: backend.name,
    messages: scriptLength,
    again: sent - scriptLength,
    faults,
    repeated,
  };
}

async function open(size: 'full' | 'small'): Promise<Course> {
  const [server, clean] = await Promise.all([startPostgres(), startCleanRun()]);
  const backends = Array.from({ length: productsOf[size] }, () => [sqliteBackend(), postgresBackend(server)]).flat();
  const victims = await Promise.all(backends.map(async (backend) => startVictim(await backend)));
  return {
    async step(_, random) {
      const own = victims.map(() => seeded(Math.floor(random() * 1e9)));
      const rounds = victims.map((victim, number) => killOnce(victim, clean, own[number] as () => number));
      const seen = await Promise.all(rounds);
      const total = (name: 'messages' | 'again' | 'faults' | 'repeated') => sum(seen, name);
      return {
        wrong: allWrong(seen),
        SQLite: seen.filter(({ database }) => database === 'SQLite').length,
        PostgreSQL: seen.filter(({ database }) => database === 'PostgreSQL').length,
        messages: total('messages'),
        again: total('again'),
        faults: total('faults'),
        repeated: total('repeated'),
      };
    },
    close: async () => {
      await clean.close();
      for (const { product, connector, backend } of victims) {
        await product.kill();
        await connector.close();
        await backend.close();
      }
      await server.stop();
    },
  };
}

/** Every acknowledged message has its effect exactly once, whenever the process dies. */
export const kill: Suite = {
  what: 'kill -9 at random moments under load',
  steps: { full: 34, small: 3 },
  open,
  judge: (reports) => ({
    result:
      `${sum(reports, 'SQLite')} kills on SQLite, ${sum(reports, 'PostgreSQL')} on PostgreSQL; ${sum(reports, 'messages')} messages, ` +
      `${sum(reports, 'again')} sent again, ${sum(reports, 'faults')} faults of the connector; ${allWrong(reports).length} lost, doubled ` +
      `or other than in a clean run; ${sum(reports, 'repeated')} answers repeated by a connector, each after a post without a definite answer`,
    wrong: allWrong(reports),
  }),
};
