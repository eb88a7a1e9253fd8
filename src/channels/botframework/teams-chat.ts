import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Reply } from '../../conversation/reply';
import { cleanLocale } from '../activity/activity-to-inbound';
import { linkAttachment } from '../activity/adaptive-card';
import { capabilitiesOf } from '../activity/capabilities';
import type { PlainActivity } from '../activity/plain-activity';
import { writeText } from '../activity/plain-text';
import { replyToActivities } from '../activity/reply-to-activities';

const teams = 'msteams';

/** Whether others read along: a group chat, or a channel of a team. */
export const isGroup = ({ conversation }: Activity): boolean =>
  conversation.isGroup === true || (!!conversation.conversationType && conversation.conversationType !== 'personal');

const Answered = z.object({ title: z.string().min(1).max(300), asked: z.string().min(1).max(4000) });

/**
 * What takes the place of a question's card once one of its buttons was pressed: the question and the answer. Teams shows nothing of
 * a press, and an old button must not be pressed again. Both come back from the client: masked like all that comes from there. null for
 * everything else.
 */
export function answeredCard(
  activity: Activity,
  mask: (text: string) => string,
): { replaces: string; activity: PlainActivity } | null {
  const pressed = Answered.safeParse(activity.value);
  if (activity.channelId !== teams || isGroup(activity) || !activity.replyToId || !pressed.success) return null;
  const { asked, title } = pressed.data;
  const words = mask(`${asked}\n\n**✓ ${title.replaceAll('**', '')}**`);
  const text = writeText(words, capabilitiesOf(teams));
  const locale = cleanLocale(activity.locale) ?? '';
  const message = { type: 'message', text, textFormat: 'markdown', locale, inputHint: 'acceptingInput' } as const;
  return { replaces: activity.replyToId, activity: message };
}

/** Address that opens a private chat with the bot in Teams; its id there is `28:` and the app's id. */
const privateChat = (bot: string): string => `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(bot)}`;

/** What is said where others read along; in Teams with a button that leads to the private chat. */
export function publicActivities(activity: Activity, reply: Reply, button: string): PlainActivity[] {
  const capabilities = capabilitiesOf(activity.channelId);
  const said = replyToActivities(reply, capabilities);
  const last = said.at(-1);
  const bot = activity.recipient?.id ?? '';
  if (activity.channelId !== teams || !last || !/^28:[\w-]{1,60}$/.test(bot)) return said;
  const setting = { language: reply.language, direction: reply.direction, capabilities };
  last.attachments = [...(last.attachments ?? []), linkAttachment(button, privateChat(bot), setting)];
  return said;
}

/** Whether the bot itself was just added. */
export const botWasAdded = ({ type, action, membersAdded, recipient }: Activity): boolean =>
  (type === 'installationUpdate' && String(action).startsWith('add')) ||
  (type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient?.id));
