import type { DeskMark, Handoff } from '../../conversation/handoff-ports';
import type { Clock, ConversationStore } from '../../conversation/ports';

/** How long a claim may take to be stored, in milliseconds. */
const claimLasts = 120_000;
/** A conversation that an adviser holds in Teams is over long before, in milliseconds. */
const workLasts = 8 * 86_400_000;

/** An adviser in Teams and one request. `claiming`: the claim is on its way; `working`: the dossier was sent. */
export type Work = {
  handoff: string;
  who: string;
  adviser: string;
  address: unknown;
  state: 'claiming' | 'working';
  /** Lines of the transcript that the adviser has, and the version of the handoff at which that was so. */
  lines: number;
  version: number;
};
export type WorkMark = DeskMark & { value: Work };

export type Works = ReturnType<typeof createWorks>;

/** True when the adviser of this work holds the conversation. */
export const isHeld = ({ adviser }: Work, handoff: Handoff | null): handoff is Handoff =>
  handoff?.state === 'talking' && handoff.claimedBy === adviser && handoff.conversationId !== '';

/** Which requests are worked on in Teams, and by whom. */
export function createWorks({ store, clock }: { store: Pick<ConversationStore, 'desk'>; clock: Clock }) {
  const { desk } = store;
  const later = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds).toISOString();
  const all = async (): Promise<WorkMark[]> => {
    const now = clock.now().toISOString();
    return (await desk.marks('staff-work')).filter(({ until }) => until > now) as WorkMark[];
  };
  return {
    all,
    /** What somebody works on, or is about to. */
    of: async (who: string): Promise<WorkMark[]> => (await all()).filter(({ value }) => value.who === who),
    /** Says that a claim is on its way, before it is: whoever crashes in between finds both or neither. */
    async begin(work: Pick<Work, 'handoff' | 'who' | 'adviser' | 'address'>): Promise<void> {
      const id = `${work.handoff}.${work.who}`;
      const version = (await desk.mark('staff-work', id))?.version ?? 0;
      const value: Work = { ...work, state: 'claiming', lines: 0, version: 0 };
      await desk.setMark({ kind: 'staff-work', id, value, until: later(claimLasts), version });
    },
    /** The mark moved on. */
    next: (mark: WorkMark, change: Partial<Work>): WorkMark => ({
      ...mark,
      until: later(workLasts),
      value: { ...mark.value, ...change },
    }),
    async end(handoff: string, who: string): Promise<void> {
      const mark = await desk.mark('staff-work', `${handoff}.${who}`);
      if (mark) await desk.dropMark(mark);
    },
  };
}
