import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from '../../http';
import { type DirectLineContext, readWatermark } from './context';
import { greetLive } from './without-store';

/** Path of the WebSocket of a conversation. */
export const streamPath = /^\/v3\/directline\/conversations\/([\w-]+)\/stream$/;

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
