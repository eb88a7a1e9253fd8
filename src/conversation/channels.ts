/** The channels that we know, by their ids in the Bot Framework; `plain` (HTML forms) and `console` (the terminal) are ours. */
export const channelIds = [
  'directline',
  'plain',
  'webchat',
  'msteams',
  'emulator',
  'facebook',
  'telegram',
  'slack',
  'email',
  'sms',
  'console',
  'test',
] as const;
export type ChannelId = (typeof channelIds)[number];
