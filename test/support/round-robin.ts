import { request as ask, createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { closeServer, listen } from './fake-channel';

export type RoundRobin = { url: string; close(): Promise<void> };

/**
 * A plain load balancer without sticky sessions: each request goes to the next instance, to another one when nobody listens there, and
 * gets 502 when an instance breaks off. `targets` is asked each time.
 */
export async function startRoundRobin(targets: () => string[]): Promise<RoundRobin> {
  let turn = 0;
  const next = () => {
    const all = targets();
    turn += 1;
    return new URL(all[turn % all.length] as string);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const forward = (tries: number) => {
      const { hostname, port } = next();
      const { method, url: path, headers } = request;
      const onward = ask({ hostname, port, method, path, headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => response.destroy()).pipe(response);
      });
      onward.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED' && tries < 10) setTimeout(() => forward(tries + 1), 20);
        else if (!response.headersSent) response.writeHead(502).end();
        else response.destroy();
      });
      const stop = () => onward.destroy();
      response.on('close', stop);
      onward.on('close', () => response.off('close', stop));
      onward.end(Buffer.concat(chunks));
    };
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => forward(0));
  });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const { hostname, port } = next();
    const onward = connect(Number(port), hostname, () => {
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
      onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  });
  const url = await listen(server);
  return { url, close: () => closeServer(server) };
}
