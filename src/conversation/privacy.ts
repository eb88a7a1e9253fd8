import type { Context } from '../../dialogs/context';
import type { Effect } from '../../dialogs/effects';
import { addDays } from '../domain/calendar';
import type { Inbound } from './inbound';
import type { ConversationStore, Outlet } from './ports';
import type { Unstamped } from './read-inbound';
import { isMeantAsResumeCode, makeResumeCode, readResumeCode } from './resume-code';
import type { Scene } from './scene';

/** What resume codes are made with. */
export type ResumeDeps = {
  /** `store.secret('resume-codes')`. */
  secret: string;
  /** How long a code is good. */
  days: number;
  /** Where the web page is, without a slash at the end; absent while that is not known. */
  page?(): string | undefined;
};

/** What stands in place of a code wherever text is kept: it holds the answers. */
export const hiddenCode = '•••';

/** The events behind a resume code that was typed; null for any other text. A language that is off or gone leaves things as they are. */
export function codeToEvents(
  { secret, days }: ResumeDeps,
  text: string,
  today: string,
  liveLanguages: string[],
): Unstamped[] | null {
  if (!isMeantAsResumeCode(text)) return null;
  const read = readResumeCode(secret, text, today, days);
  if (read.state !== 'good')
    return [{ type: 'user.was-unclear', reason: read.state === 'expired' ? 'codeExpired' : 'codeBad' }];
  const { people, current, language } = read.resumed;
  const spoken = language !== null && liveLanguages.includes(language) ? language : null;
  return [{ type: 'user.resumed', people, current, language: spoken }];
}

const knowsSomething = ({ people }: Context): boolean => people.some(({ profile }) => Object.keys(profile).length > 0);

/** The code that a turn gives away, if it was asked for and there is something to take along. */
export function resumeScene(
  { secret, days, page }: ResumeDeps,
  context: Context,
  today: string,
  effects: Effect[],
  outlet: Outlet,
): Pick<Scene, 'resume'> {
  if (!effects.some(({ type }) => type === 'code.asked') || !knowsSomething(context)) return {};
  const code = makeResumeCode(secret, context, today);
  const address = outlet.comesBack ? page?.() : undefined;
  const link = address === undefined ? {} : { address: `${address}/#r=${code.replaceAll('-', '')}` };
  return { resume: { code, until: addDays(today, days), ...link } };
}

/** How much is kept, where that is asked. */
export async function keptScene(
  store: Pick<ConversationStore, 'transcript'>,
  { conversationId }: Inbound,
  effects: Effect[],
): Promise<Pick<Scene, 'kept'>> {
  if (!effects.some(({ type }) => type === 'data.asked')) return {};
  return { kept: (await store.transcript(conversationId)).length };
}

/** The questions that a turn may keep: its own, and with the consent the one that was asked about. All masked. */
export async function missedOf(
  store: Pick<ConversationStore, 'transcript'>,
  { conversationId }: Inbound,
  effects: Effect[],
  text: string,
  language: string,
): Promise<{ language: string; text: string }[]> {
  if (effects.some((effect) => effect.type === 'question.missed' && effect.params.keeps)) return [{ language, text }];
  if (!effects.some((effect) => effect.type === 'keeping.judged' && effect.params.allowed)) return [];
  const said = (await store.transcript(conversationId)).findLast((line) => line.from === 'person' && line.text !== '');
  return said ? [{ language: said.language, text: said.text }] : [];
}
