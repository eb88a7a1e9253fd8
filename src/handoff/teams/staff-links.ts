import type { AdviserAccount } from '../../conversation/handoff-ports';
import type { Clock, ConversationStore } from '../../conversation/ports';
import { hashReturnCode, makeReturnCode } from '../../conversation/return-code';

/** How long a code can be used, in milliseconds. */
const codeLasts = 3_600_000;
/** A mark that lasts until somebody removes it. */
const always = '9999';
/** The one channel in which requests are announced. */
const theChannel = 'requests';

/** What a code is good for: to say which adviser somebody is, or in which channel requests are announced. */
export type Purpose = { adviser: string } | 'channel';

/** Somebody in Teams who is an adviser, and the private chat with them. */
export type Linked = { account: AdviserAccount; address: unknown };

type Link = { adviser: string; address: unknown };
/** Where requests are announced. `place`: keyed hash of the channel. */
export type Announcing = { place: string; address: unknown };

export type StaffLinks = ReturnType<typeof createStaffLinks>;

/**
 * Who in Teams is which adviser, and which channel is told. Both begin with a one-time code that only an operator or the signed-in
 * adviser can make; of the code its hash is kept, of the Teams user a keyed hash and the address of the private chat.
 */
export function createStaffLinks({ store, clock }: { store: Pick<ConversationStore, 'desk'>; clock: Clock }) {
  const { desk } = store;
  const isOver = (until: string) => until <= clock.now().toISOString();

  async function unlink(adviser: string): Promise<void> {
    for (const mark of await desk.marks('staff-link'))
      if ((mark.value as Link).adviser === adviser) await desk.dropMark(mark);
  }

  async function replace(kind: string, id: string, value: unknown): Promise<void> {
    const version = (await desk.mark(kind, id))?.version ?? 0;
    await desk.setMark({ kind, id, value, until: always, version });
  }

  return {
    /** A code for one use within the hour. */
    async makeCode(purpose: Purpose): Promise<string> {
      const code = makeReturnCode();
      const until = new Date(clock.now().getTime() + codeLasts).toISOString();
      await desk.setMark({ kind: 'staff-code', id: hashReturnCode(code) ?? '', value: purpose, until, version: 0 });
      return code;
    },
    /** What a typed code is good for; it is used up. Null when it is none, or was used, or is too old. */
    async redeem(typed: string): Promise<Purpose | null> {
      const mark = await desk.mark('staff-code', hashReturnCode(typed) ?? '');
      if (!mark || !(await desk.dropMark(mark)) || isOver(mark.until)) return null;
      return mark.value as Purpose;
    },
    /** From now on this Teams user is this adviser, and nobody else is. */
    async link(who: string, adviser: string, address: unknown): Promise<void> {
      await unlink(adviser);
      await replace('staff-link', who, { adviser, address } satisfies Link);
    },
    unlink,
    async adviserOf(who: string): Promise<Linked | null> {
      const link = (await desk.mark('staff-link', who))?.value as Link | undefined;
      const account = link && (await desk.account(link.adviser));
      return account ? { account, address: link.address } : null;
    },
    announceIn: (channel: Announcing) => replace('staff-channel', theChannel, channel),
    async announcedIn(): Promise<Announcing | null> {
      return ((await desk.mark('staff-channel', theChannel))?.value as Announcing | undefined) ?? null;
    },
    async announceNowhere(): Promise<void> {
      const mark = await desk.mark('staff-channel', theChannel);
      if (mark) await desk.dropMark(mark);
    },
  };
}
