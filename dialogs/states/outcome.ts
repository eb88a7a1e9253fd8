import type { ConversationSetup } from '../machine-setup';

/** A verdict stands. New facts lead back through the rules; questions are answered here. */
export const outcome = (s: ConversationSetup) => s.createStateConfig({});
