import type { Progress } from '../../conversation/reply';

/** A button under a message. `value` is what the channel sends back. */
export type CardAction = {
  type: 'messageBack' | 'imBack';
  title: string;
  displayText?: string;
  text?: string;
  value: string | { choose: string };
};

export type Attachment =
  | { contentType: string; name?: string; content: Record<string, unknown> }
  /** A picture; `contentUrl` is always `data:…`, so that nothing is fetched. */
  | { contentType: 'image/svg+xml'; name: string; contentUrl: string };

/** A message in the Bot Framework's activity schema, as plain JSON: no address, no id, ready for any way of delivery. */
export type PlainActivity = {
  type: 'message';
  /** Absent when the message is only a card. */
  text?: string;
  textFormat: 'markdown' | 'plain';
  /** Language of the reply (BCP 47). */
  locale: string;
  inputHint: 'expectingInput' | 'acceptingInput';
  /** Short text for notifications. */
  summary?: string;
  attachments?: Attachment[];
  /** What our own page shows beside the conversation. */
  channelData?: { progress: Progress };
  suggestedActions?: { to: string[]; actions: CardAction[] };
};
