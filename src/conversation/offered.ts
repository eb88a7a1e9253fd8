import { plainDigits } from '../nlu/normalise';
import type { Inbound } from './inbound';
import type { Choice, Reply } from './reply';

/** Every button of a reply in the order in which a channel without buttons numbers them: those of cards first. */
export const choicesIn = (reply: Pick<Reply, 'bubbles' | 'choices'>): Choice[] => [
  ...reply.bubbles.flatMap(({ card }) => card?.sections.flatMap(({ choices = [] }) => choices) ?? []),
  ...reply.choices,
];

const plain = (text: string): string => plainDigits(text).normalize('NFKC').trim().toLowerCase();

/**
 * The button that somebody means who types its number ("2", "2.", "(٢)") or its words, on a channel that showed buttons as text. Numbers
 * are those of the last message.
 */
function pickOffered(text: string, offered: Choice[]): Choice | undefined {
  const typed = plain(text);
  const number = /^\W{0,2}(\d{1,2})\W{0,2}$/u.exec(typed)?.[1];
  if (number !== undefined) return offered[Number(number) - 1];
  return offered.find(({ title }) => plain(title) === typed);
}

/** The same message as the press of the button that it means, or unchanged. */
export function asPress(inbound: Inbound, offered: Choice[]): Inbound {
  const choice =
    inbound.kind === 'message' && inbound.from === 'person' ? pickOffered(inbound.text, offered) : undefined;
  return choice ? { ...inbound, kind: 'choice', value: choice.value, text: choice.title } : inbound;
}
