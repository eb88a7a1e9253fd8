import { randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../../conversation/ports';
import type { SigningKey, TokenKeys } from './token-keys';

/** Life of a token in seconds, as the clients expect it. */
export const tokenSeconds = 1800;
/** How long after its end a token may still be changed for a new one, while the conversation lives. */
const graceSeconds = 12 * 3600;
/** Life of the ticket in a stream address, in seconds. */
const ticketSeconds = 60;

/** Who speaks in which conversation; `locale` as given with the token, if any. */
export type Bearer = { conversationId: string; user: string; locale?: string };

/** `expired` = past its end, but within the grace time; `late` = past that too; `bad` = not one of ours. */
type ReadToken = { state: 'valid' | 'expired' | 'late'; bearer: Bearer } | { state: 'bad' };

export type Tokens = {
  issue(bearer: Bearer): string;
  read(token: string): ReadToken;
  /** A token for a conversation that nobody has begun: a page that anybody may load holds it. It opens nothing before it is changed for one that does. */
  offer(bearer: Bearer): string;
  readOffer(token: string): ReadToken;
  /** A ticket for one stream of a conversation. */
  issueTicket(conversationId: string): string;
  /** Whether the ticket opens a stream of this conversation now. */
  ticketOpens(ticket: string, conversationId: string): boolean;
};

/** A new conversation with a new person in it. Ids are random: they say nothing about anybody. */
export const newBearer = (user?: string, locale?: string): Bearer => ({
  conversationId: randomBytes(16).toString('base64url'),
  user: user ?? `dl_${randomBytes(12).toString('base64url')}`,
  ...(locale === undefined ? {} : { locale }),
});

/** Signatures remembered at most. */
const mostProved = 5000;

type Audience = 'directline' | 'stream' | 'offer';
type Claims = { conv: string; user?: string; locale?: string; exp: number };

/** Signs and reads tokens with HMAC-SHA-256; each names its key. The claim `user` is what Web Chat takes as the person's id. */
export function createTokens(keys: Pick<TokenKeys, 'current' | 'find'>, clock: Clock): Tokens {
  /** Tokens whose signature was checked; whether they have ended, and their key with them, is looked at each time. */
  const proved = new Map<string, { by: SigningKey; claims: Claims }>();
  const seconds = () => Math.floor(clock.now().getTime() / 1000);
  const sign = (claims: object, audience: Audience, life: number) => {
    const { id, key } = keys.current();
    const timed = { ...claims, iat: seconds(), exp: seconds() + life };
    return jwt.sign(timed, key, { algorithm: 'HS256', audience, keyid: id });
  };
  const verify = (token: string, audience: Audience): Claims | null => {
    const known = proved.get(`${audience} ${token}`);
    if (known) return keys.find(known.by.id) ? known.claims : null;
    try {
      const by = keys.find(jwt.decode(token, { complete: true })?.header.kid);
      if (!by) return null;
      const claims = jwt.verify(token, by.key, { algorithms: ['HS256'], audience, ignoreExpiration: true }) as Claims;
      if (proved.size >= mostProved) proved.clear();
      proved.set(`${audience} ${token}`, { by, claims });
      return claims;
    } catch {
      return null;
    }
  };
  const issueFor =
    (audience: Audience) =>
    ({ conversationId, user, locale }: Bearer) =>
      sign({ conv: conversationId, user, locale }, audience, tokenSeconds);
  const readFor =
    (audience: Audience) =>
    (token: string): ReadToken => {
      const claims = verify(token, audience);
      if (!claims?.user) return { state: 'bad' };
      const bearer = { conversationId: claims.conv, user: claims.user, locale: claims.locale };
      const late = seconds() - claims.exp;
      return { state: late < 0 ? 'valid' : late <= graceSeconds ? 'expired' : 'late', bearer };
    };
  return {
    issue: issueFor('directline'),
    read: readFor('directline'),
    offer: issueFor('offer'),
    readOffer: readFor('offer'),
    issueTicket: (conversationId) => sign({ conv: conversationId }, 'stream', ticketSeconds),
    ticketOpens: (ticket, conversationId) => {
      const claims = verify(ticket, 'stream');
      return claims !== null && claims.conv === conversationId && seconds() < claims.exp;
    },
  };
}
