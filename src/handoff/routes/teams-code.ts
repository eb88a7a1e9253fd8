import { answer, type HttpReply, refuse } from '../../http';
import type { Caller, Room } from '../room';

/** `POST /adviser/api/teams-code`: a one-time code with which the caller says in Teams who they are; 404 where there is no Teams. */
export async function teamsCode({ links, staff }: Room, { account }: Caller): Promise<HttpReply> {
  if (!staff) return refuse('HTTP_NOT_FOUND');
  return answer(200, { code: await links.makeCode({ adviser: account.name }) });
}
