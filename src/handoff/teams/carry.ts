import type { DeskItem, DeskMark, Handoff } from '../../conversation/handoff-ports';
import type { StaffNote, StaffOutlet } from '../../conversation/staff-ports';
import { lookAt } from '../dossier';
import type { Room } from '../room';
import { namesOf } from '../routes/queue';
import { dossierNotes, lineNote, requestNote, sayTo } from './notes';
import type { StaffLinks } from './staff-links';
import { isHeld, type WorkMark, type Works } from './work';

/** The card of a request in the team's channel. `view`: what it shows; `messageId`: null until the channel has told it. */
type CardValue = { address: unknown; view: string; messageId: string | null };
type CardMark = DeskMark & { value: CardValue };

const cardLasts = 8 * 86_400_000;
const mostRaces = 20;

export type Carrier = ReturnType<typeof createCarrier>;

/** Brings cards and chats of advisers up to what the store says: whatever was missed is made up at the next look. */
export function createCarrier(room: Room, outlet: StaffOutlet, links: StaffLinks, works: Works) {
  const { store, words, clock, logger, translate, mask } = room;
  const { desk } = store;

  /** Stores a mark with what is to be sent for it, and sends it; nothing when another instance was faster. */
  async function move(mark: DeskMark, items: (DeskItem | null)[]): Promise<void> {
    const outbox = items.flatMap((item) => item ?? []);
    if (await desk.setMark(mark, outbox)) outlet.push(outbox);
  }

  const viewOf = ({ state, claimedBy }: Handoff): string => `${state} ${claimedBy ?? ''}`;

  async function cardOf(handoff: Handoff): Promise<StaffNote> {
    const looking = await lookAt(room, handoff, 'fr');
    const lines = looking ? await store.transcript(handoff.conversationId) : [];
    const holder = handoff.claimedBy === null ? null : ((await namesOf(room)).get(handoff.claimedBy) ?? null);
    return requestNote(room, handoff, looking, lines, holder);
  }

  async function announce(handoff: Handoff, address: unknown): Promise<void> {
    const value: CardValue = { address, view: viewOf(handoff), messageId: null };
    const until = new Date(clock.now().getTime() + cardLasts).toISOString();
    const mark = { kind: 'staff-card', id: handoff.id, value, until, version: 0 };
    const way = { tell: handoff.id, about: handoff.conversationId };
    await move(mark, [outlet.item(`card-${handoff.id}`, address, await cardOf(handoff), way)]);
  }

  /** The card follows the request; when somebody waits again, its thread says so, for a changed card calls nobody. */
  async function follow(mark: CardMark, handoff: Handoff | null): Promise<void> {
    const { messageId, address, view } = mark.value;
    const now = handoff ? viewOf(handoff) : 'closed ';
    if (messageId === null || !handoff) return;
    if (view === now) {
      if (handoff.state === 'closed') await desk.dropMark(mark);
      return;
    }
    const id = `card-${handoff.id}-${mark.version}`;
    const again = handoff.state === 'waiting' && view.startsWith('talking');
    await move({ ...mark, value: { ...mark.value, view: now } }, [
      outlet.item(id, address, await cardOf(handoff), { replaces: messageId, about: handoff.conversationId }),
      again ? outlet.item(`${id}-again`, outlet.thread(address, messageId), sayTo(words, null, 'again')) : null,
    ]);
  }

  /** How a conversation left its adviser. */
  function endOf(handoff: Handoff | null): string {
    if (handoff?.state === 'waiting') return 'done.pass';
    if (handoff?.state !== 'closed') return 'gone';
    return handoff.outcome === 'closed' ? 'done.close' : handoff.outcome === 'erased' ? 'gone' : 'done.return';
  }

  /** The person's words reach the adviser who holds the conversation; who holds it no longer is told. */
  async function carry(mark: WorkMark, handoff: Handoff | null): Promise<void> {
    const { value } = mark;
    const account = await desk.account(value.adviser);
    const about = handoff?.conversationId;
    const say = (id: string, note: StaffNote) =>
      outlet.item(`${mark.id}-${mark.version}-${id}`, value.address, note, { about });
    if (!isHeld(value, handoff)) {
      if (value.state === 'claiming') return;
      await move({ ...works.next(mark, { state: 'claiming' }), until: clock.now().toISOString() }, [
        say('over', sayTo(words, account, endOf(handoff))),
      ]);
      return;
    }
    if (value.state === 'working' && value.version === handoff.version) return;
    const looking = await lookAt(room, handoff, account?.uiLanguage ?? 'fr');
    if (!looking) return;
    const lines = await store.transcript(handoff.conversationId);
    const reached = { state: 'working' as const, lines: lines.length, version: handoff.version };
    const notes: StaffNote[] =
      value.state === 'claiming' ? dossierNotes(room, handoff, looking, lines) : await fresh(lines.slice(value.lines));
    await move(
      works.next(mark, reached),
      notes.map((note, index) => say(String(index), note)),
    );

    async function fresh(added: typeof lines): Promise<StaffNote[]> {
      const theirs = added.filter(({ from }) => from === 'person' || from === 'bot');
      return Promise.all(
        theirs.map(async (line) => {
          const own = looking?.own as NonNullable<typeof looking>['own'];
          const translated = line.from === 'person' ? await translate(line.text, line.language, own.language) : null;
          return lineNote(own, line, translated && mask(translated));
        }),
      );
    }
  }

  async function look(): Promise<void> {
    const [announcing, cards, working] = [await links.announcedIn(), await desk.marks('staff-card'), await works.all()];
    if (!announcing && cards.length + working.length === 0) return;
    const open = new Map((await desk.openHandoffs()).map((handoff) => [handoff.id, handoff]));
    const find = async (id: string) => open.get(id) ?? (await desk.handoff(id));
    const known = new Set(cards.map(({ id }) => id));
    for (const handoff of open.values())
      if (announcing && handoff.state === 'waiting' && !known.has(handoff.id))
        await announce(handoff, announcing.address);
    for (const mark of cards) await follow(mark as CardMark, await find(mark.id));
    for (const mark of working) await carry(mark, await find(mark.value.handoff));
  }

  let looking: Promise<void> | null = null;
  let again = false;
  return {
    /** One look at a time; asked meanwhile, it looks once more. Never throws. */
    look(): Promise<void> {
      again = true;
      looking ??= (async () => {
        while (again) {
          again = false;
          await look();
        }
      })()
        .catch((error: unknown) =>
          logger.error({ code: 'STAFF_CHAT', error }, 'the chats of advisers could not be served'),
        )
        .finally(() => {
          looking = null;
        });
      return looking;
    },
    /** The channel has told the id of a card. Never throws: the card is there, only its update is lost. */
    async sent(handoff: string, messageId: string): Promise<void> {
      try {
        for (let race = 0; race < mostRaces; race += 1) {
          const mark = (await desk.mark('staff-card', handoff)) as CardMark | null;
          if (!mark || (await desk.setMark({ ...mark, value: { ...mark.value, messageId } }))) break;
        }
        void this.look();
      } catch (error) {
        logger.error({ code: 'STAFF_CHAT', error }, 'the id of a card could not be kept');
      }
    },
  };
}
