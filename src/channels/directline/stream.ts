import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, errorEntry } from '../../errors';
import { type DirectLineContext, readWatermark } from './context';
import { greetLive } from './without-store';

/** Path of the WebSocket of a conversation. */
export const streamPath = /^\/v3\/directline\/conversations\/([\w-]+)\/stream$/;

/** How long a refused client has to read the answer, in milliseconds. */
const lingerMilliseconds = 1000;

/** Answers and ends; a client that keeps its half open is cut off. */
function refuseUpgrade(socket: Duplex, code: ErrorCode): void {
  socket.end(`HTTP/1.1 ${errorEntry(code).status} ${code}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
}

/** `GET …/stream?watermark=&t=` (WebSocket): needs a fresh ticket and, from a browser, an allowed page. No other credentials. */
export async function openStream(
  context: DirectLineContext,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  conversationId: string,
): Promise<void> {
  const { origins, keys, tokens, store, sockets, logger } = context;
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  if (!origins.allowed(request.headers)) return refuseUpgrade(socket, 'DIRECTLINE_ORIGIN');
  try {
    await keys.ready();
    if (!tokens.ticketOpens(query.get('t') ?? '', conversationId)) return refuseUpgrade(socket, 'DIRECTLINE_EXPIRED');
    // While the store is gone the ticket is enough: it was given for this conversation a moment ago.
    const known = await store.hasLog(conversationId).catch(() => true);
    const drifts = context.adrift.has(conversationId);
    if (!known && !drifts) return refuseUpgrade(socket, 'DIRECTLINE_UNKNOWN');
    if (!sockets.room(conversationId)) return refuseUpgrade(socket, 'DIRECTLINE_SOCKETS');
    sockets.accept(request, socket, head, conversationId, readWatermark(query) ?? 0);
    if (drifts) await greetLive(context, conversationId);
  } catch (error) {
    logger.error({ code: 'HTTP_INTERNAL', error }, 'a stream could not be opened');
    refuseUpgrade(socket, 'HTTP_INTERNAL');
  }
}
