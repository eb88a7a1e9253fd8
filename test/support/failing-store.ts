import type { ConversationStore } from '../../src/conversation/ports';
import { createMemoryStore } from '../../src/storage/memory';

/** A store that stops answering and comes back: what was stored before is there again. */
export function failingStore(): { store: ConversationStore; fail(gone: boolean): void } {
  let gone = false;
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name, self) {
        const value = Reflect.get(object, name, self);
        if (typeof value === 'object' && value !== null) return guard(value);
        if (typeof value !== 'function' || name === 'close') return value;
        return (...given: unknown[]) =>
          gone ? Promise.reject(new Error('the disk is gone')) : value.apply(object, given);
      },
    });
  return {
    store: guard(createMemoryStore()),
    fail: (now) => {
      gone = now;
    },
  };
}
