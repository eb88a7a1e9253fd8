import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** `203.0.113.9:51234` and `[2001:db8::1]:443`: some proxies report the caller's port too. */
const withPort = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/;

/** The first four groups of an IPv6 address, written out: the same for every way to write it. */
function networkOf(address: string): string {
  const [front = '', back] = (address.split('%')[0] as string).toLowerCase().split('::');
  const groups = front === '' ? [] : front.split(':');
  const behind = back ? back.split(':').length + (back.includes('.') ? 1 : 0) : 0;
  const zeros = back === undefined ? 0 : 8 - groups.length - behind;
  const all = [...groups, ...Array<string>(Math.max(0, zeros)).fill('0'), ...(back ?? '').split(':')];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

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
  const [, bracketed, bare] = withPort.exec(address) ?? [];
  const plain = (bracketed ?? bare ?? address).replace(/^::ffff:(?=\d+\.)/, '');
  return isIPv6(plain) ? `${networkOf(plain)}::/64` : plain;
}
