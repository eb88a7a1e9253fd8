import type { Activity } from 'botbuilder';
import type { Inbound } from '../../conversation/inbound';
import type { ConversationStore, Outlet } from '../../conversation/ports';
import type { PublicReply } from '../../conversation/public-reply';
import type { Reply } from '../../conversation/reply';
import type { StaffDoor, StaffOutlet } from '../../conversation/staff-ports';
import type { StandIn } from '../../conversation/stand-in';
import { CodedError } from '../../errors';
import { answer, type HttpReply, type HttpRequest, refuse } from '../../http';
import { inTime } from '../../in-time';
import { ActivityInvalid, type ActivityMeta, activityToInbound } from '../activity/activity-to-inbound';
import { capabilitiesOf } from '../activity/capabilities';
import type { PlainActivity } from '../activity/plain-activity';
import { replyToActivities } from '../activity/reply-to-activities';
import { asidePause, createSeldom } from '../activity/seldom';
import { isLoopback } from './allowed-service-url';
import { Refused } from './authentication';
import type { BotFrameworkConfig } from './config';
import { addressTo, createAdapter } from './create-adapter';
import { createDeliverer, type DeliverDeps, type Deliverer } from './deliver';
import { readStatus } from './hub-protocol';
import { createMetaReader, Incoming } from './incoming';
import { answeringOutlet, connectorOutlet, itemsOf, referenceOf, storedOutlet } from './outlet';
import { createPendingTurns, type PendingDeps } from './pending-turns';
import { createStaffOutlet, readStaffMessage } from './staff';
import { answeredCard, botWasAdded, isGroup, publicActivities } from './teams-chat';
import { withoutMention } from './without-mention';

export type BotFrameworkDoor = {
  /** `POST /api/messages`. Never throws. 400 not an activity, 401 not the channel, 503 keys out of reach, 500 not stored: send it again. */
  handleMessages(request: Pick<HttpRequest, 'headers' | 'body'>): Promise<HttpReply>;
  /** Takes up what is left from before, turns and answers, and looks for more from now on. */
  start(): Promise<void>;
  /** Stops looking; waits for what is on its way, at most `ms` milliseconds. */
  stop(ms?: number): Promise<void>;
  /** For messages that nobody asked for: `connectorOutlet(reference, deliverer, clock)`. */
  deliverer: Deliverer;
  /** For messages that nobody asked for: where to write is what a turn has kept. null when that cannot be used. */
  outletFor(reference: unknown): Outlet | null;
  /** For advisers who work in this channel. */
  staff: StaffOutlet;
};

export type BotFrameworkDeps = Omit<PendingDeps, 'store' | 'outletOf'> & {
  /** Answers while the store is gone; absent: the channel is told that the message was not stored. */
  standIn?: StandIn;
  config: BotFrameworkConfig;
  store: DeliverDeps['store'] & Pick<ConversationStore, 'secret' | 'pending'>;
  metrics: DeliverDeps['metrics'];
  /** Asked before each message, with who writes as far as the channel says: a reply here is given instead of a turn. */
  slowDown?(conversationId: string, writer: string, locale?: string): Reply | null;
  /** Answers where others read along. */
  inPublic(inbound: Inbound): PublicReply;
  /** Set where requests for a person go to a hub outside: hears what the hub says of one. */
  handoffStatus?(status: { conversationId: string; activityId: string; state: HandoffState }): Promise<void>;
  /** Hears advisers who work in this channel. */
  staff?: StaffDoor;
};

type HandoffState = NonNullable<ReturnType<typeof readStatus>>;

/** Milliseconds between two looks for what waits in the store. */
const sweepEvery = 1000;

/** Nothing is wrong with the caller: it may send the message again. */
const unavailable = answer(503, {
  error: { code: 'CHANNEL_KEYS_UNREACHABLE', message: 'Please try again in a moment.' },
});

/** Opens the Bot Framework door; null when it is off. */
export async function mountBotFramework(deps: BotFrameworkDeps): Promise<BotFrameworkDoor | null> {
  const { config, store, takeTurn, clock, logger } = deps;
  if (config.mode === 'off') return null;
  const open = config.mode === 'open-loopback';
  const adapter = createAdapter(config, clock, logger);
  const deliverer = createDeliverer({
    post: (addressed) => adapter.post(addressed),
    sent: async (tell, messageId) => deps.staff?.sent(tell, messageId),
    store,
    clock,
    logger,
    metrics: deps.metrics,
  });
  const protocol = deps.handoffStatus !== undefined;
  const pendingTurns = createPendingTurns({
    ...deps,
    outletOf: ({ reference, answered }) => connectorOutlet(reference, deliverer, clock, { protocol, answered }),
  });
  const idKey = await store.secret('botframework-conversation-ids');
  const readMeta = createMetaReader(idKey);
  const answersAside = createSeldom(asidePause, clock);
  let timer: NodeJS.Timeout | undefined;

  /** Answers where others read along: nothing is stored; given twice at once, it is answered once. */
  function answerInPublic(activity: Activity, meta: ActivityMeta): PlainActivity[] {
    const hears = activity.type === 'message' || botWasAdded(activity);
    if (!hears || !answersAside(meta.activityId)) return [];
    const { text = '', locale } = withoutMention(activity);
    const kind = activity.type === 'message' ? 'message' : 'joined';
    const heard = activityToInbound({ type: 'message', text, locale }, meta);
    const { reply, button } = deps.inPublic({ ...(heard as Inbound), kind });
    const said = publicActivities(activity, reply, button);
    if (activity.deliveryMode === 'expectReplies') return said;
    for (const item of itemsOf(referenceOf(activity), meta, said, clock)) deliverer.pass(item);
    return [];
  }

  /** What is said when a turn could not be stored, while the store is gone; else the failure stands, and the channel sends again. */
  async function standIn(inbound: Inbound, error: unknown): Promise<Reply> {
    const reply = await deps.standIn?.(inbound);
    if (!reply) throw error;
    logger.error({ code: 'TURN_NOT_STORED', reason: (error as Error).name }, 'a message could not be stored');
    return reply;
  }

  /** Whether an adviser speaks; `doubt`: why nobody can tell while the store does not answer. */
  async function hearStaff(activity: Activity): Promise<{ mine: boolean; doubt?: unknown }> {
    const message = activity.deliveryMode === 'expectReplies' ? null : readStaffMessage(activity, idKey);
    if (!message || !deps.staff) return { mine: false };
    return deps.staff.hear(message).then(
      (mine) => ({ mine }),
      (doubt: unknown) => ({ mine: false, doubt }),
    );
  }

  /** Takes the turn of an activity that was checked. Gives what is to be said in the same HTTP answer. */
  async function turn(activity: Activity): Promise<PlainActivity[]> {
    if (activity.type === 'invoke') return [];
    const { mine, doubt } = await hearStaff(activity);
    if (mine) return [];
    const { writer, ...meta } = readMeta(activity);
    const state = deps.handoffStatus ? readStatus(activity) : null;
    if (state) {
      await deps.handoffStatus?.({ ...meta, state });
      return [];
    }
    const slowed = (locale?: string) => deps.slowDown?.(meta.conversationId, writer, locale) ?? null;
    if (isGroup(activity)) {
      if (doubt) throw doubt;
      // A group is not to be filled: there, too fast is simply not answered.
      return slowed() ? [] : answerInPublic(activity, meta);
    }
    const inbound = activityToInbound(withoutMention(activity), meta);
    if (!inbound) return [];
    const slower = slowed(inbound.locale);
    if (activity.deliveryMode !== 'expectReplies') {
      const reference = referenceOf(activity);
      const passBy = (reply: Reply) => {
        const said = replyToActivities(reply, capabilitiesOf(reference.channelId));
        for (const item of itemsOf(reference, meta, said, clock)) deliverer.pass(item);
      };
      // Who goes on writing too fast is told once in a while only.
      if (slower && answersAside(meta.conversationId)) passBy(slower);
      if (slower) return [];
      const way = { reference, answered: answeredCard(activity, deps.mask) };
      await (doubt ? Promise.reject(doubt) : pendingTurns.take(inbound, way)).catch(async (error: unknown) =>
        passBy(await standIn(inbound, error)),
      );
      return [];
    }
    const reply =
      slower ??
      (await takeTurn(inbound, answeringOutlet(activity.channelId)).catch((error) => standIn(inbound, error)));
    return replyToActivities(reply, capabilitiesOf(activity.channelId));
  }

  async function handleMessages({ headers, body }: Pick<HttpRequest, 'headers' | 'body'>): Promise<HttpReply> {
    if (!Incoming.safeParse(body).success) return refuse('ACTIVITY_INVALID');
    const activity = body as unknown as Activity;
    const invokes = activity.type === 'invoke';
    const answersHere = !invokes && activity.deliveryMode === 'expectReplies';
    const posts = !invokes && !answersHere;
    if (open && posts && !isLoopback(activity.serviceUrl ?? '')) return refuse('SERVICE_URL_REFUSED');
    try {
      if (!open) await adapter.check(headers.authorization ?? '', activity);
      const said = await turn(activity);
      return answer(200, answersHere ? { activities: addressTo(activity, said) } : undefined);
    } catch (error) {
      if (error instanceof Refused) {
        logger.warn(
          { code: 'CHANNEL_REFUSED', reason: error.message.slice(0, 200) },
          'a call to /api/messages was refused',
        );
        return error.status === 401 ? refuse('CHANNEL_REFUSED') : unavailable;
      }
      if (error instanceof ActivityInvalid) return refuse('ACTIVITY_INVALID');
      const code = error instanceof CodedError ? error.code : 'TURN_NOT_STORED';
      logger.error({ code, reason: (error as Error).name }, 'a message could not be stored');
      return refuse(code);
    }
  }

  return {
    handleMessages,
    deliverer,
    outletFor: (reference) => storedOutlet(reference, deliverer, clock),
    staff: createStaffOutlet(deliverer, clock),
    async start() {
      const sweep = () => Promise.all([deliverer.sweep(), pendingTurns.sweep()]);
      await sweep();
      clearInterval(timer);
      timer = setInterval(() => void sweep(), sweepEvery);
      timer.unref();
    },
    async stop(ms = 5000) {
      clearInterval(timer);
      await inTime(pendingTurns.idle().then(deliverer.idle), 0.8 * ms);
      await inTime(pendingTurns.leave(), 0.2 * ms);
    },
  };
}
