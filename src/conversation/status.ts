/** Status of a turn, the first that applies wins (the vocabulary, "Status of a turn"). */
export const turnStatuses = [
  'failed',
  'crisis',
  'privacy',
  'handoff-offered',
  'handoff-waiting',
  'handoff-active',
  'answered',
  'suggested',
  'refused-near',
  'refused-out',
  'corrected',
  'outcome',
  'language-changed',
  'clarified',
  'asked',
  'greeted',
  'closed',
] as const;
export type TurnStatus = (typeof turnStatuses)[number];
