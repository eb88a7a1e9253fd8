import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ConversationStore, LoggedActivity, Logger } from '../../conversation/ports';
import { type LogReader, present } from './log';

export type SocketOptions = {
  store: LogReader & Pick<ConversationStore, 'logEnds'>;
  logger: Logger;
  /** Most bytes waiting for a slow client; above, its socket is closed with 1013 and it comes back from its watermark. Default 1 MiB. */
  mostWaiting?: number;
  /** Most sockets of one conversation. Default 20. */
  mostSockets?: number;
  /** Milliseconds between two looks whether another process has written what nobody told of. Default 5000. */
  lookMilliseconds?: number;
  /** Milliseconds between pings; a client that missed one is gone. Default 30,000. */
  pingMilliseconds?: number;
};

export type Sockets = {
  /** Sends new entries of the log to every socket of the conversation. Never throws. */
  push(conversationId: string, logged: LoggedActivity[]): void;
  /** Sends an activity that is not part of the history (typing) to whoever listens now. */
  live(conversationId: string, activity: Record<string, unknown>): void;
  /** Lets every socket of the conversation look for entries that it has not seen: another process wrote some. */
  wake(conversationId: string): void;
  /** Whether one more socket of this conversation is allowed. */
  room(conversationId: string): boolean;
  /** Completes an upgrade and sends everything after `watermark`, then what comes. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, conversationId: string, watermark: number): void;
  count(): number;
  /** Closes every socket with 1001: clients come back to the next process by themselves. */
  close(): void;
};

/** One open socket; `seen` = sequence of the last entry sent; `missed` = something new came while it was `reading` from the store. */
type Listener = { socket: WebSocket; seen: number; reading: boolean; missed: boolean; alive: boolean; failed: boolean };

/** When a log that could not be read is read again, in milliseconds. */
const againMilliseconds = 5000;
/** Entries in one frame, and read at once, when many are sent. */
const frameEntries = 100;

/** Keeps the WebSockets of all conversations: order, watermarks, bounded buffers, pings. */
export function createSockets(options: SocketOptions): Sockets {
  const { store, logger, mostWaiting = 1024 * 1024, mostSockets = 20 } = options;
  const { pingMilliseconds = 30_000, lookMilliseconds = 5000 } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 4096,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const rooms = new Map<string, Set<Listener>>();
  const listeners = (id: string): Iterable<Listener> => rooms.get(id) ?? [];

  function sendFrame({ socket }: Listener, frame: string): boolean {
    if (socket.readyState !== socket.OPEN) return false;
    if (socket.bufferedAmount > mostWaiting) {
      socket.close(1013, 'too slow');
      return false;
    }
    socket.send(frame);
    return true;
  }

  /** Entries as frames; a frame's watermark is the sequence of its last entry. */
  function frames(id: string, logged: LoggedActivity[]): { text: string; seen: number }[] {
    const made: { text: string; seen: number }[] = [];
    for (let from = 0; from < logged.length; from += frameEntries) {
      const part = logged.slice(from, from + frameEntries);
      const seen = (part.at(-1) as LoggedActivity).sequence;
      const activities = part.map((entry) => present(id, entry));
      made.push({ text: JSON.stringify({ activities, watermark: String(seen) }), seen });
    }
    return made;
  }

  function sendEntries(id: string, listener: Listener, logged: LoggedActivity[]): void {
    for (const { text, seen } of frames(id, logged)) {
      if (!sendFrame(listener, text)) return;
      listener.seen = seen;
    }
  }

  /** A watermark that names no entry (a made-up one, or a log that was erased since) means from the start. */
  async function start(id: string, listener: Listener): Promise<void> {
    if (listener.seen > 0) {
      listener.reading = true;
      const [entry] = await store.readLog(id, listener.seen - 1, 1).catch(() => []);
      if (entry?.sequence !== listener.seen) listener.seen = 0;
      listener.reading = false;
    }
    await catchUp(id, listener);
  }

  /** Lets others have their turn between two pages, and a client take what is on its way to it, for two seconds at most. */
  async function breathe(socket: WebSocket): Promise<void> {
    await new Promise(setImmediate);
    for (
      let look = 0;
      look < 100 && socket.bufferedAmount > mostWaiting / 2 && socket.readyState === socket.OPEN;
      look++
    )
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Reads and sends what a socket has not seen, until there is nothing more. */
  async function catchUp(id: string, listener: Listener): Promise<void> {
    listener.missed = true;
    if (listener.reading) return;
    listener.reading = true;
    try {
      while (listener.missed && listener.socket.readyState === listener.socket.OPEN) {
        listener.missed = false;
        const page = await store.readLog(id, listener.seen, frameEntries);
        listener.failed = false;
        sendEntries(id, listener, page);
        if (page.length < frameEntries) continue;
        listener.missed = true;
        await breathe(listener.socket);
      }
    } catch (error) {
      // The window stays: what it missed comes when the store is back.
      if (!listener.failed) logger.error({ code: 'HTTP_INTERNAL', error }, 'a stream could not read its log');
      listener.failed = true;
      setTimeout(() => void catchUp(id, listener), againMilliseconds).unref();
    } finally {
      listener.reading = false;
    }
  }

  const pinger = setInterval(() => {
    for (const room of rooms.values())
      for (const listener of room) {
        if (!listener.alive) listener.socket.terminate();
        else if (listener.socket.readyState === listener.socket.OPEN) {
          listener.alive = false;
          listener.socket.ping();
        }
      }
  }, pingMilliseconds);
  pinger.unref();

  /** One question for all sockets: hints of other processes may be lost. */
  async function look(): Promise<void> {
    if (rooms.size === 0) return;
    const ends = await store.logEnds([...rooms.keys()]);
    for (const [id, room] of rooms)
      for (const listener of room) if ((ends.get(id) ?? 0) > listener.seen) void catchUp(id, listener);
  }
  // A store that is away is looked at again the next time.
  const looker = setInterval(() => void look().catch(() => {}), lookMilliseconds);
  looker.unref();

  function open(socket: WebSocket, id: string, watermark: number): void {
    const listener: Listener = { socket, seen: watermark, reading: false, missed: false, alive: true, failed: false };
    const room = rooms.get(id) ?? new Set();
    rooms.set(id, room.add(listener));
    socket.on('pong', () => {
      listener.alive = true;
    });
    // What a client sends (empty keep-alive frames) is a sign of life and nothing else.
    socket.on('message', () => {
      listener.alive = true;
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      room.delete(listener);
      if (room.size === 0 && rooms.get(id) === room) rooms.delete(id);
    });
    void start(id, listener);
  }

  return {
    push: (id, logged) => {
      const first = logged[0];
      if (!first || !rooms.has(id)) return;
      const made = frames(id, logged);
      for (const listener of listeners(id))
        if (!listener.reading && first.sequence === listener.seen + 1) {
          for (const { text, seen } of made) {
            if (!sendFrame(listener, text)) break;
            listener.seen = seen;
          }
        } else void catchUp(id, listener);
    },
    live: (id, activity) => {
      const frame = JSON.stringify({ activities: [activity] });
      for (const listener of listeners(id)) sendFrame(listener, frame);
    },
    wake: (id) => {
      for (const listener of listeners(id)) void catchUp(id, listener);
    },
    room: (id) => (rooms.get(id)?.size ?? 0) < mostSockets,
    accept: (request, socket, head, id, watermark) =>
      server.handleUpgrade(request, socket, head, (opened) => open(opened, id, watermark)),
    count: () => [...rooms.values()].reduce((sum, room) => sum + room.size, 0),
    close: () => {
      clearInterval(pinger);
      clearInterval(looker);
      for (const room of rooms.values()) for (const { socket } of room) socket.close(1001, 'restarting');
    },
  };
}
