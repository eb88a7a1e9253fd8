import type { ConversationSetup } from '../machine-setup';
import { openForm } from './form-help';

/** Nothing is known yet: the greeting offers ways to begin, and any message may skip them. */
export const greeting = (s: ConversationSetup) =>
  s.createStateConfig({ on: { 'user.opened-form': openForm('greeting') } });
