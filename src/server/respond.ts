import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../errors';
import { type HttpReply, refuse } from '../http';

/** How long, and how many bytes, a refused body may still arrive: closing at once would cut off the answer on its way. */
const lingerMilliseconds = 2000;
const lingerBytes = 16 * 1024 * 1024;

const always = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** Writes an answer and ends it. Does nothing when the caller has gone or an answer was already sent. */
export function respond(request: IncomingMessage, response: ServerResponse, reply: HttpReply): void {
  if (response.headersSent || response.destroyed) return;
  const { status, headers, body } = reply;
  if (reply.stream && request.method !== 'HEAD') {
    openStream(response, reply);
    return;
  }
  const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const payload = raw ? (body ?? '') : JSON.stringify(body);
  const bare = status === 204 || status === 304;
  response.writeHead(status, {
    ...always,
    ...(raw ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    ...(bare ? {} : { 'Content-Length': Buffer.byteLength(payload) }),
    ...headers,
  });
  response.end(bare || request.method === 'HEAD' ? undefined : payload);
}

/** Most bytes waiting for a slow reader of a stream. */
const mostWaiting = 256 * 1024;

/** Writes the head of an answer that stays open, and hands its stream over. */
function openStream(response: ServerResponse, { status, headers, stream }: HttpReply): void {
  response.writeHead(status, { ...always, ...headers });
  response.flushHeaders();
  stream?.({
    write: (text) => {
      if (response.destroyed || response.writableEnded || response.writableLength > mostWaiting) return false;
      response.write(text);
      return true;
    },
    end: () => void response.end(),
    onClose: (closed) => void response.once('close', closed),
  });
}

/** Refuses a request whose body was not read: answers at once, lets a little of the body run dry, then closes the connection. */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  code: ErrorCode,
  extra: Record<string, string> = {},
): void {
  const { status, body } = refuse(code);
  const payload = JSON.stringify(body);
  response.writeHead(status, {
    ...always,
    ...extra,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(payload),
    Connection: 'close',
  });
  if (request.method !== 'HEAD') response.write(payload);
  let left = lingerBytes;
  const finish = () => {
    clearTimeout(timer);
    response.end();
    if (!request.complete) request.destroy();
  };
  const timer = setTimeout(finish, lingerMilliseconds);
  timer.unref();
  request.on('error', () => {});
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) finish();
  });
  request.once('end', finish);
  request.once('close', finish);
}
