import { z } from 'zod';
import type { Inbound } from '../../conversation/inbound';

/** Longest text that is handed on, in characters; the conversation answers politely to anything above its own limit. */
export const longestTextKept = 12_000;

/** An activity that is not one: the caller answers 400. */
export class ActivityInvalid extends Error {
  readonly code = 'ACTIVITY_INVALID';
  readonly httpStatus = 400;
  constructor(reason: string) {
    super(`not a usable activity: ${reason}`);
    this.name = 'ActivityInvalid';
  }
}

/** Facts about an activity that its channel vouches for (never what the sender wrote). */
export type ActivityMeta = { conversationId: string; activityId: string; channel: string; locale?: string };

const Account = z.object({ id: z.string().max(300).optional(), role: z.string().max(40).optional() });

const Incoming = z.object({
  type: z.string().min(1).max(60),
  name: z.string().max(200).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().nullish(),
  recipient: Account.nullish(),
  membersAdded: z.array(Account).max(1000).nullish(),
});

const choicePattern = /^[A-Za-z][A-Za-z0-9-]*=\S.*$/s;
/** What a button of ours can hold: short, and never so many digits (dates have eight) that a personal number could be in it. */
const knownValue = /^[A-Za-z][A-Za-z0-9-]{0,39}=[A-Za-z0-9._:,+-]{1,60}$/;
const manyDigits = /(?:\d[._:,+-]*){9}/;
/** Stands for a button that we cannot have made; what it held is not kept. */
export const unknownButton = 'do=unknown';

/** The value of the button that was pressed, if one was. Some channels send the value as JSON in a string. */
function chosen(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (choicePattern.test(value)) return value;
    if (!value.startsWith('{') || value.length > 2000) return undefined;
    try {
      return chosen(JSON.parse(value));
    } catch {
      return undefined;
    }
  }
  const { choose } = (value ?? {}) as { choose?: unknown };
  return typeof choose === 'string' ? choose : undefined;
}

/** Text without what no store keeps (NUL, half characters), at most `longestTextKept` long. */
const clean = (text: string): string => text.slice(0, longestTextKept).replace(/\0|\p{Surrogate}/gu, '');

/** Language, script and region of a BCP 47 tag; the rest is dropped, for it could hold anything. Nothing when it cannot be a tag. */
export const cleanLocale = (locale: string | null | undefined): string | undefined =>
  /^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?=$|[-_])/.exec(locale ?? '')?.[0];

/**
 * Reads an activity as a message of a person. `null`: nothing that anybody has to answer (typing, reactions, the bot joining itself).
 * Throws `ActivityInvalid` (code `ACTIVITY_INVALID`, 400) for what is not an activity.
 */
export function activityToInbound(activity: unknown, meta: ActivityMeta): Inbound | null {
  const parsed = Incoming.safeParse(activity);
  if (!parsed.success)
    throw new ActivityInvalid(parsed.error.issues.map((issue) => issue.path.join('.')).join(', ') || 'not an object');
  const { type, name, text, value, locale, recipient, membersAdded } = parsed.data;
  const make = (fields: Pick<Inbound, 'kind'> & Partial<Inbound>): Inbound => {
    const known = cleanLocale(meta.locale ?? locale);
    return { ...meta, from: 'person', text: '', ...fields, locale: known };
  };
  if (type === 'message') {
    const choice = chosen(value);
    if (choice !== undefined) {
      const known = knownValue.test(choice) && !manyDigits.test(choice);
      return make({ kind: 'choice', value: known ? choice : unknownButton, text: clean(text ?? '') });
    }
    return make({ kind: 'message', text: clean(text || (typeof value === 'string' ? value : '')) });
  }
  if (type === 'event') return name === 'webchat/join' ? make({ kind: 'joined' }) : null;
  if (type === 'conversationUpdate') {
    const person = membersAdded?.some((member) => member.id && member.id !== recipient?.id && member.role !== 'bot');
    return person ? make({ kind: 'joined' }) : null;
  }
  return null;
}
