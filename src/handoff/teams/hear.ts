import type { DeskEvent } from '../../../dialogs/events';
import type { AdviserAccount, Handoff } from '../../conversation/handoff-ports';
import { dayInParis } from '../../conversation/paris-day';
import type { StaffMessage, StaffNote, StaffOutlet } from '../../conversation/staff-ports';
import { readPiece, searchPieces } from '../pieces';
import type { RelayResult } from '../relay';
import type { Room } from '../room';
import { hasVerdict, wordsFor } from '../routes/messages';
import { namesOf } from '../routes/queue';
import type { Carrier } from './carry';
import { foundNote, sayTo } from './notes';
import type { Linked, StaffLinks } from './staff-links';
import { isHeld, type Works } from './work';

const codePattern = /^(?:desk|guichet)\s+([0-9a-z]{5}[\s-]?[0-9a-z]{5})$/i;
const pressPattern = /^desk=([a-z]+):([\w-]{1,60})(?::([a-z]+):([\w-]{1,80}))?$/;
const commandPattern = /^(?:desk|guichet)\s+(\p{L}+)(?:\s+(.*))?$/isu;
/** Commands that can be typed, in both languages of advisers. */
const commands: Record<string, string> = {
  help: 'help',
  aide: 'help',
  find: 'find',
  chercher: 'find',
  return: 'return',
  rendre: 'return',
  pass: 'pass',
  remettre: 'pass',
  close: 'close',
  terminer: 'close',
  leave: 'leave',
  quitter: 'leave',
};
const endings = {
  return: { type: 'adviser.returned' },
  pass: { type: 'adviser.passed-on' },
  close: { type: 'adviser.closed' },
} as const satisfies Record<string, DeskEvent>;
const isEnding = (verb: string): verb is keyof typeof endings => Object.hasOwn(endings, verb);
const longestText = 4000;
const foundAtOnce = 5;
const seenLasts = 86_400_000;

type Heard = { message: StaffMessage; linked: Linked };

/** Reads what advisers write and press in Teams. What it gives back is said to them; null: the message is none of theirs. */
export function createHearing(room: Room, outlet: StaffOutlet, links: StaffLinks, works: Works, carrier: Carrier) {
  const { store, clock, words, library, relay } = room;
  const { desk } = store;
  const to = ({ account }: Linked, key: string, params?: Record<string, unknown>) => sayTo(words, account, key, params);

  async function redeem({ who, chat, place, address, channelAddress }: StaffMessage, code: string): Promise<StaffNote> {
    const purpose = await links.redeem(code);
    if (!purpose) return sayTo(words, null, 'wrongCode');
    if (chat !== (purpose === 'channel' ? 'channel' : 'personal')) return sayTo(words, null, 'wrongPlace');
    if (purpose === 'channel') {
      await links.announceIn({ place, address: channelAddress });
      return sayTo(words, null, 'bound');
    }
    const account = await desk.account(purpose.adviser);
    if (!account) return sayTo(words, null, 'wrongCode');
    await links.link(who, account.name, address);
    return sayTo(words, account, 'linked', { name: account.shown });
  }

  async function notWaiting(heard: Heard, { claimedBy, state }: Handoff): Promise<StaffNote> {
    const name = state === 'talking' && claimedBy !== null ? (await namesOf(room)).get(claimedBy) : undefined;
    return name === undefined ? to(heard.linked, 'notWaiting') : to(heard.linked, 'faster', { name });
  }

  /** The conversation that somebody holds in their private chat. */
  async function heldBy(who: string, account: AdviserAccount): Promise<Handoff | null> {
    for (const { value } of await works.of(who)) {
      const handoff = await desk.handoff(value.handoff);
      if (value.adviser === account.name && isHeld(value, handoff)) return handoff;
    }
    return null;
  }

  async function claim(heard: Heard, id: string): Promise<StaffNote | null> {
    const { message, linked } = heard;
    const { name } = linked.account;
    const handoff = await desk.handoff(id);
    if (!handoff || handoff.conversationId === '' || handoff.state === 'closed') return to(linked, 'notWaiting');
    const mine = handoff.state === 'talking' && handoff.claimedBy === name;
    if (handoff.state === 'talking' && !mine) return notWaiting(heard, handoff);
    const busy = await heldBy(message.who, linked.account);
    if (busy) return to(linked, busy.id === id ? 'already' : 'one');
    await works.begin({ handoff: id, who: message.who, adviser: name, address: linked.address });
    if (mine) return null;
    const order = { adviser: name, version: null, event: { type: 'adviser.claimed' } as const };
    const result = await relay(handoff, `claim ${name} ${handoff.version}`, order);
    if (result === 'done') return null;
    await works.end(id, message.who);
    if (result === 'unreachable') return to(linked, 'unreachable');
    return notWaiting(heard, (await desk.handoff(id)) ?? handoff);
  }

  /** What an order came to; `said` when it is on its way. */
  const told = (linked: Linked, result: RelayResult, said: StaffNote | null): StaffNote | null => {
    if (result === 'done') return said;
    return to(linked, result === 'lost' ? 'gone' : 'unreachable');
  };

  async function end(heard: Heard, handoff: Handoff, verb: keyof typeof endings): Promise<StaffNote | null> {
    const { message, linked } = heard;
    const order = { adviser: linked.account.name, version: null, event: endings[verb] };
    const result = await relay(handoff, `${verb} ${message.activityId}`, order);
    // That it is over is said by the look at what has changed, as when it ends elsewhere.
    return told(linked, result, null);
  }

  async function send(
    { message, linked }: Heard,
    handoff: Handoff,
    kind: string,
    id: string,
  ): Promise<StaffNote | null> {
    const piece = readPiece(library, kind, id);
    if (!piece) return to(linked, 'help');
    const verdict = piece.kind === 'outcome';
    if (verdict && !(await hasVerdict(room, handoff))) return to(linked, 'verdict');
    const event: DeskEvent =
      piece.kind === 'outcome' ? { type: 'adviser.sent-verdict' } : { type: 'adviser.sent', piece };
    const { name, uiLanguage } = linked.account;
    const result = await relay(handoff, `piece ${message.activityId}`, { adviser: name, version: null, event });
    const today = dayInParis(clock.now());
    const title = verdict
      ? words.in(uiLanguage)('console:pieces.kinds.outcome')
      : (searchPieces(room, id, uiLanguage, today).find((one) => one.kind === kind && one.id === id)?.title ?? id);
    return told(linked, result, to(linked, 'sent', { title }));
  }

  async function say({ message, linked }: Heard, handoff: Handoff): Promise<StaffNote | null> {
    const { text, activityId } = message;
    if (text === '') return to(linked, 'empty');
    if (text.length > longestText) return to(linked, 'tooLong');
    const event = { type: 'adviser.said' as const, text: await wordsFor(room, linked.account, handoff, text) };
    const order = { adviser: linked.account.name, version: null, event };
    return told(linked, await relay(handoff, `message ${activityId}`, order), null);
  }

  async function press(heard: Heard, [, verb = '', id = '', kind, piece]: RegExpExecArray): Promise<StaffNote | null> {
    const { message, linked } = heard;
    if (verb === 'claim') return claim(heard, id);
    const handoff = await heldBy(message.who, linked.account);
    if (!handoff || handoff.id !== id) return to(linked, 'gone');
    if (isEnding(verb)) return end(heard, handoff, verb);
    return verb === 'send' && kind && piece ? send(heard, handoff, kind, piece) : to(linked, 'help');
  }

  async function write(heard: Heard): Promise<StaffNote | null> {
    const { message, linked } = heard;
    const [, word = '', rest = ''] = commandPattern.exec(message.text) ?? [];
    const verb = commands[word.toLowerCase()];
    if (verb === 'help') return to(linked, 'help');
    const handoff = await heldBy(message.who, linked.account);
    if (verb === 'leave') {
      if (handoff) return to(linked, 'one');
      await links.unlink(linked.account.name);
      return to(linked, 'unlinked');
    }
    if (!handoff) return to(linked, 'none');
    if (verb === undefined) return say(heard, handoff);
    if (isEnding(verb)) return end(heard, handoff, verb);
    const { uiLanguage } = linked.account;
    const found = searchPieces(room, rest.slice(0, 200), uiLanguage, dayInParis(clock.now()));
    return foundNote(words, uiLanguage, handoff.id, found.slice(0, foundAtOnce));
  }

  /** The answer; `mine` false when the message is for the bot. */
  async function answer(message: StaffMessage): Promise<{ mine: boolean; note: StaffNote | null }> {
    const says = (note: StaffNote | null) => ({ mine: true, note });
    const code = codePattern.exec(message.text)?.[1];
    if (code !== undefined && message.pressed === null) return says(await redeem(message, code));
    const pressed = pressPattern.exec(message.pressed ?? '');
    const inTeam = message.chat === 'channel' && (await links.announcedIn())?.place === message.place;
    const personal = message.chat === 'personal' && message.pressed === null;
    if (!pressed && !inTeam && message.chat === 'channel') return { mine: false, note: null };
    const linked = await links.adviserOf(message.who);
    if (pressed) return says(linked ? await press({ message, linked }, pressed) : sayTo(words, null, 'stranger'));
    if (inTeam) return says(sayTo(words, linked?.account ?? null, 'thread'));
    if (!linked || !personal) return { mine: linked !== null, note: linked ? to(linked, 'none') : null };
    return says(await write({ message, linked }));
  }

  /** True when the message is for advisers; given twice, it is answered once. */
  return async (message: StaffMessage): Promise<boolean> => {
    const seen = { kind: 'staff-seen', id: message.activityId };
    if (await desk.mark(seen.kind, seen.id)) return true;
    const { mine, note } = await answer(message);
    if (!mine) return false;
    const item = note && outlet.item(`answer-${message.activityId}`, message.address, note);
    const until = new Date(clock.now().getTime() + seenLasts).toISOString();
    const outbox = item ? [item] : [];
    if (await desk.setMark({ ...seen, value: null, until, version: 0 }, outbox)) outlet.push(outbox);
    void carrier.look();
    return true;
  };
}
