import type { HttpReply, HttpStream } from '../../http';
import type { Caller, Room } from '../room';

/** Milliseconds between two comments that keep proxies from closing a silent stream. */
const keepAlive = 20_000;

/** Every open stream of this process, to be ended when the server closes. */
export type Streams = Set<HttpStream>;

/** `GET /adviser/api/events`: server-sent events `{type, id}`. An open stream counts as being there. */
export async function events(room: Room, { session }: Caller, streams: Streams): Promise<HttpReply> {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' },
    stream(stream) {
      const timer = setInterval(() => void beat(), keepAlive);
      timer.unref();
      const deafen = room.desk.listen((news) => {
        if (!stream.write(`event: ${news.type}\ndata: ${JSON.stringify(news)}\n\n`)) stream.end();
      });
      /** Ends with the session. */
      async function beat(): Promise<void> {
        const known = await room.store.desk.session(session.hash).catch(() => session);
        if (!known || known.expiresAt <= room.clock.now().toISOString()) return stream.end();
        await room.signIn.see(session).catch(() => undefined);
        if (!stream.write(': here\n\n')) stream.end();
      }
      streams.add(stream);
      stream.onClose(() => {
        clearInterval(timer);
        deafen();
        streams.delete(stream);
      });
      stream.write('retry: 2000\n: hello\n\n');
      void room.signIn.see(session).then(
        () => room.desk.look(),
        () => undefined,
      );
    },
  };
}
