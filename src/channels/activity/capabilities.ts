import type { ChannelId } from '../../conversation/channels';

/** What a channel can show. */
export type Capabilities = {
  /** Most buttons under a message; 0 = none, the options are numbered in the text instead. */
  suggestedActions: number;
  /** Longest button title, in characters; a longer one makes the whole list a numbered one. */
  longestTitle: number;
  /** What a button sends: its value (`messageBack`), or its title as if it had been typed (`imBack`). */
  buttonType: 'messageBack' | 'imBack';
  adaptiveCards: boolean;
  /** Most foldable parts behind buttons of one card; the others are shown open. */
  cardFolds: number;
  /** How a card's button comes back: with Web Chat's own hint, with Teams' hint, or bare. */
  cardSubmit: 'webchat' | 'msteams' | 'bare';
  markdown: boolean;
  /** Longest text of one message, in characters; a longer one becomes several. */
  longestText: number;
  /** Markdown links with `tel:` open the dialler and do nothing else. */
  telLinks: boolean;
  /** A card may open a page of ours. */
  links: boolean;
  /** Our own page, or one like it, shows how far the interview is. */
  showsProgress: boolean;
  /** Shows a picture that stands in the message itself. */
  pictures: boolean;
  /** Takes a message days after the person has written: not on a page that is closed, nor where a service has a window of hours. */
  writesLater: boolean;
  /** Shows that somebody is writing. */
  typing: boolean;
};

const webChat: Capabilities = {
  suggestedActions: 100,
  longestTitle: 200,
  buttonType: 'messageBack',
  adaptiveCards: true,
  cardFolds: 20,
  cardSubmit: 'webchat',
  markdown: true,
  longestText: 25_000,
  telLinks: true,
  links: true,
  showsProgress: true,
  pictures: true,
  writesLater: false,
  typing: true,
};

const plain: Capabilities = {
  suggestedActions: 0,
  longestTitle: 0,
  buttonType: 'imBack',
  adaptiveCards: false,
  cardFolds: 0,
  cardSubmit: 'bare',
  markdown: false,
  longestText: 1500,
  telLinks: false,
  links: false,
  showsProgress: false,
  pictures: false,
  writesLater: false,
  typing: false,
};

/**
 * By Bot Framework channel id. Teams: suggested actions only in one-to-one chats and at most six, so its buttons go into a card;
 * six is also the most that a card shows in a row. Facebook: at most ten short quick replies. Connectors of Facebook, Telegram and
 * Slack turn an Adaptive Card into a picture, which nobody can copy or hear: they get text. Texts stay below what services take (Messenger
 * 2,000 characters, Telegram 4,096, Slack 4,000, SMS and WhatsApp gateways 1,600).
 */
const table: Partial<Record<ChannelId, Capabilities>> = {
  webchat: webChat,
  directline: webChat,
  emulator: { ...webChat, writesLater: true },
  test: { ...webChat, writesLater: true },
  msteams: {
    ...webChat,
    suggestedActions: 0,
    cardFolds: 6,
    cardSubmit: 'msteams',
    telLinks: false,
    showsProgress: false,
    pictures: false,
    writesLater: true,
  },
  facebook: { ...plain, suggestedActions: 10, longestTitle: 20, longestText: 1900, typing: true },
  telegram: { ...plain, suggestedActions: 100, longestTitle: 60, longestText: 4000, writesLater: true, typing: true },
  slack: { ...plain, longestText: 3900, writesLater: true },
  email: { ...plain, longestText: 100_000, writesLater: true },
  sms: { ...plain, writesLater: true },
};

/** A channel's id as we keep it. Ids of channels are words; anything else could hold what nobody should keep. */
export const channelName = (id: string): string =>
  Object.hasOwn(table, id) || /^[a-z]{2,20}$/.test(id) ? id : 'other';

/** What a channel can show; an unknown one gets plain text, which works everywhere. */
export const capabilitiesOf = (channel: string): Capabilities =>
  (Object.hasOwn(table, channel) ? table[channel as ChannelId] : undefined) ?? plain;
