import type { IncomingHttpHeaders } from 'node:http';

export type OriginOptions = {
  /** Address under which people see the page, e.g. `https://guichet.example`. */
  publicUrl?: string;
  /** Further pages that may hold the chat, as origins. */
  trustedOrigins?: string[];
};

export type Origins = {
  /** Whether a page of this origin may talk to us. Requests without an origin come from no page and pass: they need a token anyway. */
  allowed(headers: IncomingHttpHeaders): boolean;
  /** Headers for an answer to a page of another, trusted origin. */
  cors(headers: IncomingHttpHeaders): Record<string, string>;
  /** Address of our WebSockets as this caller reaches us, without a path: `wss://guichet.example`. */
  streamBase(headers: IncomingHttpHeaders): string;
};

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Decides by the Origin header. Pages of the public address and of the trusted origins pass. A page on the caller's own machine passes
 * too, when it is the one that we serve. Another name that leads here does not: anybody can point a name at 127.0.0.1 (DNS rebinding).
 */
export function createOrigins({ publicUrl, trustedOrigins = [] }: OriginOptions): Origins {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  const trusted = new Set([...(publicOrigin ? [publicOrigin] : []), ...trustedOrigins]);
  const own = (origin: string, host = '') => {
    const ours = origin === `http://${host}` || origin === `https://${host}`;
    return ours && loopback.test(host);
  };
  return {
    allowed: ({ origin, host }) => origin === undefined || trusted.has(origin) || own(origin, host),
    cors: ({ origin }): Record<string, string> =>
      origin === undefined || !trusted.has(origin)
        ? {}
        : {
            'Access-Control-Allow-Origin': origin,
            'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
            'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
            'Access-Control-Expose-Headers': 'Retry-After',
            'Access-Control-Max-Age': '600',
            Vary: 'Origin',
          },
    streamBase: (headers) => {
      const host = headers.host ?? 'localhost';
      const throughProxy = headers['x-forwarded-for'] ?? headers['x-forwarded-proto'] ?? headers.forwarded;
      const direct = publicOrigin === undefined || (loopback.test(host) && throughProxy === undefined);
      return direct ? `ws://${host}` : publicOrigin.replace(/^http/, 'ws');
    },
  };
}
