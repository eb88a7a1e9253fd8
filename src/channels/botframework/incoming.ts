import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { ActivityMeta } from '../activity/activity-to-inbound';
import { channelName } from '../activity/capabilities';
import { greetingKey, inboxKey } from '../activity/inbox-key';
import { createKeyedHash } from '../activity/keyed-hash';
import { isGroup } from './teams-chat';

const Account = z.object({ id: z.string().max(1000).nullish() });

/** What must hold of an activity before anything is done with it; the rest of it is left as it came. */
export const Incoming = z.object({
  type: z.string().min(1).max(60),
  id: z.string().max(1000).nullish(),
  text: z.string().nullish(),
  channelId: z.string().min(1).max(40),
  serviceUrl: z.string().max(1000).nullish(),
  deliveryMode: z.string().max(40).nullish(),
  from: Account.nullish(),
  recipient: Account.nullish(),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish(),
  }),
  entities: z.array(z.unknown()).max(1000).nullish(),
  membersAdded: z.array(Account).max(1000).nullish(),
  replyToId: z.string().max(1000).nullish(),
});

/** The id under which a redelivery is recognised. Everybody is greeted once, however often the channel says that they came. */
function activityIdOf(key: string, { type, name, id }: Activity): string {
  const joins = type === 'event' && name === 'webchat/join';
  if (joins || type === 'conversationUpdate') return greetingKey;
  return id ? inboxKey(key, id) : `in:${randomUUID()}`;
}

/** Tells of an activity which conversation it belongs to, and who writes. */
export type MetaReader = (activity: Activity) => ActivityMeta & { writer: string };

/**
 * Ids of some channels are telephone numbers or e-mail addresses: only a keyed hash of them is kept. In a group everybody has a
 * conversation of their own.
 */
export function createMetaReader(key: string): MetaReader {
  const shorten = createKeyedHash(key);
  return (activity) => {
    const { channelId, conversation, from } = activity;
    const channel = channelName(channelId);
    const place = shorten(channelId, conversation.id, isGroup(activity) ? (from?.id ?? '') : '');
    return {
      conversationId: `${channel}:${place}`,
      activityId: activityIdOf(key, activity),
      channel,
      writer: shorten(channelId, from?.id ?? conversation.id),
    };
  };
}
