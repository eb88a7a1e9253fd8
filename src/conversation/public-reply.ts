import type { ConversationMachine } from '../../dialogs/conversation.machine';
import { begin, move } from '../../dialogs/move';
import { fallbackLanguage, type Words } from '../library/i18n';
import type { Library } from '../library/library';
import { messageToEvents, stamped } from '../nlu/to-events';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import { type Inbound, longestText } from './inbound';
import { matchLocale } from './match-locale';
import { dayInParis } from './paris-day';
import type { Clock } from './ports';
import { effectPart } from './render-effect';
import type { Bubble, Reply } from './reply';

export type PublicReplyDeps = {
  library: Library;
  words: Words;
  machine: ConversationMachine;
  understand(text: string, context: UnderstandingContext): Understanding;
  clock: Clock;
};

/** `button`: words of a button that leads to the private chat. */
export type PublicReply = { reply: Reply; button: string };

/** What may be said where others read along: help in danger, a warning about personal numbers, a general answer. */
const forEveryone = ['user.in-danger', 'user.shared-private', 'user.asked'];

/**
 * Answers where others read along (a group, a team's channel): a general question gets its article, everything about a person is
 * kindly refused and belongs in a private chat. Nothing is kept, no question is put, no button is shown.
 */
export function createPublicReply(deps: PublicReplyDeps): (inbound: Inbound) => PublicReply {
  const { library, words, machine, understand, clock } = deps;
  const live = library.languages.filter((one) => one.live).map(({ code }) => code);
  return ({ kind, text, locale }) => {
    const now = clock.now();
    const stamp = { at: now.toISOString(), today: dayInParis(now) };
    const context = { language: null, today: stamp.today, asked: null, offered: [], profile: {}, topic: null };
    const meant =
      kind === 'message' && text !== '' ? understand(text.slice(0, longestText), { ...context, locale }) : null;
    const language = meant?.language.code ?? matchLocale(locale, live) ?? fallbackLanguage;
    const t = words.in(language);
    const heard = meant ? messageToEvents(meant).filter((event) => forEveryone.includes(event.type)) : [];
    const answerable = heard.filter((event) => event.type !== 'user.asked' || event.policy === 'answer');
    const { snapshot, effects } = move(machine, begin(machine), stamped(answerable, stamp));
    const scene = { snapshot, library, words, language, t, today: stamp.today, forOther: false };
    const parts = effects.flatMap((effect) => effectPart(scene, effect) ?? []);
    const last = parts.find(({ endsTurn }) => endsTurn);
    const invitation = { text: t(kind === 'joined' ? 'teams:public.hello' : 'teams:public.private') };
    const said: Bubble[] = last ? last.bubbles : [...parts.flatMap(({ bubbles }) => bubbles), invitation];
    const card = said.find((bubble) => bubble.card)?.card;
    const reply: Reply = {
      language,
      direction: library.languages.find(({ code }) => code === language)?.direction ?? 'ltr',
      status: last ? 'crisis' : parts.length > 0 ? 'answered' : 'clarified',
      // One message: a group is not to be filled.
      bubbles: [{ text: said.flatMap((bubble) => bubble.text || []).join('\n\n'), ...(card ? { card } : {}) }],
      choices: [],
      articles: [],
    };
    return { reply, button: t('teams:public.button') };
  };
}
