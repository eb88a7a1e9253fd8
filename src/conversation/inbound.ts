import { z } from 'zod';
import type { DeskEvent } from '../../dialogs/events';

/** Longest text that is read, in characters (Web Chat allows 2,000); longer texts get a polite request to shorten. */
export const longestText = 1000;

/**
 * One message on its way in, whatever channel it came by.
 * `kind`: `message` = typed text; `choice` = a button (`value` is the button's value); `joined` = somebody opened the conversation.
 */
export const Inbound = z.object({
  conversationId: z.string().min(1).max(300),
  /** Id that the channel keeps when it delivers the same activity again. */
  activityId: z.string().min(1).max(300),
  channel: z.string().min(1).max(40),
  from: z.enum(['person', 'adviser', 'clock']),
  kind: z.enum(['message', 'choice', 'joined']),
  text: z.string().default(''),
  value: z.string().max(300).optional(),
  /** Locale that the channel gives (BCP 47), if any. */
  locale: z.string().max(35).optional(),
});

/**
 * What an adviser or the clock does, with the handoff it is about. Never read from outside: a channel's activities cannot hold it.
 * `version`: only while the handoff is as it was then.
 */
export type DeskOrder = {
  handoff: string;
  adviser: string | null;
  version: number | null;
  to?: string;
  event: DeskEvent;
};

export type Inbound = z.infer<typeof Inbound> & { desk?: DeskOrder };
