import { createHash } from 'node:crypto';
import type { Activity, ConversationReference } from 'botbuilder';
import type { Inbound } from '../../conversation/inbound';
import type { Clock, OutboxItem, Outlet } from '../../conversation/ports';
import { capabilitiesOf, channelName } from '../activity/capabilities';
import { replyToActivities } from '../activity/reply-to-activities';
import { BotFrameworkPayload, type Deliverer } from './deliver';
import { initiateEvent } from './hub-protocol';

/** What is needed to answer, and nothing more: no names, no directory ids. */
export type Reference = BotFrameworkPayload['reference'];

/** The address of the conversation that an activity came from. */
export function referenceOf(activity: Activity): Reference {
  const { id, isGroup, conversationType, tenantId } = activity.conversation;
  const reference: Partial<ConversationReference> = {
    ...(activity.id ? { activityId: activity.id } : {}),
    channelId: channelName(activity.channelId),
    serviceUrl: activity.serviceUrl,
    conversation: { id, isGroup, conversationType, tenantId } as ConversationReference['conversation'],
    bot: { id: activity.recipient?.id } as ConversationReference['bot'],
    user: { id: activity.from?.id } as ConversationReference['bot'],
  };
  return JSON.parse(JSON.stringify(reference)) as Reference;
}

/** An outbox item for this channel, written now. */
const itemOf = (id: string, conversationId: string, reference: Reference, activity: { type: string }, clock: Clock) => {
  const at = clock.now().toISOString();
  const payload = { channel: 'botframework', at, reference, activity } satisfies BotFrameworkPayload;
  return { id, conversationId, payload };
};

/** What a connector is to deliver, one item a message. */
export function itemsOf(
  reference: Reference,
  { conversationId, activityId }: Pick<Inbound, 'conversationId' | 'activityId'>,
  activities: { type: string }[],
  clock: Clock,
): OutboxItem[] {
  const turn = createHash('sha256').update(`${conversationId}\n${activityId}`).digest('base64url');
  return activities.map((activity, index) => itemOf(`bf-${turn}-${index}`, conversationId, reference, activity, clock));
}

export type ConnectorOptions = {
  /** A request for a person goes out as an event of the handoff protocol too. */
  protocol?: boolean;
  /** A message of ours, and what takes its place, after the answer. */
  answered?: { replaces: string; activity: { type: string } } | null;
};

/**
 * Takes part in a turn whose answer leaves through the connector: puts one outbox item a message into the commit, delivers them
 * after it. Also for messages that nobody asked for (an adviser, a reminder), with a stored reference.
 */
export function connectorOutlet(
  reference: Reference,
  deliverer: Deliverer,
  clock: Clock,
  { protocol = false, answered = null }: ConnectorOptions = {},
): Outlet {
  const { buttonType, writesLater, typing } = capabilitiesOf(reference.channelId);
  return {
    typesChoices: buttonType === 'imBack',
    writesLater,
    typing(conversationId) {
      if (typing)
        deliverer.pass(itemOf(`typing-${conversationId}`, conversationId, reference, { type: 'typing' }, clock));
    },
    record(inbound, reply, _personText, request) {
      const { activityId: _, ...place } = reference;
      const said = replyToActivities(reply, capabilitiesOf(reference.channelId));
      const outbox = itemsOf(reference, inbound, request && protocol ? [...said, initiateEvent(request)] : said, clock);
      if (answered) {
        const [update] = itemsOf(place, inbound, [answered.activity], clock) as [OutboxItem];
        const payload = { ...(update.payload as BotFrameworkPayload), replaces: answered.replaces };
        outbox.push({ ...update, id: `${update.id}-card`, payload });
      }
      return { log: [], outbox, reference: place };
    },
    delivered: ({ conversationId }) => deliverer.push(conversationId),
  };
}

/** The same for a reference that was kept; null when it is none. */
export function storedOutlet(reference: unknown, deliverer: Deliverer, clock: Clock): Outlet | null {
  const parsed = BotFrameworkPayload.shape.reference.safeParse(reference);
  return parsed.success ? connectorOutlet(parsed.data, deliverer, clock) : null;
}

/** Takes part in a turn whose answer goes back in the same HTTP answer (`expectReplies`): nothing is left to deliver. */
export const answeringOutlet = (channel: string): Outlet => ({
  typesChoices: capabilitiesOf(channel).buttonType === 'imBack',
  record: () => ({ log: [], outbox: [] }),
  delivered: () => undefined,
});
