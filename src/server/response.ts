import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * An answer that takes no connection which is already closing. Node gives such a connection to a request that was sent ahead of its
 * turn (pipelined) even when others wait before it, then finds them in the wrong order and ends the process.
 */
export class OrderlyResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override assignSocket(socket: Socket): void {
    if (socket.writable) super.assignSocket(socket);
  }
}
