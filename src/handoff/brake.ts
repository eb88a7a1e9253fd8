import { createHmac } from 'node:crypto';
import type { Clock, ConversationStore } from '../conversation/ports';

/** Wrong passwords that are free; after them each takes longer. */
const freeTries = 10;
const firstWait = 30_000;
const longestWait = 15 * 60_000;
const forgottenAfter = 3_600_000;
/** How often a count is tried again when another instance counts at the same moment. */
const mostRaces = 50;

type Wrong = { count: number; last: number };

/**
 * Slows down whoever keeps giving wrong passwords: by account and address together, and by address alone. Counted in the store, so that
 * all instances count together; of name and address a keyed hash is kept, for an hour.
 */
export function createBrake({ store, clock }: { store: Pick<ConversationStore, 'desk' | 'secret'>; clock: Clock }) {
  const { desk } = store;
  const hash = async (text: string): Promise<string> =>
    createHmac('sha256', await store.secret('sign-in-brake'))
      .update(text)
      .digest('base64url');
  const now = () => clock.now().getTime();

  /** Changes a count, whoever else does at the same moment; `change` gives null to leave it. Gives what `change` was given. */
  async function count(key: string, change: (known: Wrong) => Wrong | null): Promise<Wrong> {
    const id = await hash(key);
    for (let race = 0; race < mostRaces; race += 1) {
      const mark = await desk.mark('wrong-password', id);
      const kept = mark?.value as Wrong | undefined;
      const known = kept && now() - kept.last <= forgottenAfter ? kept : { count: 0, last: 0 };
      const value = change(known);
      if (value === null) return known;
      const until = new Date(value.last + forgottenAfter).toISOString();
      if (await desk.setMark({ kind: 'wrong-password', id, value, until, version: mark?.version ?? 0 })) return known;
    }
    return { count: Number.MAX_SAFE_INTEGER, last: now() };
  }

  /** Milliseconds to wait before a try that comes after `known`. */
  function pause({ count, last }: Wrong, free: number): number {
    if (count < free) return 0;
    return Math.max(0, last + Math.min(firstWait * 2 ** (count - free), longestWait) - now());
  }

  return {
    /** Counts a try before it is looked at: many at once must not slip through together. Gives the seconds to wait; 0 = go ahead. */
    async begin(name: string, address: string): Promise<number> {
      const attempt = (key: string, free: number) =>
        count(key, (known) => (pause(known, free) > 0 ? null : { count: known.count + 1, last: now() })).then((known) =>
          pause(known, free),
        );
      // An address may stand for a whole office: it has more free tries.
      const byAddress = await attempt(address, freeTries * 10);
      const wait = byAddress > 0 ? byAddress : await attempt(`${name}\n${address}`, freeTries);
      return Math.ceil(wait / 1000);
    },
    /** Takes back what was counted when the try began. */
    async succeeded(name: string, address: string): Promise<void> {
      await count(`${name}\n${address}`, ({ last }) => ({ count: 0, last }));
      await count(address, (known) => (known.count > 0 ? { ...known, count: known.count - 1 } : null));
    },
  };
}
