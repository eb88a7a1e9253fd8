import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, ConversationStore, Logger, TakeTurn } from '../../conversation/ports';
import type { Reply } from '../../conversation/reply';
import type { StandIn } from '../../conversation/stand-in';
import { type HttpReply, type HttpRequest, refuse } from '../../http';
import type { Chronicle } from './log';
import type { OriginOptions, Origins } from './origins';
import type { SocketOptions, Sockets } from './sockets';
import type { TokenKeys } from './token-keys';
import { type Bearer, type Tokens, tokenSeconds } from './tokens';

export type DirectLineDeps = OriginOptions &
  Pick<SocketOptions, 'mostWaiting' | 'mostSockets' | 'pingMilliseconds'> & {
    store: ConversationStore;
    takeTurn: TakeTurn;
    clock: Clock;
    logger: Logger;
    /** Answers while the store is gone; absent: such a message is refused. */
    standIn?: StandIn;
    /** Hides what identifies a person in a text. The conversation masks what it is given; this is for the little that passes it by. */
    mask(text: string): string;
    /** Key with which other servers make tokens; without it nobody can but our own page. */
    secret?: string;
    /** Takes one new conversation from an address's allowance: 0 = go ahead, else seconds to wait. */
    limitTokens?(address: string): number;
    /** Takes one call other than a message from a token's allowance, by the person it is for: 0 = go ahead, else seconds to wait. */
    limitCalls?(person: string): number;
    /** Asked before each message: a reply here is given instead of a turn. A message is never refused, for the client would lose it. */
    slowDown?(conversationId: string, address: string, locale?: string): Reply | null;
  };

/** What the routes share. */
export type DirectLineContext = DirectLineDeps & {
  keys: TokenKeys;
  tokens: Tokens;
  origins: Origins;
  chronicle: Chronicle;
  sockets: Sockets;
  /** Conversations that were opened while the store was gone, with their locale: their log is opened when it is back. */
  adrift: Map<string, string | undefined>;
  /** Key of the hash under which ids from outside are kept. */
  idSecret: string;
  /** Whether an answer without a turn is kept in the log now. */
  keepsAside(conversationId: string): boolean;
};

const bearerOf = ({ headers }: HttpRequest): string => /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether the caller shows the configured secret; compared in constant time. */
export const showsSecret = ({ secret }: DirectLineContext, request: HttpRequest): boolean =>
  secret !== undefined && secret !== '' && timingSafeEqual(digest(bearerOf(request)), digest(secret));

type Access = { bearer: Bearer } | { refusal: HttpReply };

/**
 * Who calls: a bearer, or the refusal to answer with. `grace` also takes a token that has ended a while ago. With an `:id` in the path the
 * token must belong to that conversation.
 */
export function readBearer({ tokens }: DirectLineContext, request: HttpRequest, grace = false): Access {
  const token = bearerOf(request);
  if (token === '') return { refusal: refuse('DIRECTLINE_UNAUTHORIZED') };
  const read = tokens.read(token);
  if (read.state === 'bad') return { refusal: refuse('DIRECTLINE_UNAUTHORIZED') };
  if (read.state !== 'valid' && !(grace && read.state === 'expired')) return { refusal: refuse('DIRECTLINE_EXPIRED') };
  const { id } = request.params;
  if (id !== undefined && id !== read.bearer.conversationId) return { refusal: refuse('DIRECTLINE_FORBIDDEN') };
  return { bearer: read.bearer };
}

/** The same for everything but messages, which are never refused: a token has so many calls a minute. */
export function authorise(context: DirectLineContext, request: HttpRequest, grace = false): Access {
  const access = readBearer(context, request, grace);
  if ('refusal' in access) return access;
  const { conversationId, user } = access.bearer;
  const wait = context.limitCalls?.(`${conversationId} ${user}`) ?? 0;
  return wait === 0 ? access : { refusal: refuse('HTTP_LIMIT', { 'Retry-After': String(wait) }) };
}

/** The `{conversationId, token, expires_in}` that several routes give. */
export const grant = ({ tokens }: DirectLineContext, bearer: Bearer) => ({
  conversationId: bearer.conversationId,
  token: tokens.issue(bearer),
  expires_in: tokenSeconds,
});

/** The same with a stream address that replays everything after `watermark`. */
export function session(context: DirectLineContext, request: HttpRequest, bearer: Bearer, watermark: number) {
  const { tokens, origins } = context;
  const id = encodeURIComponent(bearer.conversationId);
  const query = new URLSearchParams({
    watermark: String(watermark),
    t: tokens.issueTicket(bearer.conversationId),
  });
  const streamUrl = `${origins.streamBase(request.headers)}/v3/directline/conversations/${id}/stream?${query}`;
  return { ...grant(context, bearer), streamUrl };
}

/** A watermark from a query: the sequence of the last entry seen; null when absent, 0 (from the start) when unreadable. */
export function readWatermark(query: URLSearchParams): number | null {
  const text = query.get('watermark');
  if (text === null || text === '') return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
