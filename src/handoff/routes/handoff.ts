import { z } from 'zod';
import type { DeskEvent } from '../../../dialogs/events';
import type { Handoff } from '../../conversation/handoff-ports';
import type { TranscriptLine } from '../../conversation/ports';
import type { Scene } from '../../conversation/scene';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { dossierOf, lookAt } from '../dossier';
import { gistOf } from '../gist';
import { suggestedPieces } from '../pieces';
import type { RelayResult } from '../relay';
import type { Caller, Room } from '../room';
import { addNote } from './notes';
import { namesOf, summaryOf } from './queue';

/** The handoff of a request's path, when this adviser may see it: an open one, or one that they held. */
export async function findHandoff({ store }: Room, { account }: Caller, request: HttpRequest): Promise<Handoff | null> {
  const handoff = await store.desk.handoff(request.params.id ?? '');
  if (!handoff || handoff.conversationId === '') return null;
  return handoff.state !== 'closed' || handoff.claimedBy === account.name ? handoff : null;
}

/** True when this adviser holds the conversation. */
export const holds = ({ account }: Caller, { state, claimedBy }: Handoff): boolean =>
  state === 'talking' && claimedBy === account.name;

/** What came of an order, as an answer. */
export const answerFor = (result: RelayResult, body: object = {}): HttpReply => {
  if (result === 'lost') return refuse('HANDOFF_TAKEN');
  return result === 'unreachable' ? refuse('HANDOFF_UNREACHABLE') : answer(200, body);
};

/** A line as an adviser reads it: what a person wrote with its gist, and its translation where an operator has plugged one in. */
async function readLine({ translate, mask }: Room, own: Scene, line: TranscriptLine) {
  const { at, from, language, text } = line;
  if (from !== 'person') return { at, from, language, text };
  const gist = gistOf(own, line);
  const translation = await translate(text, language, own.language);
  return {
    at,
    from,
    language,
    text,
    ...(gist ? { gist } : {}),
    ...(translation === null ? {} : { translation: mask(translation) }),
  };
}

/** `GET /adviser/api/handoffs/:id`: all that an adviser needs, in their language and the person's. */
export async function readHandoff(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const handoff = await findHandoff(room, caller, request);
  const looking = handoff && (await lookAt(room, handoff, caller.account.uiLanguage));
  if (!handoff || !looking) return refuse('HANDOFF_UNKNOWN');
  const { desk } = room.store;
  const lines = await room.store.transcript(handoff.conversationId);
  const names = await namesOf(room);
  return answer(200, {
    handoff: { ...summaryOf(handoff, caller, names), claimedAt: handoff.claimedAt, outcome: handoff.outcome },
    dossier: dossierOf(looking, handoff, lines),
    conversation: await Promise.all(lines.map((line) => readLine(room, looking.own, line))),
    notes: (await desk.notes(handoff.id)).map(({ id, adviser, at, text }) => {
      return { id, adviser: names.get(adviser) ?? '', at, text };
    }),
    pieces: suggestedPieces(room, looking.own),
  });
}

/** `POST …/claim`: one adviser gets the person; whoever comes later is told so. */
export async function claim(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const handoff = await findHandoff(room, caller, request);
  if (!handoff) return refuse('HANDOFF_UNKNOWN');
  if (holds(caller, handoff)) return answer(200, {});
  if (handoff.state !== 'waiting') return refuse('HANDOFF_TAKEN');
  const { name } = caller.account;
  const order = { adviser: name, version: null, event: { type: 'adviser.claimed' } as const };
  return answerFor(await room.relay(handoff, `claim ${name} ${handoff.version}`, order));
}

/** Ends or moves a conversation that the caller holds. */
async function leave(
  room: Room,
  caller: Caller,
  request: HttpRequest,
  event: DeskEvent,
  to: string | null = null,
): Promise<HttpReply> {
  const handoff = await findHandoff(room, caller, request);
  if (!handoff) return refuse('HANDOFF_UNKNOWN');
  if (!holds(caller, handoff)) return refuse('HANDOFF_TAKEN');
  const order = { adviser: caller.account.name, version: null, event, ...(to === null ? {} : { to }) };
  return answerFor(await room.relay(handoff, `${event.type} ${handoff.version}`, order));
}

const TransferBody = z.object({ to: z.string().max(100).nullish() });

/** `POST …/transfer` {to}: back to the queue, for a colleague by name, or for anyone. */
export async function transfer(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const body = TransferBody.safeParse(request.body ?? {});
  if (!body.success) return refuse('ADVISER_ARGUMENT');
  const wanted = body.data.to || null;
  const accounts = wanted === null ? [] : await room.store.desk.accounts();
  const colleague = accounts.find(({ name, shown }) => shown === wanted || name === wanted);
  if (wanted !== null && !colleague) return refuse('ADVISER_ARGUMENT');
  return leave(room, caller, request, { type: 'adviser.passed-on' }, colleague?.name ?? null);
}

const ReturnBody = z.object({ note: z.string().max(4000).optional() });

/** `POST …/return` {note?}: the bot takes over, with what the adviser corrected; the note stays among advisers. */
export async function giveBack(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const body = ReturnBody.safeParse(request.body ?? {});
  if (!body.success) return refuse('ADVISER_ARGUMENT');
  const reply = await leave(room, caller, request, { type: 'adviser.returned' });
  const note = body.data.note?.trim();
  if (reply.status === 200 && note) await addNote(room, caller, request.params.id ?? '', note);
  return reply;
}

/** `POST …/close`: the exchange is over; the person may say whether it helped. */
export const close = (room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> =>
  leave(room, caller, request, { type: 'adviser.closed' });
