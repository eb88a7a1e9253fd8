import type { Snapshot } from '../../dialogs/move';
import { bareReply } from './bare-reply';
import type { Inbound } from './inbound';
import { linesWithHours } from './phone-lines';
import type { Unstamped } from './read-inbound';
import type { Choice, Reply } from './reply';
import type { Scene } from './scene';

/** What passes though a channel or a language is off: danger, and the wish to be forgotten. */
const passes: Unstamped['type'][] = ['user.in-danger', 'user.forget-me'];

const withLines = ({ language, library, t }: Scene, text: string, choices?: Choice[]): Reply =>
  bareReply(library, language, 'clarified', [{ text: `${text}\n\n${linesWithHours(library, language, t)}` }], choices);

/** The language in which the conversation would go on. */
const nextLanguage = (scene: Scene, events: Unstamped[]): string =>
  events.findLast((event) => event.type === 'user.chose-language')?.language ?? scene.language;

/**
 * What is said instead of a turn while the channel or the language is being checked: one message with both lines; of a language, in that
 * language and with the others to choose from. null when nothing stands in the way. An adviser who talks is not interrupted.
 */
export function offReply(
  { off, ...scene }: Scene,
  inbound: Pick<Inbound, 'channel' | 'desk'>,
  before: Snapshot,
  events: Unstamped[],
): Reply | null {
  if (!off || inbound.desk || before.matches({ withAdviser: 'talking' })) return null;
  if (events.some(({ type }) => passes.includes(type))) return null;
  const language = nextLanguage(scene, events);
  const spoken = { ...scene, language, t: scene.words.in(language) };
  if (off.channel.has(inbound.channel)) return withLines(spoken, spoken.t('privacy:off.channel'));
  if (!off.language.has(language)) return null;
  const others = scene.library.languages.filter(({ code, live }) => live && !off.language.has(code));
  return withLines(
    spoken,
    spoken.t('privacy:off.language'),
    others.map(({ code, name }) => ({ title: name, value: `lang=${code}` })),
  );
}
