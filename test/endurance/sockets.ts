import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { waitFor } from '../support/wait-for';
import { Target } from './fuzz';
import { times } from './hostile';
import { allWrong, type Course, type Suite } from './suite';

/** Sockets held, one a conversation, and for how long, in seconds: two pings of the server in the full proof. */
const sizes = { full: { sockets: 5000, hold: 65 }, small: { sockets: 200, hold: 1 } };
const abreast = 20;
const collector = join(__dirname, '..', 'support', 'collect-on-signal.cjs');

/** Memory of a process of this machine, in bytes. */
export const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** What a product that was started with `collector` holds without garbage, in bytes, its JavaScript heap and buffers. */
async function heldBytes({ product, logged }: Target): Promise<number> {
  const read = () =>
    Buffer.concat(logged)
      .toString()
      .match(/(?<=bytes held: )\d+(?=\n)/g) ?? [];
  const known = read().length;
  product.child.kill('SIGUSR2');
  await waitFor(() => read().length > known);
  return Number(read().at(-1));
}

/** Does something so many times, some of them at once. */
async function inParallel(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(times(abreast, worker));
}

async function openSockets(size: 'full' | 'small'): Promise<Course> {
  const { sockets: wanted, hold } = sizes[size];
  return {
    async step(_, random) {
      const target = await Target.start({ NODE_OPTIONS: `--require=${collector}` });
      const wrong: string[] = [];
      const sockets: WebSocket[] = [];
      try {
        const opened: Awaited<ReturnType<Target['open']>>[] = [];
        await inParallel(wanted, async (index) => {
          opened[index] = await target.open();
        });
        const before = await heldBytes(target);
        await inParallel(wanted, async (index) => {
          const place = opened[index];
          const back = await target.product.call(
            'GET',
            `/v3/directline/conversations/${place?.conversationId}`,
            undefined,
            {
              authorization: `Bearer ${place?.token}`,
            },
          );
          const socket = new WebSocket(back.body.streamUrl as string);
          sockets[index] = socket;
          await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        });
        await sleep(hold * 1000);
        const after = await heldBytes(target);
        const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
        if (open < wanted) wrong.push(`${wanted - open} of ${wanted} sockets were closed`);
        for (let count = 0; count < 20; count++) {
          const index = Math.floor(random() * wanted);
          const place = opened[index];
          const heard = new Promise<string>((resolve) =>
            sockets[index]?.on('message', (data) => String(data).includes('"typing"') || resolve(String(data))),
          );
          const path = `/v3/directline/conversations/${place?.conversationId}/activities`;
          await target.post(path, { type: 'message', text: 'bonjour' }, { authorization: `Bearer ${place?.token}` });
          const frame = await Promise.race([heard, sleep(10_000).then(() => '')]);
          if (!frame.includes('bonjour')) wrong.push('a socket heard nothing of its message');
        }
        return { wrong, sockets: open, bytes: Math.round((after - before) / wanted), before, after };
      } finally {
        for (const socket of sockets) socket?.terminate();
        await target.close();
      }
    },
    close: async () => {},
  };
}

const megabytes = (bytes: unknown) => Math.round(Number(bytes) / 1e6);

/** Windows that are open and say nothing cost memory only, and little of it. */
export const sockets: Suite = {
  what: 'idle sockets held over two pings of the server, then some of them used',
  steps: { full: 1, small: 1 },
  open: openSockets,
  judge: (reports) => ({
    result: reports
      .map(
        ({ sockets, bytes, before, after }) =>
          `${sockets} sockets, ${bytes} bytes each (held without garbage ${megabytes(before)} → ${megabytes(after)} MB)`,
      )
      .join('; '),
    wrong: allWrong(reports),
  }),
};
