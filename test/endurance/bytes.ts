import { existsSync, readFileSync } from 'node:fs';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { Target } from './fuzz';
import { pick, type Random, text, times } from './hostile';
import { findNeedles, flatten, invent } from './identities';
import { allWrong, type Course, type Report, type Suite, sum } from './suite';

/** Messages of a step, and how many are on their way at once. */
const messages = { full: 1000, small: 200 };
const abreast = 8;
/** A word that identifies nobody: it must be found, or the search finds nothing at all. */
const control = 'Zwiebelmarmelade';

const around = [
  'bonjour, $ merci',
  'my number is $',
  'voilà $',
  'رقمي $',
  '我的号码 $',
  '$',
  'мой номер $, это всё',
  'tel $ ok',
];

/** Everywhere where a person, or the program of a channel, can put something. */
function fields(random: Random, given: () => string): { activity: Record<string, unknown>; conversation: string } {
  const said = pick(random, around).replace('$', given());
  return {
    conversation: given(),
    activity: {
      type: 'message',
      id: given(),
      text: random() < 0.2 ? `${text(random)} ${said}` : said,
      ...(random() < 0.2 ? { value: pick(random, [{ choose: `ask=${given()}` }, { choose: given() }, given()]) } : {}),
      locale: pick(random, ['fr-FR', 'en', 'ar', 'zh', `fr-${given()}`]),
      channelData: {
        clientActivityID: given(),
        messageBack: { displayText: said },
        secret: given(),
      },
      from: { id: given(), name: given() },
      recipient: { id: 'bot', name: given() },
      entities: [{ type: 'mention', text: given(), mentioned: { id: 'bot', name: given() } }],
      attachments: [{ contentType: 'text/plain', name: given(), content: given() }],
      localTimezone: given(),
    },
  };
}

/** Sends messages full of invented numbers through both doors. */
async function tell(target: Target, random: Random, count: number, given: () => string): Promise<void> {
  let place = await target.open();
  for (let sent = 0; sent < count; sent++) {
    if (sent % 20 === 19) place = await target.open();
    const { activity, conversation } = fields(random, given);
    const path = `/v3/directline/conversations/${place.conversationId}/activities`;
    const headers = { authorization: `Bearer ${place.token}`, 'x-forwarded-for': encodeURIComponent(given()) };
    if (sent === 0) await target.post(path, { type: 'message', text: control }, headers);
    if (random() < 0.6) await target.post(path, activity, headers);
    else if (random() < 0.1) await target.post(path, { ...activity, type: 'event', name: given() }, headers);
    else {
      const channelId = pick(random, ['sms', 'webchat', 'msteams']);
      const sent = { ...activity, channelId, serviceUrl: target.serviceUrl, conversation: { id: conversation } };
      await target.post('/api/messages', { ...sent, deliveryMode: 'expectReplies' });
    }
  }
}

/** Sends such numbers to other addresses too. */
async function tellElsewhere(target: Target, given: () => string): Promise<void> {
  for (let count = 0; count < 3; count++) {
    await target.post('/adviser/api/sign-in', { name: given(), password: given() });
    await target.post('/api/directline/token', { code: given(), locale: given() });
    await target.post(`/v3/directline/conversations/${encodeURIComponent(given())}/activities`, { text: given() });
    await target.raw(
      Buffer.from(`GET /${encodeURIComponent(given())}?q=${given()} HTTP/1.1\r\nHost: x\r\n\r\n`),
      () => 0,
    );
  }
}

async function dumpPostgres(url: string): Promise<Buffer> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  const tables = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  const rows = await Promise.all(
    tables.rows.map(({ tablename }) => client.query(`SELECT t::text FROM "${tablename}" t`)),
  );
  await client.end();
  return Buffer.from(rows.flatMap((result) => result.rows.map((row) => String(row.t))).join('\n'));
}

const readFiles = (file: string): Buffer =>
  Buffer.concat(
    ['', '-wal', '-shm']
      .map((end) => `${file}${end}`)
      .filter(existsSync)
      .map((path) => readFileSync(path)),
  );

async function openBytes(size: 'full' | 'small'): Promise<Course> {
  const postgres: TestPostgres | null = size === 'full' ? await startPostgres() : null;
  return {
    async step(number, random) {
      const url = postgres && number % 2 === 1 ? await postgres.newDatabase() : undefined;
      const target = await Target.start({ LOG_LEVEL: 'trace', ...(url ? { DATABASE_URL: url } : {}) });
      const needles = new Set<string>();
      try {
        const given = () => {
          const { needle, written } = invent(random);
          needles.add(needle);
          return written;
        };
        const each = messages[size] / abreast;
        await Promise.all(times(abreast, () => tell(target, random, each, given)));
        await tellElsewhere(target, given);
        const metrics = await (await fetch(`${target.product.origin}/metrics`)).text();
        const store = url ? await dumpPostgres(url) : readFiles(target.file);
        const places = { store, log: Buffer.concat(target.logged), metrics: Buffer.from(metrics) };
        const wrong = Object.entries(places).flatMap(([place, bytes]) => {
          return findNeedles(flatten(bytes), needles).map((needle) => `${needle} is in the ${place}`);
        });
        if (!flatten(store).includes(control.toUpperCase())) wrong.push('the control word is not in the store');
        const scanned = times(3, (index) => Object.values(places)[index]?.length ?? 0).reduce(
          (all, one) => all + one,
          0,
        );
        return { wrong, needles: needles.size, scanned };
      } finally {
        await target.close();
      }
    },
    close: async () => postgres?.stop(),
  };
}

/** What identifies a person is in no file of the store, no log and no metric, wherever it was put and however it was written. */
export const bytes: Suite = {
  what: `{steps} × ${messages.full} messages full of invented identifiers, then the bytes of store, log and metrics (SQLite with its journal, PostgreSQL in turn)`,
  steps: { full: 10, small: 1 },
  open: openBytes,
  judge: (reports: Report[]) => ({
    result: `${sum(reports, 'needles')} identifiers looked for in ${Math.round(sum(reports, 'scanned') / 1e6)} MB`,
    wrong: allWrong(reports),
  }),
};
