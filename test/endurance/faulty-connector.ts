import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { closeServer, listen, readJson } from '../support/fake-channel';

/** One message that the connector showed: `key` is the same for the same message, `doubt` = the bot got no definite answer; `at` in ms. */
export type Shown = { key: string; doubt: boolean; at: number };

/** After so many milliseconds the bot takes a post for unanswered (`create-adapter.ts`); on an overloaded machine that happens. */
export const connectorTimeout = 10_000;

export type FaultyConnector = {
  url: string;
  /** What was shown in a conversation, in order. */
  shown(conversation: string): Shown[];
  /** How many posts were answered with an error or not at all. */
  faults(): number;
  close(): Promise<void>;
};

/** Answers of a connector on a bad day; a number is a status. `shown`: the person sees the message all the same. */
const faults: { share: number; shown: boolean; status: number }[] = [
  { share: 0.03, shown: false, status: 429 },
  { share: 0.03, shown: false, status: 503 },
  { share: 0.03, shown: true, status: 502 },
  { share: 0.03, shown: true, status: 0 },
];

/** The same message posted twice has the same key; what libraries add or sort on the way does not count. */
export function keyOf({ replyToId, text, attachments, suggestedActions }: Record<string, unknown>): string {
  const { actions = [] } = (suggestedActions ?? {}) as { actions?: { title: string }[] };
  const shown = [text, (attachments as unknown[] | undefined)?.length ?? 0, ...actions.map(({ title }) => title)];
  const hash = createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 8);
  return `${replyToId} ${hash} "${String(text).slice(0, 60)}"`;
}

/** A connector on this machine that shows what it gets, answers late, and sometimes fails; without `random` it never does. */
export async function startFaultyConnector(random?: () => number): Promise<FaultyConnector> {
  const shown = new Map<string, Shown[]>();
  let failed = 0;
  const fail = (response: ServerResponse, status: number) => {
    failed += 1;
    if (status === 0) response.destroy();
    else response.writeHead(status, { 'retry-after': '1' }).end('{}');
  };
  const server = createServer(async (request, response) => {
    const body = (await readJson(request)) as Record<string, unknown>;
    // Passed by, and of no weight.
    if (body.type === 'typing') return void response.writeHead(201).end('{}');
    const chance = random?.() ?? 1;
    let below = 0;
    const fault = faults.find(({ share }) => {
      below += share;
      return chance < below;
    });
    const conversation = (body.conversation as { id: string }).id;
    if (!fault || fault.shown) {
      const list = shown.get(conversation) ?? [];
      shown.set(conversation, [...list, { key: keyOf(body), doubt: fault !== undefined, at: performance.now() }]);
    }
    if (fault) return fail(response, fault.status);
    if (random) await new Promise((resolve) => setTimeout(resolve, random() * 20));
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"taken"}');
  });
  const url = await listen(server);
  return {
    url,
    shown: (conversation) => shown.get(conversation) ?? [],
    faults: () => failed,
    close: () => closeServer(server),
  };
}
