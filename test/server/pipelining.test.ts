import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import { OrderlyResponse } from '../../src/server/response';

/** A connection whose bytes a test hands over one by one, and whose end never comes. */
class Connection extends Duplex {
  sent = '';
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.sent += chunk;
    done();
  }
  override _final(): void {}
  /** As a real one: it is destroyed at once and says so later. */
  override _destroy(_error: Error | null, done: () => void): void {
    setImmediate(done);
  }
  setTimeout = () => this;
}

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

test('a request that is sent ahead of its turn on a connection that closes does not end the process', async () => {
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/closes': (_request, response) => void response.writeHead(415, { Connection: 'close' }).end('x'),
    '/waits': () => undefined,
    '/late': ({ socket }, response) => {
      // The other side is gone.
      socket.destroy();
      response.writeHead(415, { Connection: 'close', 'Content-Length': 1 }).write('x');
      response.end();
    },
  };
  const server = createHttpServer({ ServerResponse: OrderlyResponse }, (request, response) =>
    answers[request.url ?? '']?.(request, response),
  );
  const connection = new Connection();
  server.emit('connection', connection);
  connection.push(ask('/closes') + ask('/waits'));
  while (!connection.writableEnded) await new Promise(setImmediate);
  connection.push(ask('/late'));
  await once(connection, 'close');
  await new Promise(setImmediate);
  expect(connection.sent).toMatch(/^HTTP\/1\.1 415 /);
  expect(connection.sent.match(/HTTP/g)).toHaveLength(1);
});
