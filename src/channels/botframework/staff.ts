import { createHmac } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Clock } from '../../conversation/ports';
import type { StaffMessage, StaffNote, StaffOutlet } from '../../conversation/staff-ports';
import { cardAttachments } from '../activity/adaptive-card';
import { capabilitiesOf } from '../activity/capabilities';
import { inboxKey } from '../activity/inbox-key';
import { BotFrameworkPayload, type Deliverer } from './deliver';
import { type Reference, referenceOf } from './outlet';
import { withoutMention } from './without-mention';

/** The one channel in which advisers work. */
const staffChannel = 'msteams';
/** Buttons of advisers send nothing that the chat would show. */
const capabilities = { ...capabilitiesOf(staffChannel), cardSubmit: 'bare' as const };
/** Longest text of a note, in characters: Teams takes 28 KB. */
const longestNote = 6000;
const threadMark = ';messageid=';

const Sender = z.object({ id: z.string().min(1).max(1000), aadObjectId: z.string().max(100).nullish() });
const Pressed = z.object({ choose: z.string().max(200) });

/** The chat itself: no activity to answer, no user, in a channel no thread. */
function channelOf(reference: Reference): Reference {
  const { activityId: _, user: __, ...rest } = reference as Reference & { activityId?: string; user?: unknown };
  const id = reference.conversation.id.split(threadMark)[0] ?? '';
  return { ...rest, conversation: { ...reference.conversation, id } };
}

const threadOf = (channel: Reference, messageId: string): Reference => ({
  ...channel,
  conversation: { ...channel.conversation, id: `${channel.conversation.id}${threadMark}${messageId}` },
});

/** A message of Teams as the advisers' room reads it; null for what cannot come from an adviser. */
export function readStaffMessage(activity: Activity, key: string): StaffMessage | null {
  if (activity.channelId !== staffChannel || activity.type !== 'message') return null;
  const { conversationType } = activity.conversation;
  const sender = Sender.safeParse(activity.from);
  if (!sender.success || !activity.id || conversationType === 'groupChat') return null;
  const hash = (...parts: string[]) => createHmac('sha256', key).update(parts.join('\n')).digest('base64url');
  const { activityId: _, ...reference } = referenceOf(activity) as Reference & { activityId?: string };
  const channel = channelOf(reference);
  const inThread = reference.conversation.id.includes(threadMark);
  const address =
    conversationType === 'channel' && !inThread && activity.replyToId
      ? threadOf(channel, activity.replyToId)
      : reference;
  return {
    activityId: inboxKey(key, activity.id),
    who: hash('who', sender.data.aadObjectId ?? sender.data.id),
    chat: conversationType === 'channel' ? 'channel' : 'personal',
    place: hash('place', channel.conversation.id),
    text: (withoutMention(activity).text ?? '').trim(),
    pressed: Pressed.safeParse(activity.value).data?.choose ?? null,
    address,
    channelAddress: channel,
  };
}

/** What a chat would make more of than words: a mention, markup. */
const inert = (text: string): string => text.replace(/<(?=[A-Za-z/!?])/g, '< ').slice(0, longestNote);

function activityOf(note: StaffNote) {
  const shared = { type: 'message', locale: note.language, inputHint: 'acceptingInput' };
  if ('text' in note) return { ...shared, text: inert(note.text), textFormat: 'plain' };
  const { card, language } = note;
  const attachments = cardAttachments(card, { language, direction: 'ltr', capabilities });
  return { ...shared, summary: card.title, attachments };
}

/** Writes to advisers through the outbox and the deliverer of the channel. */
export function createStaffOutlet(deliverer: Deliverer, clock: Clock): StaffOutlet {
  const read = (address: unknown): Reference | null =>
    BotFrameworkPayload.shape.reference.safeParse(address).data ?? null;
  return {
    item(id, address, note, { about, ...way } = {}) {
      const reference = read(address);
      if (!reference) return null;
      const payload: BotFrameworkPayload = {
        channel: 'botframework',
        at: clock.now().toISOString(),
        reference,
        activity: activityOf(note),
        ...way,
      };
      return { id: `staff-${id}`, conversationId: `staff:${reference.conversation.id}`, payload, about };
    },
    push(items) {
      for (const id of new Set(items.map(({ conversationId }) => conversationId))) deliverer.push(id);
    },
    thread(address, messageId) {
      const channel = read(address);
      return channel && threadOf(channelOf(channel), messageId);
    },
  };
}
