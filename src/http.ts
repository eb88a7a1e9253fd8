import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, errorEntry } from './errors';

/** A request as a route sees it: plain data. */
export type HttpRequest = {
  method: string;
  /** Values of `:name` in the path, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The JSON object, or the fields of the form, that was sent; undefined when the body was empty. */
  body: Record<string, unknown> | undefined;
  /** Address of the caller, behind as many proxies as are trusted. Never logged, never stored. */
  address: string;
};

/** An answer that stays open. */
export type HttpStream = {
  /** Sends text; false when the caller is gone, or too slow to take it. */
  write(text: string): boolean;
  /** Ends the answer. */
  end(): void;
  /** Called once when the caller is gone or the answer has ended. */
  onClose(closed: () => void): void;
};

/** An answer as plain data; an object as body is sent as JSON. With `stream` the answer stays open and has no body. */
export type HttpReply = {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: object | string | Buffer;
  stream?: (stream: HttpStream) => void;
};

/** A route: a function from request to answer. What it throws is answered as HTTP_INTERNAL. */
export type Route = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** Takes over a connection that asks for a WebSocket; `match` is what the path's pattern caught. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer, match: RegExpMatchArray) => void;

/** What a room needs in order to offer routes. `src/server/` gives it. */
export type HttpHost = {
  /**
   * Binds a route; GET also answers HEAD. `path` may hold `:name` parts. With `reads: 'form'` all methods of this exact path take the
   * fields of an HTML form, and no JSON.
   */
  route(method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS', path: string, route: Route, reads?: 'form'): void;
  /** Binds WebSocket upgrades whose path (without query) matches. */
  upgrade(path: RegExp, handler: UpgradeHandler): void;
  /** Called once when the server starts to close: close long-lived connections. */
  onDrain(close: () => void): void;
};

/** An answer with a JSON body. */
export const answer = (status: number, body?: object, headers?: Record<string, string>): HttpReply => ({
  status,
  body,
  headers,
});

/** The answer for an error of the catalogue: `{"error":{"code","message"}}`. */
export function refuse(code: ErrorCode, headers?: Record<string, string>): HttpReply {
  const { status, message, wire } = errorEntry(code);
  return { status, headers, body: { error: { code: wire ?? code, message } } };
}

/** How long a client whose WebSocket is refused has to read the answer, in milliseconds. */
const lingerMilliseconds = 1000;

/** The same for a connection that asked for a WebSocket: answers and ends; a client that keeps its half open is cut off. */
export function refuseUpgrade(socket: Duplex, code: ErrorCode): void {
  socket.end(`HTTP/1.1 ${errorEntry(code).status} ${code}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
}
