import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { DirectLineDeps } from '../../../src/channels/directline/context';
import { type DirectLine, mountDirectLine } from '../../../src/channels/directline/mount-direct-line';
import type { Inbound } from '../../../src/conversation/inbound';
import type { ConversationStore, TakeTurn } from '../../../src/conversation/ports';
import type { Reply } from '../../../src/conversation/reply';
import { createServer, type GuichetServer } from '../../../src/server/create-server';
import { createMemoryStore } from '../../../src/storage/memory';
import { bearing, callJson } from '../../support/call-json';
import { scriptedTurn } from '../../support/scripted-turn';

const start = new Date('2026-02-10T09:00:00.000Z').getTime();

/** A clock that stands still until it is moved. */
export const createFakeClock = () => {
  let time = start;
  return {
    now: () => new Date(time),
    move: (seconds: number) => {
      time += seconds * 1000;
    },
  };
};

export const say = (text: string, fields: Partial<Reply> = {}): Reply => ({
  language: 'fr',
  direction: 'ltr',
  status: 'asked',
  bubbles: [{ text }],
  choices: [],
  articles: [],
  ...fields,
});

const mask = (text: string) => text.replace(/\d{13}/g, '•');

/** The conversation as Direct Line sees it: one turn at a time, redeliveries answered from the store, the text given back. */
export function createEcho(store: ConversationStore, clock = createFakeClock()) {
  const taken: Inbound[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const script = (inbound: Inbound): Reply => {
    taken.push(inbound);
    const heard = inbound.kind === 'choice' ? inbound.value : inbound.text;
    return say(inbound.kind === 'joined' ? `welcome ${inbound.locale ?? ''}` : `heard ${mask(heard ?? '')}`);
  };
  const turn = scriptedTurn({ store, script, mask, now: clock.now });
  const takeTurn: TakeTurn = (inbound, outlet) => {
    const next = queue.then(() => turn(inbound, outlet));
    queue = next.catch(() => {});
    return next;
  };
  return { takeTurn, taken };
}

export type Activity = {
  id: string;
  type: string;
  text?: string;
  value?: unknown;
  timestamp: string;
  replyToId?: string;
  name?: string;
  from: { id: string; role: string };
  channelData?: Record<string, unknown>;
};

type Answer = { status: number; headers: Headers; json: Record<string, never> & { [key: string]: unknown } };
export type Started = { conversationId: string; token: string; streamUrl: string };

/** A Direct Line served on loopback, with what tests do to it. */
export class Bench {
  private readonly sockets: WebSocket[] = [];
  private constructor(
    readonly server: GuichetServer,
    readonly line: DirectLine,
    readonly origin: string,
    readonly clock: ReturnType<typeof createFakeClock>,
    readonly taken: Inbound[],
    readonly store: ConversationStore,
    readonly logged: unknown[],
  ) {}

  static async open({
    port: wanted = 0,
    ...deps
  }: Partial<DirectLineDeps> & {
    clock?: ReturnType<typeof createFakeClock>;
    drainMilliseconds?: number;
    port?: number;
  } = {}): Promise<Bench> {
    const clock = deps.clock ?? createFakeClock();
    const store = deps.store ?? createMemoryStore();
    const echo = createEcho(store, clock);
    const logged: unknown[] = [];
    const note = (fields: unknown) => void logged.push(fields);
    const logger = { info: note, warn: note, error: note };
    const server = createServer({ logger, drainMilliseconds: deps.drainMilliseconds ?? 1000 });
    const line = await mountDirectLine(server, { takeTurn: echo.takeTurn, logger, mask, ...deps, store, clock });
    const { port } = await server.listen(wanted, '127.0.0.1');
    return new Bench(server, line, `http://127.0.0.1:${port}`, clock, echo.taken, store, logged);
  }

  async call(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return callJson(`${this.origin}${path}`, method, body, { ...bearing(token), ...headers });
  }

  async token(body: object = {}): Promise<Started> {
    return (await this.call('POST', '/api/directline/token', undefined, body)).json as unknown as Started;
  }

  /** A token and a started conversation. */
  async started(body: object = {}): Promise<Started> {
    const { token } = await this.token();
    return (await this.call('POST', '/v3/directline/conversations', token, body)).json as unknown as Started;
  }

  post({ conversationId, token }: Started, activity: object): Promise<Answer> {
    return this.call('POST', `/v3/directline/conversations/${conversationId}/activities`, token, activity);
  }

  /** A message as Web Chat sends it. */
  says(conversation: Started, text: string, clientActivityID: string): Promise<Answer> {
    return this.post(conversation, message(text, clientActivityID));
  }

  async history(
    { conversationId, token }: Started,
    watermark?: string,
  ): Promise<{ activities: Activity[]; watermark: string }> {
    const query = watermark === undefined ? '' : `?watermark=${watermark}`;
    const path = `/v3/directline/conversations/${conversationId}/activities${query}`;
    return (await this.call('GET', path, token)).json as never;
  }

  stream(url: string, options: object = {}): Stream {
    const stream = new Stream(new WebSocket(url.replace(/^ws:\/\/[^/]+/, this.origin.replace('http', 'ws')), options));
    this.sockets.push(stream.socket);
    return stream;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    await this.server.close();
  }
}

export const message = (text: string, clientActivityID?: string, more: object = {}) => ({
  type: 'message',
  text,
  textFormat: 'plain',
  attachments: [],
  locale: 'fr-FR',
  channelData: { attachmentSizes: [], clientActivityID },
  from: { id: '', name: '', role: 'user' },
  ...more,
});

/** A client's WebSocket that remembers what came. */
export class Stream {
  readonly activities: Activity[] = [];
  readonly watermarks: (string | undefined)[] = [];
  constructor(readonly socket: WebSocket) {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const text = String(data);
      if (text === '') return;
      const frame = JSON.parse(text) as { activities: Activity[]; watermark?: string };
      this.activities.push(...frame.activities);
      this.watermarks.push(frame.watermark);
      socket.emit('heard');
    });
  }

  async opened(): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
  }

  /** Waits until this many activities have come. */
  async heard(count: number): Promise<Activity[]> {
    while (this.activities.length < count) await once(this.socket, 'heard');
    return this.activities;
  }

  texts(): (string | undefined)[] {
    return this.activities.map(({ text }) => text);
  }

  /** The status with which the upgrade is refused. */
  refused(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      this.socket.once('open', () => reject(new Error('the stream was opened')));
    });
  }

  async closed(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }
}
