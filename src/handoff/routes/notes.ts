import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import type { Caller, Room } from '../room';
import { findHandoff } from './handoff';

const NoteBody = z.object({ text: z.string().trim().min(1).max(4000) });

/** Keeps a note; numbers that identify a person are masked in it as everywhere. */
export const addNote = ({ store, clock, mask }: Room, { account }: Caller, handoffId: string, text: string) =>
  store.desk.addNote({
    id: randomUUID(),
    handoffId,
    adviser: account.name,
    at: clock.now().toISOString(),
    text: mask(text),
  });

/** `POST …/notes` {text}: among advisers only. */
export async function writeNote(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const body = NoteBody.safeParse(request.body);
  if (!body.success) return refuse('ADVISER_ARGUMENT');
  const handoff = await findHandoff(room, caller, request);
  if (!handoff) return refuse('HANDOFF_UNKNOWN');
  await addNote(room, caller, handoff.id, body.data.text);
  return answer(200, {});
}
