import { z } from 'zod';
import type { DeskEvent } from '../../../dialogs/events';
import { decideFor } from '../../../dialogs/verdict';
import type { AdviserAccount, Handoff } from '../../conversation/handoff-ports';
import { dayInParis } from '../../conversation/paris-day';
import { isSlot, parseSlotText, parseSlotValue, type Slot } from '../../domain/profile';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { lookAt } from '../dossier';
import { readPiece, searchPieces } from '../pieces';
import type { Caller, Room } from '../room';
import { answerFor, findHandoff, holds } from './handoff';

const clientId = z.string().min(1).max(100);
const MessageBody = z.union([
  z.object({ clientId, text: z.string().trim().min(1).max(4000) }),
  z.object({ clientId, piece: z.object({ kind: z.string().max(20), id: z.string().max(100) }) }),
]);
const FactBody = z.object({ clientId: clientId.optional(), slot: z.string().max(40), value: z.unknown() });
const VerdictBody = z.object({ clientId: clientId.optional() });

/** The handoff that the caller holds, or the refusal. */
async function held(room: Room, caller: Caller, request: HttpRequest): Promise<Handoff | { refusal: HttpReply }> {
  const handoff = await findHandoff(room, caller, request);
  if (!handoff) return { refusal: refuse('HANDOFF_UNKNOWN') };
  return holds(caller, handoff) ? handoff : { refusal: refuse('HANDOFF_TAKEN') };
}

const relayed = async (room: Room, { account }: Caller, handoff: Handoff, key: string, event: DeskEvent) =>
  answerFor(await room.relay(handoff, key, { adviser: account.name, version: null, event }));

/** The words as the person gets them: masked, and before them their translation where an operator has plugged one in. */
export async function wordsFor(
  { mask, translate }: Room,
  account: AdviserAccount,
  handoff: Handoff,
  text: string,
): Promise<string> {
  const masked = mask(text);
  const translated = await translate(masked, account.uiLanguage, handoff.language);
  return translated ? `${mask(translated)}\n\n${masked}` : masked;
}

/** True when a verdict stands. */
export async function hasVerdict(room: Room, handoff: Handoff): Promise<boolean> {
  const { snapshot, library, today } = (await lookAt(room, handoff, handoff.language))?.own ?? {};
  return !!snapshot && !!library && !!today && decideFor(snapshot.context, library.rulebook, today).outcome !== null;
}

async function sendVerdictTo(room: Room, caller: Caller, handoff: Handoff, key: string): Promise<HttpReply> {
  if (!(await hasVerdict(room, handoff))) return refuse('HANDOFF_VERDICT');
  return relayed(room, caller, handoff, key, { type: 'adviser.sent-verdict' });
}

/** `POST …/messages`: words of the adviser's own, or a piece. Sent twice with one `clientId`, it arrives once. */
export async function sendMessage(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const body = MessageBody.safeParse(request.body);
  if (!body.success) return refuse('ADVISER_ARGUMENT');
  const handoff = await held(room, caller, request);
  if ('refusal' in handoff) return handoff.refusal;
  const key = `message ${caller.account.name} ${body.data.clientId}`;
  if ('text' in body.data) {
    const text = await wordsFor(room, caller.account, handoff, body.data.text);
    return relayed(room, caller, handoff, key, { type: 'adviser.said', text });
  }
  const piece = readPiece(room.library, body.data.piece.kind, body.data.piece.id);
  if (!piece) return refuse('ADVISER_ARGUMENT');
  if (piece.kind === 'outcome') return sendVerdictTo(room, caller, handoff, key);
  return relayed(room, caller, handoff, key, { type: 'adviser.sent', piece });
}

/** `POST …/facts` {slot, value}: corrects a fact through the machine; the person is told when the bot takes over. */
export async function correctFact(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const body = FactBody.safeParse(request.body);
  if (!body.success || !isSlot(body.data.slot)) return refuse('ADVISER_ARGUMENT');
  const slot: Slot = body.data.slot;
  const { value } = body.data;
  const parsed = parseSlotValue(slot, value) ?? (typeof value === 'string' ? parseSlotText(slot, value) : undefined);
  if (parsed === undefined) return refuse('ADVISER_ARGUMENT');
  const handoff = await held(room, caller, request);
  if ('refusal' in handoff) return handoff.refusal;
  const key = `fact ${caller.account.name} ${body.data.clientId ?? handoff.version} ${slot}`;
  return relayed(room, caller, handoff, key, { type: 'adviser.corrected', answers: { [slot]: parsed } });
}

/** `POST …/verdict`: sends the verdict that stands, with its checklist. */
export async function sendVerdict(room: Room, caller: Caller, request: HttpRequest): Promise<HttpReply> {
  const body = VerdictBody.safeParse(request.body ?? {});
  if (!body.success) return refuse('ADVISER_ARGUMENT');
  const handoff = await held(room, caller, request);
  if ('refusal' in handoff) return handoff.refusal;
  return sendVerdictTo(
    room,
    caller,
    handoff,
    `verdict ${caller.account.name} ${body.data.clientId ?? handoff.version}`,
  );
}

/** `GET /adviser/api/pieces?q=`: what can be sent, in the adviser's language. */
export async function pieces(room: Room, { account }: Caller, { query }: HttpRequest): Promise<HttpReply> {
  const wanted = (query.get('q') ?? '').slice(0, 200);
  return answer(200, searchPieces(room, wanted, account.uiLanguage, dayInParis(room.clock.now())));
}
