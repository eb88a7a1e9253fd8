import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ProductProcess } from '../support/product-process';
import { type Backend, sqliteBackend } from './backend';
import { connectorTimeout, type FaultyConnector, type Shown, startFaultyConnector } from './faulty-connector';
import { directLineSecret, Person } from './person';

/** Settings of every product that a suite starts. */
export const settings = { DIRECTLINE_SECRET: directLineSecret, MESSAGES_PER_MINUTE: '1000000' };

/** Where people talked: a product on a bad day. */
export type Scene = { origin: string; backend: Backend; connector: FaultyConnector };

/**
 * Every answer has left: no turn is pending, nothing waits in the outbox, held or not. What a dead process held, and what waits for its next try, would take
 * half a minute: time passes faster here (one living process never posts an item twice at once).
 */
export async function delivered({ store, query }: Backend): Promise<void> {
  const waits = async () => [await store.pending.waiting('9999', 1), await store.waitingOutbox('9999', 1)].flat();
  for (let tries = 0; (await waits()).length > 0; tries += 1) {
    if (tries > 600) throw new Error('answers wait in the outbox for ever');
    if (tries === 1) await query("UPDATE pending_turns SET held_until = ''");
    if (tries % 10 === 1) await query("UPDATE outbox SET held_until = ''");
    await sleep(50);
  }
}

/** Where two windows begin to differ. */
function differ(seen: string[], expected: string[]): string {
  const line = expected.findIndex((text, number) => text !== seen[number]);
  const [one, other] = [seen[line] ?? '', expected[line] ?? ''];
  const from = Math.max(0, [...other].findIndex((letter, number) => letter !== one[number]) - 60);
  return `${seen.length} lines for ${expected.length}, line ${line}: …${one.slice(from, from + 160)} for …${other.slice(from, from + 160)}`;
}

/**
 * A product that nothing happens to. `compare` lets a second person say the same there, in the order in which the product on its bad day
 * has heard it, and gives what differs; `repeated` = messages that a connector showed twice because a post had no definite answer.
 */
export async function startCleanRun() {
  const backend = await sqliteBackend();
  const connector = await startFaultyConnector();
  const product = await ProductProcess.start({ ...settings, ...backend.environment });
  const clean: Scene = { origin: product.origin, backend, connector };

  async function compare(person: Person, number: number, scene: Scene, doubtful: Set<string>) {
    const wrong: string[] = [];
    const stored = await person.storedAs(scene.backend.store);
    const transcript = await scene.backend.store.transcript(stored);
    const heard = transcript.filter(({ from }) => from === 'person').map(({ text }) => text);
    for (const text of person.script) {
      const times = heard.filter((line) => line === text).length;
      if (times !== 1) wrong.push(`${person.kind}: "${text}" was heard ${times} times`);
    }
    if (wrong.length > 0) return { wrong, repeated: 0 };

    const twin = new Person(person.kind, number, connector.url);
    await twin.open(() => clean.origin);
    for (const text of heard) await twin.say(() => clean.origin, twin.script.indexOf(text));
    await delivered(backend);
    const twinStored = await twin.storedAs(backend.store);
    const [mine, other] = [await scene.backend.store.load(stored), await backend.store.load(twinStored)];
    if (!isDeepStrictEqual(mine?.saved, other?.saved) || mine?.revision !== other?.revision)
      wrong.push(`${person.kind}: another state than in a clean run`);
    const lines = (list: typeof transcript) => list.map(({ from, text }) => `${from}: ${text}`);
    if (!isDeepStrictEqual(lines(transcript), lines(await backend.store.transcript(twinStored))))
      wrong.push(`${person.kind}: another transcript than in a clean run`);

    if (person.kind === 'directline') {
      const [seen, expected] = [await person.window(scene.origin), await twin.window(clean.origin)];
      if (!isDeepStrictEqual(seen, expected))
        wrong.push(`directline: another window than in a clean run, ${differ(seen, expected)}`);
      return { wrong, repeated: 0 };
    }
    const expected = connector.shown(twin.conversation).map(({ key }) => key);
    let next = 0;
    let repeated = 0;
    let before: Shown | null = null;
    const mayRepeat = (shown: Shown) =>
      before !== null &&
      (before.doubt ||
        doubtful.has(`${person.conversation} ${before.key}`) ||
        shown.at - before.at >= connectorTimeout);
    for (const shown of scene.connector.shown(person.conversation)) {
      if (shown.key === expected[next]) {
        next += 1;
      } else if (shown.key === expected[next - 1] && mayRepeat(shown)) repeated += 1;
      else
        wrong.push(
          `connector: ${expected.includes(shown.key) ? 'doubled or out of order' : 'unknown'} ${shown.key}, ${Math.round(shown.at - (before?.at ?? shown.at))} ms after the one before`,
        );
      before = shown;
    }
    if (next < expected.length) wrong.push(`connector: ${expected.length - next} of ${expected.length} answers lost`);
    return { wrong, repeated };
  }

  return {
    compare,
    close: async () => {
      await product.kill();
      await connector.close();
      await backend.close();
    },
  };
}
