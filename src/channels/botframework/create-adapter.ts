import { type Activity, CloudAdapter, type ConversationReference, type TurnContext } from 'botbuilder';
import type { Clock, Logger } from '../../conversation/ports';
import { StrictLeanAuthentication } from './authentication';
import type { BotFrameworkConfig } from './config';

/** An activity addressed to its conversation, ready to be posted. */
export type Addressed = { reference: Partial<ConversationReference>; activity: Partial<Activity> };

type Poster = {
  conversations: {
    sendToConversation(conversation: string, activity: unknown, options: object): Promise<unknown>;
    replyToActivity(conversation: string, replyTo: string, activity: unknown, options: object): Promise<unknown>;
  };
};

/** Longest wait for a connector, in milliseconds. */
const connectorTimeout = 10_000;

/** The adapter with the two roads we use: a checked activity in, one activity out. */
export class GuichetAdapter extends CloudAdapter {
  constructor(
    authentication: StrictLeanAuthentication,
    private readonly appId: string,
  ) {
    super(authentication);
  }

  /** Checks the caller and runs the turn. Gives the answer to send back with 200, if any. Throws `Refused`, or what the turn threw. */
  async receive(
    authHeader: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<unknown> {
    const outcome: { error?: unknown } = {};
    const response = await this.processActivity(authHeader, activity, async (context) => {
      try {
        await turn(context);
      } catch (error) {
        outcome.error = error;
      }
    });
    if (outcome.error !== undefined) throw outcome.error;
    return response?.body;
  }

  /**
   * Posts one activity through the connector. Throws the connector's error, `statusCode` on it when it answered.
   * Not `context.sendActivity`: after `continueConversationAsync` that would answer an activity id that nobody knows.
   */
  async post({ reference, activity }: Addressed): Promise<void> {
    const outcome: { error?: unknown } = {};
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
        if (replyToId) await conversations.replyToActivity(conversation, replyToId, full, options);
        else await conversations.sendToConversation(conversation, full, options);
      } catch (error) {
        outcome.error = error;
      }
    });
    if (outcome.error !== undefined) throw outcome.error;
  }
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
