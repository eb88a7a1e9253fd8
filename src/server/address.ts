import type { IncomingMessage } from 'node:http';

/**
 * The caller's address as a key for limits: the peer's, or with `hops` trusted proxies in front the one they report. An IPv6 address is
 * cut to its /64, which is what one subscriber holds. Empty when unknown.
 */
export function callerAddress(request: IncomingMessage, hops: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const address = (hops > 0 ? forwarded.at(-hops) : undefined) ?? request.socket.remoteAddress ?? '';
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `${plain.split(':').slice(0, 4).join(':')}::/64` : plain;
}
