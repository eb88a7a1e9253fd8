import { Client } from 'pg';
import type { Logger, StoreNews } from '../conversation/ports';
import { createTrouble } from '../conversation/trouble';
import { inTime } from '../in-time';
import { channel, deskChannel } from './sql/postgres-statements';

/** Milliseconds before a lost listener is opened again. */
const listenAgainAfter = 1000;
/** Milliseconds that connecting may take. */
const connectionTimeoutMillis = 5000;
/** Milliseconds that a farewell may take: a connection that is cut never answers it. */
const longestFarewell = 500;

/** Listens on a connection of its own (a pooler would lose it), opened again when it breaks; ends with the function that it gives. */
export async function listen(url: string, logger: Logger, news: StoreNews): Promise<() => Promise<void>> {
  let client: Client | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const broken = createTrouble(logger, 'warn', 'STORE_CONNECTION', 'the listening connection broke');
  const again = (error: unknown) => {
    if (stopped || timer) return;
    broken.meets(error);
    void client?.end().catch(() => {});
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, listenAgainAfter);
  };
  async function open(): Promise<void> {
    client = new Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis,
      application_name: 'guichet-listen',
    });
    client.on('notification', (hint) => {
      if (hint.channel === deskChannel) news.desk();
      else if (hint.payload) news.log(hint.payload);
    });
    client.on('error', again);
    client.on('end', () => again(undefined));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}; LISTEN ${deskChannel}`);
      broken.ends();
      // What was said meanwhile.
      news.desk();
    } catch (error) {
      again(error);
    }
  }
  await open();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    if (client) await inTime(client.end(), longestFarewell).catch(() => {});
  };
}
