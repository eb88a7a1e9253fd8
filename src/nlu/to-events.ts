import { type ConversationEvent, helpReasons, type Stamp } from '../../dialogs/events';
import { outcomeIds, resultTopic } from '../domain/ids';
import { isSlot, type Profile, parseSlotText, parseSlotValue, type Slot } from '../domain/profile';
import type { Command, Understanding } from './understanding';

type Event = ConversationEvent extends infer E ? (E extends ConversationEvent ? Omit<E, keyof Stamp> : never) : never;

/** What choices and messages are read against. */
export type Situation = {
  profile: Profile;
  /** Slot whose answer is awaited. */
  asked: Slot | null;
  /** Codes of the languages that can be chosen. */
  liveLanguages: string[];
  /** True when the library has this topic. */
  hasArticle(topic: string): boolean;
  /** True when the glossary has this term. */
  hasTerm(term: string): boolean;
};

const commandEvents: Record<string, Event> = {
  start: { type: 'user.started' },
  edit: { type: 'user.corrected', answers: {} },
  human: { type: 'user.wants-human' },
  withdraw: { type: 'user.withdrew' },
  restart: { type: 'user.restarted' },
  back: { type: 'user.went-back' },
  forget: { type: 'user.forget-me' },
  later: { type: 'user.wants-code' },
  mydata: { type: 'user.wants-data' },
  remind: { type: 'user.wants-reminder', on: null },
  unremind: { type: 'user.cancelled-reminder' },
  why: { type: 'user.asked-why' },
  continue: { type: 'user.continued' },
  help: { type: 'user.was-unclear', reason: 'help' },
  thanks: { type: 'user.was-unclear', reason: 'thanks' },
  greeting: { type: 'user.was-unclear', reason: 'greeting' },
  result: { type: 'user.wants-result' },
  form: { type: 'user.opened-form' },
  stop: { type: 'user.stopped' },
  script: { type: 'user.wants-paper', paper: 'script' },
  letter: { type: 'user.wants-paper', paper: 'letter' },
  bye: { type: 'user.was-unclear', reason: 'bye' },
  keepYes: { type: 'user.judged-keeping', allowed: true },
  keepNo: { type: 'user.judged-keeping', allowed: false },
  none: { type: 'user.was-unclear', reason: 'notUnderstood' },
} satisfies Record<Command, Event> & Record<string, Event>;

/** Results can be called useful, like articles. */
const resultTopics: string[] = outcomeIds.map(resultTopic);

/** Redirects that are no subject at all, and the wish that stands for each. */
const smallTalk: Record<string, Command | 'none'> = {
  'out-greeting': 'greeting',
  'out-thanks': 'thanks',
  'out-gibberish': 'none',
};

/** Text that is a button value, for channels that send the value as typed text. */
export const isChoiceValue = (text: string): boolean =>
  /^[a-zA-Z][a-zA-Z0-9]*=[\w.,:+-]{1,80}$/.test(text) &&
  (isSlot(text.split('=')[0] ?? '') || /^(do|ask|edit|lang|term|useful|helped)=/.test(text));

/** The event behind a button, also of an old card; `unknownButton` when it means nothing any more. */
export function choiceToEvents(value: string, situation: Situation): Event[] {
  const cut = value.indexOf('=');
  const [kind, rest] = [value.slice(0, cut), value.slice(cut + 1)];
  if (kind === 'lang' && situation.liveLanguages.includes(rest))
    return [{ type: 'user.chose-language', language: rest, explicit: true }];
  if (kind === 'ask' && situation.hasArticle(rest)) return [{ type: 'user.asked', policy: 'answer', topics: [rest] }];
  if (kind === 'term' && situation.hasTerm(rest)) return [{ type: 'user.opened-term', term: rest }];
  const [, verdict, topic = ''] = kind === 'useful' ? (/^(yes|no):(.+)$/.exec(rest) ?? []) : [];
  if (situation.hasArticle(topic) || resultTopics.includes(topic))
    return [{ type: 'user.rated', topic, useful: verdict === 'yes' }];
  const [, helped, reason = null] = kind === 'helped' ? (/^(yes|no)(?::(\w+))?$/.exec(rest) ?? []) : [];
  const known = helpReasons.find((one) => one === reason) ?? null;
  if (helped && (reason === null || known)) return [{ type: 'user.judged', helped: helped === 'yes', reason: known }];
  if (kind === 'edit' && isSlot(rest)) return [{ type: 'user.picked-question', slot: rest }];
  if (kind === 'do' && Object.hasOwn(commandEvents, rest)) return [commandEvents[rest] as Event];
  if (isSlot(kind)) {
    const parsed = parseSlotText(kind, rest);
    if (parsed !== undefined) {
      const same = JSON.stringify(situation.profile[kind]) === JSON.stringify(parsed);
      if (same && situation.asked !== kind) return [{ type: 'user.was-unclear', reason: 'alreadySaid' }];
      return [{ type: 'user.answered', answers: { [kind]: parseSlotValue(kind, parsed) } }];
    }
  }
  return [{ type: 'user.was-unclear', reason: 'unknownButton' }];
}

/** The events behind a typed message, in fixed order: language, facts, then the question or wish. At most three. */
export function messageToEvents(meant: Understanding): Event[] {
  const events: Event[] = [];
  const { code, explicit, changed } = meant.language;
  if (changed || explicit) events.push({ type: 'user.chose-language', language: code, explicit });
  if (meant.crisis) return [...events, { type: 'user.in-danger', danger: meant.crisis }];
  const stated = Object.keys(meant.answers).length > 0;
  if (stated) events.push({ type: meant.correction ? 'user.corrected' : 'user.answered', answers: meant.answers });
  const wish = questionOrWish(meant, stated);
  if (wish.length > 0) return [...events, ...wish];
  return stated || explicit ? events : [...events, unclear(meant)];
}

/** What the message asks for besides its facts; a guess at a question only stands beside facts that were understood. */
function questionOrWish({ command, remindOn, personalData, question }: Understanding, stated: boolean): Event[] {
  const { policy, topics } = question;
  if (command === 'human') return [{ type: 'user.wants-human' }];
  if (command === 'remind') return [{ type: 'user.wants-reminder', on: remindOn ?? null }];
  const events: Event[] = personalData.length > 0 ? [{ type: 'user.shared-private', kinds: personalData }] : [];
  if (policy === 'answer') {
    const also = question.answers ? [] : topics.slice(1, 3);
    const asked: Event = { type: 'user.asked', policy, topics: question.answers ?? topics.slice(0, 1) };
    return [...events, also.length > 0 ? { ...asked, also } : asked];
  }
  if (stated && policy === 'suggest') return [...events, { type: 'user.asked', policy, topics, aside: true }];
  if (stated || events.length > 0) return events;
  const small = policy === 'refuse-out' ? smallTalk[topics[0] ?? ''] : undefined;
  if (small) return [commandEvents[small] as Event];
  if (policy !== 'none') return [{ type: 'user.asked', policy, topics }];
  return command ? [commandEvents[command] as Event] : [];
}

/** Nothing was understood; a language that is not offered yet is named, so that the answer can be in it. */
function unclear({ language }: Understanding): Event {
  const { code, detected } = language;
  return detected !== null && detected !== code
    ? { type: 'user.was-unclear', reason: 'otherLanguage', language: detected }
    : { type: 'user.was-unclear', reason: 'notUnderstood' };
}

/** Stamps events with time and day. */
export const stamped = (events: Event[], stamp: Stamp): ConversationEvent[] =>
  events.map((event) => ({ ...event, ...stamp }) as ConversationEvent);
