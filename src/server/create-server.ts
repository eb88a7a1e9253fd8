import { createServer as createHttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import { type Logger, type NoteSpan, type Tracer, untraced } from '../conversation/ports';
import { CodedError } from '../errors';
import { type HttpHost, type HttpRequest, type Route, refuse, refuseUpgrade, type UpgradeHandler } from '../http';
import { callerAddress } from './address';
import { type BodyKind, checkHead, hasBody, readBody } from './edge-guard';
import { refuseUnread, respond } from './respond';
import { OrderlyResponse } from './response';
import { createTogether } from './together';

export type ServerOptions = {
  logger: Logger;
  /** Times each request for operators; untraced without it. */
  tracer?: Tracer;
  /** Proxies in front whose X-Forwarded-For is believed. Default 0: none. */
  trustedProxies?: number;
  /** Most connections at once, WebSockets included; more are dropped. Default 10,000. */
  mostConnections?: number;
  /** How long the head of a request may take to arrive, in milliseconds. Default 10,000. */
  headMilliseconds?: number;
  /** How long a whole request may take to arrive, in milliseconds. Default 20,000. */
  requestMilliseconds?: number;
  /** How long nothing may move on a connection, an answer that nobody reads included, in milliseconds. Default 120,000. */
  idleMilliseconds?: number;
  /** How long closing waits for answers under way, in milliseconds. Default 10,000. */
  drainMilliseconds?: number;
};

/** The HTTP server: routes are bound to it, then it listens, once. */
export type GuichetServer = HttpHost & {
  /** Starts to accept; `port` 0 takes a free one. Rejects when the port is taken. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** True from the moment closing begins. */
  draining(): boolean;
  /** Stops accepting, lets answers under way finish, closes WebSockets; after `drainMilliseconds` cuts what is left. */
  close(): Promise<void>;
};

/**
 * restify replaces `writeHead` of every response in this process, its own or not, by one that returns nothing. Node promises the response
 * itself, and other code chains on it: given back here.
 */
const restifyWriteHead: (...given: never[]) => unknown = ServerResponse.prototype.writeHead;
ServerResponse.prototype.writeHead = function writeHead(...given: never[]) {
  restifyWriteHead.apply(this, given);
  return this;
};

/** Longest `:name` of a path, in characters: an address may hold the answers of eight people. */
const longestParam = 400;

const silence = () => {};
const silent = { trace: silence, debug: silence, info: silence, warn: silence, error: silence, fatal: silence };

/** No name, no banner, no internals: every error, restify's own too, leaves as `{"error":{"code","message"}}`. */
function createRouter(): restify.Server {
  const log = { ...silent, child: () => silent };
  const router = restify.createServer({ name: '', log, maxParamLength: longestParam } as never);
  router.on(
    'restifyError',
    (request: restify.Request, response: restify.Response, error: unknown, done: () => void) => {
      const status = (error as { statusCode?: number }).statusCode;
      respond(
        request,
        response,
        refuse(status === 404 ? 'HTTP_NOT_FOUND' : status === 405 ? 'HTTP_METHOD' : 'HTTP_INTERNAL'),
      );
      (response as unknown as { _sent: boolean })._sent = true;
      done();
    },
  );
  return router;
}

/** `server.first`, which the types of restify 8 do not know: runs before everything; false = answered already. */
const first = (router: restify.Server, handler: (request: IncomingMessage, response: ServerResponse) => boolean) =>
  (router as unknown as { first(handler: unknown): void }).first(handler);

/**
 * Makes the server. restify routes; Node's server is ours, because restify gives no way to set how often header and request times are
 * checked.
 */
export function createServer(options: ServerOptions): GuichetServer {
  const {
    logger,
    tracer = untraced,
    trustedProxies = 0,
    mostConnections = 10_000,
    drainMilliseconds = 10_000,
  } = options;
  const { headMilliseconds = 10_000, requestMilliseconds = 20_000, idleMilliseconds = 120_000 } = options;
  const router = createRouter();
  const together = createTogether();
  const upgrades: { path: RegExp; handler: UpgradeHandler }[] = [];
  const drains: (() => void)[] = [];
  /** Paths of the routes that read forms instead of JSON. */
  const forms = new Set<string>();
  const kindOf = ({ url = '' }: IncomingMessage): BodyKind => (forms.has(url.split('?')[0] ?? '') ? 'form' : 'json');
  const upgraded = new Set<Duplex>();
  let closing = false;

  const upgradeFor = ({ url, headers }: IncomingMessage) => {
    if (headers.upgrade?.trim().toLowerCase() !== 'websocket') return undefined;
    const path = url?.split('?')[0] ?? '';
    return upgrades
      .map(({ path: pattern, handler }) => ({ match: path.match(pattern), handler }))
      .find(({ match }) => match !== null);
  };

  /**
   * A request whose `upgrade` is true only for a WebSocket that we offer. Node hands over every connection that asks for anything; other
   * offers are to be ignored and the request served (RFC 9110, 7.8). `shouldUpgradeCallback` does this from Node 24.9 on.
   */
  const asking = new WeakSet<IncomingMessage>();
  class Request extends IncomingMessage {
    get upgrade(): boolean {
      return asking.has(this) && (this.method === 'CONNECT' || upgradeFor(this) !== undefined);
    }
    set upgrade(asked: unknown) {
      // The constructor of the base sets it before there are fields.
      if (asked) asking.add(this);
    }
  }

  const http = createHttpServer(
    {
      IncomingMessage: Request,
      ServerResponse: OrderlyResponse,
      headersTimeout: headMilliseconds,
      requestTimeout: requestMilliseconds,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: Math.min(1000, headMilliseconds),
    },
    (request: IncomingMessage, response: ServerResponse) => {
      // Node's parser reads nothing more from a connection after an offer.
      if (asking.has(request)) response.shouldKeepAlive = false;
      router.server.emit('request', request, response);
    },
  );
  http.maxConnections = mostConnections;
  http.timeout = idleMilliseconds;

  first(router, (request, response) => {
    const code = checkHead(request, kindOf(request));
    if (code) refuseUnread(request, response, code);
    return code === null;
  });

  async function serve(request: restify.Request, response: restify.Response, path: string, route: Route) {
    try {
      const read = hasBody(request) ? await readBody(request, kindOf(request)) : { body: undefined };
      if ('aborted' in read) return;
      if ('refused' in read) {
        if (read.refused === 'EDGE_SIZE') refuseUnread(request, response, read.refused);
        else respond(request, response, refuse(read.refused));
        return;
      }
      await together();
      const reply = await route(plainRequest(request, read.body));
      if (closing && !response.headersSent) response.setHeader('Connection', 'close');
      respond(request, response, reply);
    } catch (error) {
      const code = error instanceof CodedError ? error.code : 'HTTP_INTERNAL';
      logger.error({ code, route: path, error }, 'a route failed');
      respond(request, response, refuse(code));
    }
  }

  function plainRequest(request: restify.Request, body: HttpRequest['body']): HttpRequest {
    const { url = '', method = '', headers } = request;
    const mark = url.indexOf('?');
    return {
      method,
      params: request.params as Record<string, string>,
      query: new URLSearchParams(mark < 0 ? '' : url.slice(mark)),
      headers,
      body,
      address: callerAddress(request, trustedProxies),
    };
  }

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    const target = upgradeFor(request);
    if (closing || !target?.match) return refuseUpgrade(socket, 'HTTP_NOT_FOUND');
    target.handler(request, socket, head, target.match);
  });

  return {
    route(method, path, route, reads) {
      if (reads === 'form') forms.add(path);
      const bind = (request: restify.Request, response: restify.Response, next: restify.Next) => {
        const timed = async (note: NoteSpan) => {
          await serve(request, response, path, route);
          note({ 'http.request.method': method, 'http.route': path, 'http.response.status_code': response.statusCode });
        };
        tracer.span(`${method} ${path}`, timed, request.headers).then(
          () => next(false),
          () => next(false),
        );
      };
      const verbs = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'del', OPTIONS: 'opts' } as const;
      router[verbs[method]](path, bind);
      if (method === 'GET') router.head(path, (request, response, next) => bind(request, response, next));
    },
    upgrade: (path, handler) => void upgrades.push({ path, handler }),
    onDrain: (close) => void drains.push(close),
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, host, () => {
          http.off('error', reject);
          resolve(http.address() as AddressInfo);
        });
      }),
    draining: () => closing,
    close: () =>
      new Promise((resolve) => {
        if (closing) return resolve();
        closing = true;
        const cut = setTimeout(() => {
          http.closeAllConnections();
          for (const socket of upgraded) socket.destroy();
        }, drainMilliseconds);
        http.close(() => {
          clearTimeout(cut);
          resolve();
        });
        for (const close of drains) close();
        http.closeIdleConnections();
      }),
  };
}
