import type { ConversationStore, LoggedActivity } from '../conversation/ports';

/**
 * A store whose activity log is also read in pages: at most `limit` entries above `after`, in order; with a negative limit only the last
 * ones of the whole log.
 */
export type PagedStore = Omit<ConversationStore, 'readLog'> & {
  readLog(conversationId: string, after: number, limit?: number): Promise<LoggedActivity[]>;
};
