import { type Activity, CloudAdapter, type ConversationReference, TurnContext } from 'botbuilder';
import type { Clock, Logger } from '../../conversation/ports';
import type { PlainActivity } from '../activity/plain-activity';
import { StrictLeanAuthentication } from './authentication';
import type { BotFrameworkConfig } from './config';

/** An activity addressed to its conversation, ready to be posted. */
export type Addressed = {
  reference: Partial<ConversationReference>;
  activity: Partial<Activity>;
  /** Id of a message of ours that this one takes the place of. */
  replaces?: string;
};

type Posted = { id?: string } | undefined;
type Poster = {
  conversations: {
    sendToConversation(conversation: string, activity: unknown, options: object): Promise<Posted>;
    replyToActivity(conversation: string, replyTo: string, activity: unknown, options: object): Promise<Posted>;
    updateActivity(conversation: string, id: string, activity: unknown, options: object): Promise<Posted>;
  };
};

/** Longest wait for a connector, in milliseconds. */
const connectorTimeout = 10_000;

/** The adapter with the two things we use it for: to check who calls, and to post one activity. */
export class GuichetAdapter extends CloudAdapter {
  constructor(
    authentication: StrictLeanAuthentication,
    private readonly appId: string,
  ) {
    super(authentication);
  }

  /**
   * Checks the caller; throws `Refused`. The turn then runs without botbuilder's pipeline: connector, user tokens and middleware are
   * made there for every activity, and no turn of ours uses them.
   */
  async check(authHeader: string, activity: Activity): Promise<void> {
    await this.botFrameworkAuthentication.authenticateRequest(activity, authHeader);
  }

  /**
   * Posts one activity through the connector and gives its id. Throws the connector's error, `statusCode` on it when it answered.
   * Not `context.sendActivity`: after `continueConversationAsync` that would answer an activity id that nobody knows.
   */
  async post({ reference, activity, replaces }: Addressed): Promise<string | undefined> {
    const outcome: { error?: unknown; posted?: Posted } = {};
    await this.continueConversationAsync(this.appId, reference, async (context) => {
      try {
        const { conversations } = context.turnState.get(this.ConnectorClientKey) as Poster;
        const conversation = reference.conversation?.id ?? '';
        const replyToId = reference.activityId;
        const full = {
          ...activity,
          channelId: reference.channelId,
          serviceUrl: reference.serviceUrl,
          conversation: reference.conversation,
          from: reference.bot,
          recipient: reference.user,
          ...(replyToId ? { replyToId } : {}),
        };
        const options = { timeout: connectorTimeout };
        const post = () => {
          if (replaces !== undefined)
            return conversations.updateActivity(conversation, replaces, { ...full, id: replaces }, options);
          if (replyToId) return conversations.replyToActivity(conversation, replyToId, full, options);
          return conversations.sendToConversation(conversation, full, options);
        };
        outcome.posted = await post();
      } catch (error) {
        outcome.error = error;
      }
    });
    if (outcome.error !== undefined) throw outcome.error;
    return outcome.posted?.id;
  }
}

/** Messages addressed to where an activity came from, as answers to it. */
export function addressTo(activity: Activity, said: PlainActivity[]): Partial<Activity>[] {
  const reference = TurnContext.getConversationReference(activity);
  return said.map((message) => TurnContext.applyConversationReference({ ...message } as Partial<Activity>, reference));
}

/** Opens the adapter. Its error hook only logs: the roads above bring every error to their caller, and nothing is ever sent twice. */
export function createAdapter(
  config: Exclude<BotFrameworkConfig, { mode: 'off' }>,
  clock: Clock,
  logger: Logger,
): GuichetAdapter {
  const appId = config.mode === 'authenticated' ? config.appId : '';
  const adapter = new GuichetAdapter(new StrictLeanAuthentication(config, clock, logger), appId);
  adapter.onTurnError = async (_context, error) => {
    logger.error({ code: 'BOTFRAMEWORK_TURN', reason: error.name }, 'an error came out of the adapter');
  };
  return adapter;
}
