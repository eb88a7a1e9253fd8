import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Target } from './fuzz';
import { times } from './hostile';
import { allWrong, type Course, type Suite } from './suite';

/**
 * Sockets held, one a conversation, and for how long, in seconds: two pings of the server in the full proof. Before that the process is
 * left alone until the garbage of opening is gone.
 */
const sizes = { full: { sockets: 5000, hold: 65, settle: 30 }, small: { sockets: 200, hold: 1, settle: 0 } };
const abreast = 20;

/** Memory of a process of this machine, in bytes. */
export const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** Does something so many times, some of them at once. */
async function inParallel(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(times(abreast, worker));
}

async function openSockets(size: 'full' | 'small'): Promise<Course> {
  const { sockets: wanted, hold, settle } = sizes[size];
  return {
    async step(_, random) {
      const target = await Target.start();
      const pid = target.product.child.pid as number;
      const wrong: string[] = [];
      const sockets: WebSocket[] = [];
      try {
        const opened: Awaited<ReturnType<Target['open']>>[] = [];
        await inParallel(wanted, async (index) => {
          opened[index] = await target.open();
        });
        await sleep(settle * 1000);
        const before = residentBytes(pid);
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
        const after = residentBytes(pid);
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
          `${sockets} sockets, ${bytes} bytes each (process ${megabytes(before)} → ${megabytes(after)} MB)`,
      )
      .join('; '),
    wrong: allWrong(reports),
  }),
};
