import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { answer, type HttpRequest } from '../../src/http';
import { createServer, type GuichetServer, type ServerOptions } from '../../src/server/create-server';

/** A server on loopback with a route that says what it got. */
export class Served {
  readonly logged: Record<string, unknown>[] = [];
  readonly server: GuichetServer;
  private address: AddressInfo | undefined;

  constructor(options: Partial<ServerOptions> = {}) {
    const note = (fields: Record<string, unknown>) => void this.logged.push(fields);
    const logger = { info: note, warn: note, error: note };
    this.server = createServer({ logger, drainMilliseconds: 2000, ...options });
    this.server.route('POST', '/echo/:name', ({ params, query, body, address }: HttpRequest) =>
      answer(200, { params, query: Object.fromEntries(query), body, address }),
    );
    this.server.route('POST', '/form', ({ body }: HttpRequest) => answer(200, { body }), 'form');
  }

  async listen(): Promise<this> {
    this.address = await this.server.listen(0, '127.0.0.1');
    return this;
  }

  get port(): number {
    return this.address?.port ?? 0;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  post(body: BodyInit | undefined, headers: Record<string, string> = { 'Content-Type': 'application/json' }) {
    return fetch(`${this.origin}/echo/x`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  }

  /** Sends bytes as they are and gives everything that comes back until the other side closes. */
  raw(...pieces: (string | Buffer)[]): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      let answered = '';
      socket.on('data', (data) => {
        answered += data;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(answered));
      for (const piece of pieces) socket.write(piece);
    });
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
