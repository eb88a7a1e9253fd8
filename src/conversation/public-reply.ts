import { messageToEvents } from '../nlu/to-events';
import { bareReply } from './bare-reply';
import { type Inbound, longestText } from './inbound';
import type { Conversation } from './open';
import { type OutsideTurnDeps, outsideTurn } from './outside-turn';
import { effectPart } from './render-effect';
import type { Bubble, Reply } from './reply';

export type PublicReplyDeps = OutsideTurnDeps & Pick<Conversation, 'understand'>;

/** `button`: words of a button that leads to the private chat. */
export type PublicReply = { reply: Reply; button: string };

/** What may be said where others read along: help in danger, a warning about personal numbers, a general answer. */
const forEveryone = ['user.in-danger', 'user.shared-private', 'user.asked'];

/**
 * Answers where others read along (a group, a team's channel): a general question gets its article, everything about a person is
 * kindly refused and belongs in a private chat. Nothing is kept, no question is put, no button is shown.
 */
export function createPublicReply(deps: PublicReplyDeps): (inbound: Inbound) => PublicReply {
  return ({ kind, text, locale }) => {
    const outside = outsideTurn(deps);
    const context = { language: null, today: outside.today, asked: null, offered: [], profile: {}, topic: null };
    const typed = kind === 'message' ? text.slice(0, longestText) : '';
    const meant = typed === '' ? null : deps.understand(typed, { ...context, locale });
    const language = meant?.language.code ?? outside.languageOf(locale);
    const heard = meant ? messageToEvents(meant).filter((event) => forEveryone.includes(event.type)) : [];
    const answerable = heard.filter((event) => event.type !== 'user.asked' || event.policy === 'answer');
    const { scene, effects } = outside.move(outside.sceneIn(language), answerable);
    const { t } = scene;
    const parts = effects.flatMap((effect) => effectPart(scene, effect) ?? []);
    const last = parts.find(({ endsTurn }) => endsTurn);
    const invitation = { text: t(kind === 'joined' ? 'teams:public.hello' : 'teams:public.private') };
    const said: Bubble[] = last ? last.bubbles : [...parts.flatMap(({ bubbles }) => bubbles), invitation];
    const card = said.find((bubble) => bubble.card)?.card;
    // One message: a group is not to be filled.
    const bubble = { text: said.flatMap(({ text }) => text || []).join('\n\n'), ...(card ? { card } : {}) };
    const status = last ? 'crisis' : parts.length > 0 ? 'answered' : 'clarified';
    return { reply: bareReply(outside.library, language, status, [bubble]), button: t('teams:public.button') };
  };
}
