import type { Outlet, TakeTurn } from '../../conversation/ports';
import type { Choice, Reply } from '../../conversation/reply';
import { capabilitiesOf } from '../activity/capabilities';
import { replyToActivities } from '../activity/reply-to-activities';

const silent: Outlet = { record: () => ({ log: [], outbox: [] }), delivered() {} };

/** A conversation as text in, text out. */
export type Console = { join(): Promise<string>; say(line: string): Promise<string> };

/** The terminal channel: replies as plain text with numbered buttons; a number presses one. */
export function createConsole(options: { takeTurn: TakeTurn; conversationId: string; locale?: string }): Console {
  const { takeTurn, conversationId, locale } = options;
  let sequence = 0;
  let choices: Choice[] = [];
  const show = (reply: Reply): string => {
    choices = reply.choices;
    return replyToActivities(reply, capabilitiesOf('console'))
      .map((activity) => activity.text ?? '')
      .join('\n\n');
  };
  const turn = (kind: 'joined' | 'message' | 'choice', text: string, value?: string) => {
    sequence += 1;
    return takeTurn(
      { conversationId, activityId: String(sequence), channel: 'console', from: 'person', kind, text, value, locale },
      silent,
    );
  };
  return {
    join: async () => show(await turn('joined', '')),
    async say(line) {
      const pressed = /^\s*\d{1,2}\s*$/.test(line) ? choices[Number(line) - 1] : undefined;
      return show(await (pressed ? turn('choice', pressed.title, pressed.value) : turn('message', line)));
    },
  };
}
