import { z } from 'zod';
import type { HandoffRequest } from '../../conversation/ports';

/** Says who said a line, in the words of the protocol. */
const roles = { person: 'user', bot: 'bot', adviser: 'bot' } as const;

/**
 * The event with which a hub of advisers is asked to take over (`handoff.initiate`): facts as context, what was said as a transcript,
 * masked like everything that is kept.
 */
export const initiateEvent = ({ id, language, reason, stage, facts, transcript }: HandoffRequest) => ({
  type: 'event',
  name: 'handoff.initiate',
  value: { requestId: id, language, reason, stage, facts },
  attachments: [
    {
      contentType: 'application/json',
      name: 'Transcript',
      content: {
        activities: transcript.map(({ at, from, language: locale, text }) => ({
          type: 'message',
          timestamp: at,
          locale,
          text,
          from: { id: from, role: roles[from] },
        })),
      },
    },
  ],
});

const Status = z.object({ state: z.enum(['accepted', 'failed', 'completed']) });

/** The state that a `handoff.status` event tells, as an object or as JSON in a text; null for anything else. */
export function readStatus(activity: { type?: unknown; name?: unknown; value?: unknown }) {
  if (activity.type !== 'event' || activity.name !== 'handoff.status') return null;
  let { value } = activity;
  if (typeof value === 'string' && value.length < 2000) {
    try {
      value = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return Status.safeParse(value).data?.state ?? null;
}
