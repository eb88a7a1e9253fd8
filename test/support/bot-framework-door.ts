import { createServer } from 'node:http';
import type { BotFrameworkConfig, CredentialsFactory } from '../../src/channels/botframework/config';
import {
  type BotFrameworkDeps,
  type BotFrameworkDoor,
  mountBotFramework,
} from '../../src/channels/botframework/mount-bot-framework';
import type { Inbound } from '../../src/conversation/inbound';
import type { Logger, OutboxItem, TakeTurn } from '../../src/conversation/ports';
import type { Reply } from '../../src/conversation/reply';
import type { HttpReply } from '../../src/http';
import { createMemoryStore } from '../../src/storage/memory';
import { appId, closeServer, type FakeChannel, issuer, listen, readJson, startFakeChannel } from './fake-channel';

/** The bot's own token: fixed, so that nobody has to ask Microsoft for one. */
const credentials = {
  isValidAppId: async (id: string) => id === appId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
      request.headers.set('authorization', 'Bearer the-bot');
      return request;
    },
  }),
} as unknown as CredentialsFactory;

/** The authenticated door of a fake channel's cloud. */
export const authenticated = (channel: FakeChannel): BotFrameworkConfig => ({
  mode: 'authenticated',
  appId,
  tenantId: 'tenant',
  appPassword: 'secret',
  serviceUrlHosts: [new URL(channel.url).host],
  credentials,
  cloud: {
    issuer,
    openIdMetadataUrl: `${channel.url}/openid`,
    loginUrl: 'https://login.test',
    oauthScope: 'https://scope.test',
    oauthUrl: 'https://oauth.test',
  },
});

const echo = (inbound: Inbound): Reply => ({
  language: 'fr',
  direction: 'ltr',
  status: 'asked',
  bubbles: [{ text: `Un : ${inbound.text || inbound.value || inbound.kind}` }, { text: 'Deux' }],
  choices: [{ title: 'Oui', value: 'children=true' }],
  articles: [],
});

export type Door = {
  door: BotFrameworkDoor | null;
  /** Everything that reached the conversation, redeliveries left out. */
  turns: Inbound[];
  /** What the store holds undelivered. */
  outbox: OutboxItem[];
  logs: { code: unknown }[];
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
};

/** A door over real HTTP, with a conversation that echoes and a store that only keeps inbox and outbox. */
export async function openDoor(
  config: BotFrameworkConfig,
  answer: (inbound: Inbound) => Reply = echo,
  outbox: OutboxItem[] = [],
  more: Partial<
    Pick<
      BotFrameworkDeps,
      'slowDown' | 'clock' | 'staff' | 'standIn' | 'takeTurn' | 'mask' | 'store' | 'acknowledgeAfter'
    >
  > = {},
): Promise<Door> {
  const turns: Inbound[] = [];
  const handled = new Map<string, Reply>();
  const logs: { code: unknown }[] = [];
  const log = (fields: Record<string, unknown>) => void logs.push({ code: fields.code });
  const logger: Logger = { info: log, warn: log, error: log };
  const takeTurn: TakeTurn = async (inbound, outlet) => {
    const key = `${inbound.conversationId} ${inbound.activityId}`;
    const known = handled.get(key);
    if (known) return known;
    const reply = answer(inbound);
    outbox.push(...outlet.record(inbound, reply, inbound.text).outbox);
    handled.set(key, reply);
    turns.push(inbound);
    outlet.delivered(inbound, []);
    return reply;
  };
  const door = await mountBotFramework({
    config,
    takeTurn,
    mask: (text) => text,
    logger,
    clock: { now: () => new Date() },
    store: {
      secret: async () => 'a key',
      pending: createMemoryStore().pending,
      waitingOutbox: async () => [...new Set(outbox.map((item) => item.conversationId))],
      takeOutbox: async (id) => {
        const first = outbox.find((item) => item.conversationId === id);
        return first ? { ...first, tries: 1, repeats: false } : null;
      },
      returnOutbox: async () => {},
      removeOutbox: async (id) => {
        outbox.splice(
          outbox.findIndex((item) => item.id === id),
          1,
        );
      },
    },
    metrics: { count() {} },
    inPublic: (inbound) => ({ reply: answer(inbound), button: 'En privé' }),
    ...more,
  });
  const server = createServer(async (request, response) => {
    const body = await readJson(request).catch(() => undefined);
    const result: HttpReply = door
      ? await door.handleMessages({ headers: request.headers, body: body as never })
      : { status: 404 };
    response.writeHead(result.status, { 'content-type': 'application/json' });
    response.end(result.body === undefined ? undefined : JSON.stringify(result.body));
  });
  const url = await listen(server);
  return {
    door,
    turns,
    outbox,
    logs,
    async post(body, headers = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
    async close() {
      await door?.stop();
      await closeServer(server);
    },
  };
}

/** A typed message as a channel sends it. */
export const message = (serviceUrl: string, fields: object = {}) => ({
  type: 'message',
  id: 'activity-1',
  channelId: 'webchat',
  serviceUrl,
  from: { id: 'person' },
  recipient: { id: 'bot' },
  conversation: { id: 'conversation-1' },
  text: 'bonjour',
  ...fields,
});

/** A fake channel, and doors, for each test of a file; closed after it. */
export function doorsOfEachTest() {
  let channel: FakeChannel;
  const doors: Door[] = [];
  beforeEach(async () => {
    channel = await startFakeChannel();
  });
  afterEach(async () => {
    await Promise.all(doors.splice(0).map((door) => door.close()));
    await channel.close();
  });
  return {
    get channel(): FakeChannel {
      return channel;
    },
    async open(...given: Parameters<typeof openDoor>): Promise<Door> {
      const door = await openDoor(...given);
      doors.push(door);
      return door;
    },
    /** Texts that reached the channel. */
    texts: () => channel.calls.map((call) => call.body.text),
  };
}
