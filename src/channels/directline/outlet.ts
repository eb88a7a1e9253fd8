import { z } from 'zod';
import type { Inbound } from '../../conversation/inbound';
import type { Outlet } from '../../conversation/ports';
import type { Reply } from '../../conversation/reply';
import { capabilitiesOf } from '../activity/capabilities';
import { replyToActivities } from '../activity/reply-to-activities';
import type { DirectLineContext } from './context';
import { showLive } from './live';
import { bot, type LogEntry } from './log';

/** What the echo of a person's message needs beyond the message: who sent it and what their client wants back unchanged. */
export type EchoOf = { user?: string; channelData: Record<string, unknown> };

/** Ids as clients make them (Web Chat: eleven or so letters and digits). What could hold a personal number is not kept and not sent back. */
const safeId = /^[A-Za-z0-9._:-]{1,64}$/;
const hasFewDigits = (id: string): boolean => !/(?:\d[._:-]*){9}/.test(id);

const ChannelData = z.object({
  clientActivityID: z.string().regex(safeId).refine(hasFewDigits).optional().catch(undefined),
  postBack: z.literal(true).optional().catch(undefined),
  messageBack: z
    .object({ displayText: z.string().max(500).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/**
 * The part of a client's `channelData` that goes back: the id by which it recognises its own message, and what it shows for a pressed
 * button, masked like all text.
 */
export function readChannelData(channelData: unknown, mask: (text: string) => string): EchoOf['channelData'] {
  const read = ChannelData.safeParse(channelData);
  if (!read.success) return {};
  const { clientActivityID, postBack, messageBack } = read.data;
  const displayText = messageBack?.displayText;
  return {
    ...(clientActivityID === undefined ? {} : { clientActivityID }),
    ...(postBack ? { postBack } : {}),
    ...(messageBack ? { messageBack: displayText === undefined ? {} : { displayText: mask(displayText) } } : {}),
  };
}

/** The person's message as all their windows show it: with the masked text. */
export const echoActivity = (
  inbound: Inbound,
  { channelData }: EchoOf,
  personText: string,
  mask: (text: string) => string,
): LogEntry['activity'] => ({
  type: 'message',
  ...(personText === '' ? {} : { text: personText, textFormat: 'plain' }),
  ...(inbound.value === undefined ? {} : { value: { choose: mask(inbound.value) } }),
  ...(inbound.locale === undefined ? {} : { locale: inbound.locale }),
  channelData,
});

/** The bot's messages for a reply. */
export const botActivities = (reply: Reply): LogEntry['activity'][] =>
  replyToActivities(reply, capabilitiesOf('directline')).map((activity) => ({ ...activity }));

export type OutletDeps = Pick<DirectLineContext, 'chronicle' | 'sockets' | 'clock' | 'mask'>;

/**
 * How Direct Line takes part in a turn: echo first, then the answers, in one commit, then to all open sockets. Without `echo` (an
 * adviser speaks, a reminder, a turn taken up again after a crash) a person's message is echoed from what the inbound tells.
 */
export function createOutlet(deps: OutletDeps, echo?: EchoOf): Outlet {
  const { chronicle, sockets, mask } = deps;
  return {
    comesBack: true,
    record: (inbound, reply, personText) => {
      const id = inbound.conversationId;
      const log: LogEntry[] = [];
      const spoke = inbound.from === 'person' && inbound.kind !== 'joined';
      if (spoke) {
        const of = echo ?? { channelData: {} };
        const activity = echoActivity(inbound, of, personText, mask);
        log.push({ from: 'person', user: of.user, at: chronicle.next(id), key: inbound.activityId, activity });
      }
      for (const activity of botActivities(reply))
        log.push({ from: 'bot', at: chronicle.next(id), ...(spoke ? { after: log.length } : {}), activity });
      return { log, outbox: [] };
    },
    typing: (conversationId) => void showLive(deps, conversationId, { type: 'typing', from: bot }),
    delivered: (inbound, logged) => sockets.push(inbound.conversationId, logged),
  };
}
