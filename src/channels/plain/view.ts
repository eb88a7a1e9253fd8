import type { ConversationStore } from '../../conversation/ports';
import type { LogEntry } from '../directline/log';
import type { Drawable } from './draw-activity';

/** What was said in one go: what the person wrote, if they began it, and everything that came after. */
export type Exchange = { person: Drawable | null; said: Drawable[] };

/** A conversation as a page shows it. `seen` = sequence of the last entry it shows, 0 when nothing was said yet. */
export type View = {
  token: string;
  seen: number;
  /** Code of the language. */
  language: string;
  now: Exchange;
  /** The newest first. */
  earlier: Exchange[];
  /** Somebody was asked for and has not finished: an answer may come at any time. */
  waiting: boolean;
  /** What is said first: why nothing changed, for instance. */
  notice?: string;
  /** What was typed and could not be taken yet. */
  typed?: string;
};

/** Most entries of a log that one page looks at. */
const mostEntries = 60;

/** The end of a conversation's log as exchanges, the newest first, and what else a page needs to know of it. */
export async function readView(
  store: ConversationStore,
  conversationId: string,
): Promise<Pick<View, 'seen' | 'now' | 'earlier' | 'waiting'> & { language: string | undefined }> {
  const logged = await store.readLog(conversationId, 0, -mostEntries);
  const exchanges: Exchange[] = [];
  let language: string | undefined;
  for (const { activity } of logged) {
    const entry = activity as LogEntry;
    const drawable = entry.activity as Drawable;
    if (entry.from === 'person' || exchanges.length === 0) exchanges.push({ person: null, said: [] });
    const exchange = exchanges.at(-1) as Exchange;
    if (entry.from === 'person') exchange.person = drawable;
    else {
      exchange.said.push(drawable);
      language = drawable.locale ?? language;
    }
  }
  const [now = { person: null, said: [] }, ...earlier] = exchanges.reverse();
  const handoff = await store.desk.handoffOf(conversationId);
  const waiting = handoff !== null && handoff.state !== 'closed';
  return { seen: logged.at(-1)?.sequence ?? 0, language, now, earlier, waiting };
}

/** What the person said since a page was made, by whatever way; `erased` stands for a log that has begun anew since. */
export async function readSince(
  store: ConversationStore,
  conversationId: string,
  seen: number,
): Promise<{ key?: string; text?: unknown; value?: unknown }[]> {
  const [last] = await store.readLog(conversationId, 0, -1);
  if ((last?.sequence ?? 0) < seen) return [{ key: 'erased' }];
  const since = await store.readLog(conversationId, seen, mostEntries);
  return since
    .map(({ activity }) => activity as LogEntry)
    .filter(({ from }) => from === 'person')
    .map(({ key, activity: { text, value } }) => ({ key, text, value: (value as { choose?: unknown })?.choose }));
}
