import type { Activity } from 'botbuilder';
import { z } from 'zod';

const Mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1).max(500),
  mentioned: z.object({ id: z.string() }),
});

/** The same activity without the bot's own name in its text: groups only hand on messages that mention it. */
export function withoutMention(activity: Activity): Activity {
  if (!activity.text || !activity.entities?.length) return activity;
  let text = activity.text;
  for (const entity of activity.entities) {
    const mention = Mention.safeParse(entity);
    if (mention.success && mention.data.mentioned.id === activity.recipient?.id)
      text = text.replaceAll(mention.data.text, ' ');
  }
  return { ...activity, text: text.replace(/\s+/g, (space) => (space.includes('\n') ? '\n' : ' ')).trim() };
}
