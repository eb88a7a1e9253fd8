import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeChannel, startFakeChannel } from '../support/fake-channel';
import { ProductProcess } from '../support/product-process';
import { activity, below, frameBytes, type Random, rawBytes, times } from './hostile';
import { checklistPath, fields } from './hostile-pages';
import { allWrong, type Course, type Report, type Suite, seeded, sum } from './suite';

/** Requests in one step, and how many are on their way at once. */
const stepRequests = 10_000;
const abreast = 32;
/** Conversations of each door that a step writes in: few enough messages in each that most of them get a turn. */
const conversations = 60;
/** Of all requests: those to pages that need no script; of the others those that are activities. */
const pages = 0.1;
const activities = 0.5;

const secret = 'a secret of sixteen or more';

/** How requests were answered: by class of status, and not at all. */
type Tally = { [answer: string]: number };

/** A product under attack, with its connector. */
export class Target {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: abreast });
  private constructor(
    readonly product: ProductProcess,
    private readonly channel: FakeChannel,
    private readonly data: string,
    /** Everything that it logged. */
    readonly logged: Buffer[],
  ) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<Target> {
    const data = mkdtempSync(join(tmpdir(), 'guichet-fuzz-'));
    const channel = await startFakeChannel();
    const product = await ProductProcess.start({
      DATA_DIR: data,
      DIRECTLINE_SECRET: secret,
      MESSAGES_PER_MINUTE: '100000000',
      ...environment,
    });
    const logged: Buffer[] = [];
    product.child.stdout?.on('data', (chunk: Buffer) => void logged.push(chunk));
    return new Target(product, channel, data, logged);
  }

  get file(): string {
    return join(this.data, 'guichet.db');
  }
  get serviceUrl(): string {
    return this.channel.url;
  }

  /** A conversation of Direct Line. */
  async open(): Promise<{ conversationId: string; token: string; streamUrl: string }> {
    const headers = { authorization: `Bearer ${secret}` };
    return (await this.product.call('POST', '/v3/directline/conversations', {}, headers)).body as never;
  }

  /** The token of a conversation by forms. */
  async openForms(): Promise<string> {
    const page = await (await fetch(`${this.product.origin}/plain`)).text();
    return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  }

  /** The code of somebody's checklist. */
  async openChecklist(): Promise<string> {
    const told = { type: 'message', text: 'je suis suisse, salarié à Lyon', locale: 'fr' };
    const where = { channelId: 'test', deliveryMode: 'expectReplies', from: { id: 'p' }, recipient: { id: 'b' } };
    const sent = { ...told, ...where, id: 'c', serviceUrl: this.serviceUrl, conversation: { id: 'checklist' } };
    const { body } = await this.product.call('POST', '/api/messages', sent);
    return /\/checklist\/([\w-]+)/.exec(JSON.stringify(body))?.[1] ?? '';
  }

  /** Sends a JSON body; gives the status, 0 when nobody answered. */
  post(path: string, body: object, headers: Record<string, string> = {}): Promise<number> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  send(method: string, path: string, bytes: string, headers: Record<string, string> = {}): Promise<number> {
    this.channel.calls.length = 0;
    return new Promise((resolve) => {
      const sent = request(
        `${this.product.origin}${path}`,
        {
          method,
          agent: this.agent,
          timeout: 30_000,
          headers: { 'content-length': Buffer.byteLength(bytes), ...headers },
        },
        (response) => response.resume().once('close', () => resolve(response.statusCode ?? 0)),
      );
      sent.on('timeout', () => sent.destroy()).on('error', () => resolve(0));
      sent.end(bytes);
    });
  }

  /** Sends bytes down a connection of their own, from one of many addresses of this machine; gives the statuses of all answers. */
  raw(bytes: Buffer, random: Random): Promise<number[]> {
    const { port } = new URL(this.product.origin);
    return new Promise((resolve) => {
      const localAddress = `127.0.0.${2 + below(random, 200)}`;
      const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress });
      let answered = '';
      socket.setTimeout(2000, () => socket.destroy());
      socket.on('data', (data) => {
        if (answered.length < 1e6) answered += data.toString('latin1');
      });
      socket.on('error', () => {});
      socket.on('close', () =>
        resolve([...answered.matchAll(/(?:^|[^"])HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))),
      );
      socket.end(bytes);
    });
  }

  async close(): Promise<void> {
    this.agent.destroy();
    await this.product.kill();
    await this.channel.close();
    rmSync(this.data, { recursive: true, force: true });
  }
}

type Opened = Awaited<ReturnType<Target['open']>> & { forms: string };
type Place = { opened: Opened[]; checklist: string; step: number };

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** One request, or one connection's worth of them: how it was answered. */
async function attack(target: Target, random: Random, { opened, checklist, step }: Place): Promise<number[]> {
  const place = opened[below(random, opened.length)] as Opened;
  if (random() < pages)
    return random() < 0.6
      ? [await target.send('POST', '/plain', fields(random, place.forms), form)]
      : [await target.send('GET', checklistPath(random, checklist), '')];
  if (random() < activities) {
    const conversation = random() < 0.5 ? place.conversationId : `${step}-${below(random, conversations)}`;
    const made = activity(random, { conversation, serviceUrl: target.serviceUrl });
    if (conversation !== place.conversationId) return [await target.post('/api/messages', made)];
    const path = `/v3/directline/conversations/${conversation}/activities`;
    return [await target.post(path, made, { authorization: `Bearer ${place.token}` })];
  }
  if (random() < 0.01) {
    const { pathname, search } = new URL(place.streamUrl);
    const head = `GET ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n`;
    return target.raw(Buffer.concat([Buffer.from(head), frameBytes(random)]), random);
  }
  const { bytes, requests } = rawBytes(random);
  const statuses = await target.raw(bytes, random);
  return [...statuses, ...Array(Math.max(0, requests - statuses.length)).fill(0)];
}

/** Turns that ended in the apology, by the product's own count. */
async function failedTurns({ product }: Target): Promise<number> {
  const text = await (await fetch(`${product.origin}/metrics`)).text();
  return [...text.matchAll(/turns_total\{status="failed"[^}]*\} (\d+)/g)].reduce(
    (total, match) => total + Number(match[1]),
    0,
  );
}

async function openFuzz(): Promise<Course> {
  let target = await Target.start({ LOG_LEVEL: 'error' });
  let failedBefore = 0;
  return {
    async step(number, random) {
      const wrong: string[] = [];
      const tally: Tally = {};
      const opened = await Promise.all(
        times(conversations, async () => ({ ...(await target.open()), forms: await target.openForms() })),
      );
      const place = { opened, checklist: await target.openChecklist(), step: number };
      if (place.checklist === '' || opened.some(({ forms }) => forms === '')) wrong.push('no page to attack');
      const logged = target.logged.length;
      let sent = 0;
      const attacker = async (own: Random) => {
        while (sent < stepRequests && !target.product.gone)
          for (const status of await attack(target, own, place)) {
            sent += 1;
            const answer = status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
            tally[answer] = (tally[answer] ?? 0) + 1;
            if (status >= 500) wrong.push(`answered ${status}`);
          }
      };
      await Promise.all(Array.from({ length: abreast }, () => attacker(seeded(below(random, 2 ** 31)))));
      const crashed = target.product.gone;
      if (crashed) {
        wrong.push(`the process ended: ${target.product.child.exitCode ?? target.product.child.signalCode}`);
        await target.close();
        target = await Target.start({ LOG_LEVEL: 'error' });
        failedBefore = 0;
      } else {
        const failed = await failedTurns(target);
        if (failed > failedBefore) wrong.push(`${failed - failedBefore} turns ended in the apology`);
        failedBefore = failed;
      }
      const lines = Buffer.concat(target.logged.slice(logged)).toString('utf8').split('\n');
      const reasons = new Set(lines.map((line) => /"code":"\w+".*?"message":"[^"]{0,200}/.exec(line)?.[0] ?? ''));
      return {
        wrong: [...new Set(wrong), ...[...reasons].filter(Boolean).slice(0, 5)],
        sent,
        crashed: Number(crashed),
        tally,
      };
    },
    close: () => target.close(),
  };
}

const tallyOf = (reports: Report[]): string => {
  const total: Tally = {};
  for (const { tally } of reports)
    for (const [answer, count] of Object.entries(tally as Tally)) total[answer] = (total[answer] ?? 0) + count;
  return Object.entries(total)
    .sort()
    .map(([answer, count]) => `${answer} ${count}`)
    .join(', ');
};

/** Spoilt activities at both doors and raw bytes at the port: nothing ends the process, nothing is answered with a 5xx. */
export const fuzz: Suite = {
  what: `{steps} × ${stepRequests} fuzzed activities, forms, raw requests and frames over real sockets`,
  steps: { full: 100, small: 1 },
  open: openFuzz,
  judge: (reports) => ({
    result: `${sum(reports, 'sent')} sent, ${sum(reports, 'crashed')} crashes (an unhandled rejection is one); answers: ${tallyOf(reports)}`,
    wrong: allWrong(reports),
  }),
};
