import { currentPerson } from '../../dialogs/context';
import type { ConversationEvent, Stamp } from '../../dialogs/events';
import { pendingSlot } from '../../dialogs/prompts';
import { subjectProfile } from '../../dialogs/verdict';
import { isSlot, type Profile, parseSlotText, type Slot } from '../domain/profile';
import type { Library } from '../library/library';
import { choiceToEvents, isChoiceValue, messageToEvents, type Situation } from '../nlu/to-events';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import { understandWith } from './ask-ranker';
import { type Inbound, longestText } from './inbound';
import type { Logger, Ranker } from './ports';
import { codeToEvents, hiddenCode, type ResumeDeps } from './privacy';
import { articleTitle } from './render-article';
import { typedTerm } from './render-glossary';
import { choicesOf, slotLabel, valueLabel } from './render-question';
import { isMeantAsResumeCode } from './resume-code';
import type { Scene } from './scene';

/** An event that was not stamped with its time yet. */
export type Unstamped = ConversationEvent extends infer E
  ? E extends ConversationEvent
    ? Omit<E, keyof Stamp>
    : never
  : never;

/** What was received, as events. `personText`: masked, as the channel shows it. */
export type Read = {
  events: Unstamped[];
  personText: string;
  /** What the bot understood of a typed message, though it may say nothing to it; for advisers. */
  facts?: Profile;
  topics?: string[];
};

export type ReadingDeps = {
  library: Library;
  understand(text: string, context: UnderstandingContext): Understanding;
  rank?: Ranker;
  resume: ResumeDeps;
  logger: Logger;
  mask(text: string): string;
};

const situationOf = (library: Library, scene: Scene, liveLanguages: string[]): Situation => ({
  profile: subjectProfile(currentPerson(scene.snapshot.context)),
  asked: pendingSlot(scene.snapshot),
  liveLanguages,
  hasArticle: (topic) => Object.hasOwn(library.articles, topic),
  hasTerm: (term) => Object.hasOwn(library.glossary, term),
});

const contextOf = (inbound: Inbound, scene: Scene, { asked, profile }: Situation): UnderstandingContext => ({
  language: scene.snapshot.context.language,
  locale: inbound.locale,
  today: scene.today,
  asked,
  offered: asked ? choicesOf(scene, asked).map((choice) => choice.value) : [],
  profile,
  topic: scene.snapshot.context.topic,
});

const understoodOf = ({ answers, question }: Understanding): Pick<Read, 'facts' | 'topics'> => ({
  ...(Object.keys(answers).length > 0 ? { facts: answers } : {}),
  ...(question.topics.length > 0 ? { topics: question.answers ?? question.topics.slice(0, 3) } : {}),
});

/** A pressed button in words, for a transcript: channels need not send its title. */
function pressed(scene: Scene, value: string): string {
  const cut = value.indexOf('=');
  const [kind, rest] = [value.slice(0, cut), value.slice(cut + 1)];
  if (kind === 'ask') return articleTitle(scene, rest) ?? '';
  const parsed = isSlot(kind) ? parseSlotText(kind, rest) : undefined;
  if (parsed === undefined) return '';
  const slot = kind as Slot;
  return `${slotLabel(scene, slot)}${scene.t('common:separator')}${valueLabel(scene, slot, parsed)}`;
}

/** The words that a transcript keeps of what was received. */
export const wordsOf = (scene: Scene, inbound: Inbound, { personText }: Read): string =>
  personText || (inbound.value === undefined ? '' : pressed(scene, inbound.value));

/** Somebody else listens: facts of buttons are noted and danger is met, everything else is only handed on. */
function readForAdviser(deps: ReadingDeps, inbound: Inbound, scene: Scene, situation: Situation): Read {
  const text = inbound.text.trim();
  const value = inbound.kind === 'choice' ? inbound.value : isChoiceValue(text) ? text : undefined;
  const personText = isMeantAsResumeCode(text) ? hiddenCode : deps.mask(text).slice(0, longestText);
  if (value === 'do=forget') return { events: [{ type: 'user.forget-me' }], personText };
  if (value !== undefined) {
    const answers = choiceToEvents(value, situation).filter(({ type }) => type === 'user.answered');
    return { events: [...answers, { type: 'user.wrote' }], personText };
  }
  const meant = deps.understand(text.slice(0, longestText), contextOf(inbound, scene, situation));
  if (meant.command === 'forget') return { events: [{ type: 'user.forget-me' }], personText };
  const events: Unstamped[] = meant.crisis ? [{ type: 'user.in-danger', danger: meant.crisis }] : [];
  return { events: [...events, { type: 'user.wrote' }], personText, ...understoodOf(meant) };
}

/** Steps 5 and 6 of the road: what was received, as events. */
export async function readInbound(
  deps: ReadingDeps,
  inbound: Inbound,
  scene: Scene,
  liveLanguages: string[],
): Promise<Read> {
  const { context } = scene.snapshot;
  if (inbound.desk) return { events: [inbound.desk.event], personText: '' };
  const situation = situationOf(deps.library, scene, liveLanguages);
  const inLanguage: Unstamped[] =
    context.language === null ? [{ type: 'user.chose-language', language: scene.language, explicit: false }] : [];
  if (inbound.kind === 'joined') return { events: [{ type: 'user.arrived' }], personText: '' };
  if (scene.snapshot.matches({ withAdviser: 'talking' })) return readForAdviser(deps, inbound, scene, situation);
  const text = inbound.text.trim();
  const value = inbound.kind === 'choice' ? inbound.value : isChoiceValue(text) ? text : typedTerm(scene, text);
  if (value !== undefined) {
    const events = choiceToEvents(value, situation);
    const facts = events.find((event) => event.type === 'user.answered')?.answers;
    return { events: [...inLanguage, ...events], personText: deps.mask(text), ...(facts ? { facts } : {}) };
  }
  const resumed = codeToEvents(deps.resume, text, scene.today, liveLanguages);
  if (resumed) return { events: [...inLanguage, ...resumed], personText: hiddenCode };
  if (!/[\p{L}\p{N}]/u.test(text))
    return {
      events: [...inLanguage, { type: 'user.was-unclear', reason: text === '' ? 'empty' : 'notUnderstood' }],
      personText: '',
    };
  if (text.length > longestText) {
    return {
      events: [...inLanguage, { type: 'user.was-unclear', reason: 'tooLong' }],
      personText: deps.mask(text).slice(0, longestText),
    };
  }
  const meant = await understandWith(deps, text, contextOf(inbound, scene, situation));
  const events = messageToEvents(meant);
  const first = context.language === null && events[0]?.type !== 'user.chose-language';
  return {
    events: first
      ? [{ type: 'user.chose-language', language: meant.language.code, explicit: false }, ...events]
      : events,
    personText: meant.maskedText,
    ...understoodOf(meant),
  };
}
