import type { ConversationStore } from '../../src/conversation/ports';

/** A store whose turns stand still while it is held: nobody can load a conversation. */
export type HoldingStore = ConversationStore & {
  hold(): void;
  /** They go on; with an error they fail. */
  release(error?: Error): void;
  /** The conversations of the turns that have begun so far. */
  loaded: string[];
};

export function holdingStore(store: ConversationStore): HoldingStore {
  const waiting: ((error?: Error) => void)[] = [];
  const loaded: string[] = [];
  let held = false;
  return {
    ...store,
    loaded,
    hold() {
      held = true;
    },
    release(error) {
      held = false;
      for (const go of waiting.splice(0)) go(error);
    },
    async load(conversationId) {
      loaded.push(conversationId);
      if (held) {
        await new Promise<void>((resolve, reject) => {
          waiting.push((error) => (error ? reject(error) : resolve()));
        });
      }
      return store.load(conversationId);
    },
  };
}
