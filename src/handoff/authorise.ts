import { createHash, timingSafeEqual } from 'node:crypto';
import { type HttpReply, type HttpRequest, refuse } from '../http';
import type { Caller, Room } from './room';

/** Name of the cookie that holds a session's token. */
const cookieName = 'guichet_adviser';
const path = 'Path=/adviser; HttpOnly; SameSite=Strict';

/** The cookie of a new session, or without a token the one that takes it away. */
export const sessionCookie = ({ https, signIn }: Room, token?: string): string =>
  [`${cookieName}=${token ?? ''}`, path, `Max-Age=${token ? signIn.lasts : 0}`, ...(https ? ['Secure'] : [])].join(
    '; ',
  );

/** The value of a cookie of a request; empty when there is none. */
export function readCookie({ headers }: HttpRequest, name: string): string {
  for (const part of (headers.cookie ?? '').split(';')) {
    const cut = part.indexOf('=');
    if (part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim();
  }
  return '';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Who calls, or the refusal to answer with. What changes something must show the session's own key in a header. */
export async function authorise(room: Room, request: HttpRequest): Promise<Caller | { refusal: HttpReply }> {
  const caller = await room.signIn.read(readCookie(request, cookieName));
  if (!caller) return { refusal: refuse('ADVISER_UNKNOWN') };
  if (request.method === 'GET' || request.method === 'HEAD') return caller;
  const given = String(request.headers['x-csrf-token'] ?? '');
  if (!timingSafeEqual(digest(given), digest(caller.session.csrf))) return { refusal: refuse('ADVISER_FORBIDDEN') };
  return caller;
}
