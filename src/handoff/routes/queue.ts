import type { Handoff } from '../../conversation/handoff-ports';
import { answer, type HttpReply } from '../../http';
import type { Caller, Room } from '../room';

/** One request as a list shows it. `names`: account name → name that colleagues see. */
export const summaryOf = (handoff: Handoff, { account }: Caller, names: ReadonlyMap<string, string>) => ({
  id: handoff.id,
  waitingSince: handoff.requestedAt,
  language: handoff.language,
  reason: handoff.reason,
  stage: handoff.stage,
  channel: handoff.channel,
  state: handoff.state,
  claimedBy: handoff.claimedBy === null ? null : (names.get(handoff.claimedBy) ?? null),
  claimedByMe: handoff.claimedBy === account.name,
  readsMyLanguage: account.languages.includes(handoff.language),
});

/** Account names → shown names. */
export const namesOf = async ({ store }: Room): Promise<Map<string, string>> =>
  new Map((await store.desk.accounts()).map(({ name, shown }) => [name, shown]));

/** `GET /adviser/api/queue`: my languages first, then the longest wait. */
export async function queue(room: Room, caller: Caller): Promise<HttpReply> {
  const names = await namesOf(room);
  const open = (await room.store.desk.openHandoffs()).map((handoff) => summaryOf(handoff, caller, names));
  return answer(
    200,
    open.sort((a, b) => Number(b.readsMyLanguage) - Number(a.readsMyLanguage)),
  );
}
