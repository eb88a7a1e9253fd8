import { z } from 'zod';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { sessionCookie } from '../authorise';
import type { Caller, Room } from '../room';

const SignInBody = z.object({ name: z.string().min(1).max(100), password: z.string().min(1).max(1000) });

/** What a console knows of its adviser. */
async function describe({ store, staff }: Room, { account, session }: Caller) {
  const colleagues = (await store.desk.accounts()).map(({ shown }) => shown).filter((name) => name !== account.shown);
  const { shown: name, languages, uiLanguage } = account;
  return { csrf: session.csrf, adviser: { name, languages, uiLanguage, colleagues, teams: staff !== null } };
}

/** `POST /adviser/api/sign-in`: a name and a password open a session. Whether the name exists is not told. */
export async function signIn(room: Room, request: HttpRequest): Promise<HttpReply> {
  const body = SignInBody.safeParse(request.body);
  if (!body.success) return refuse('ADVISER_ARGUMENT');
  const found = await room.signIn.withPassword(body.data.name, body.data.password, request.address);
  if (typeof found === 'number') return refuse('ADVISER_SLOW', { 'Retry-After': String(found) });
  if (found === 'wrong') return refuse('ADVISER_PASSWORD');
  const { token, session } = await room.signIn.open(found);
  void room.desk.look();
  return answer(200, await describe(room, { account: found, session }), { 'Set-Cookie': sessionCookie(room, token) });
}

/** `POST /adviser/api/sign-out` */
export async function signOut(room: Room, { session }: Caller): Promise<HttpReply> {
  await room.signIn.end(session);
  void room.desk.look();
  return answer(200, {}, { 'Set-Cookie': sessionCookie(room) });
}

/** `GET /adviser/api/me` */
export const me = async (room: Room, caller: Caller): Promise<HttpReply> => answer(200, await describe(room, caller));
