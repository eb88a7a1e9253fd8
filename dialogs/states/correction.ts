import type { ConversationSetup } from '../machine-setup';

/** The answers so far are on screen, each with a button to change it. */
export const correction = (s: ConversationSetup) => s.createStateConfig({});
