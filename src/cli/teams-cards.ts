import { createConversationMachine } from '../../dialogs/conversation.machine';
import type { ConversationEvent } from '../../dialogs/events';
import { begin, move } from '../../dialogs/move';
import { capabilitiesOf } from '../channels/activity/capabilities';
import { replyToActivities } from '../channels/activity/reply-to-activities';
import { checkCard } from '../channels/teams/check-card';
import type { Finding } from '../channels/teams/finding';
import { render } from '../conversation/render';
import { walkSample } from '../domain/sample-profiles';
import { createWords } from '../library/i18n';
import type { Library } from '../library/library';

/** Complete profiles whose verdicts are drawn in each language. */
const verdicts = 40;

type Bare<E> = E extends ConversationEvent ? Omit<E, 'at' | 'today'> : never;
type Told = { name: string; today: string; events: Bare<ConversationEvent>[] };

/** What is told to the bot: every question of the library, and complete profiles with the papers that follow. */
function* told(library: Library): Generator<Told> {
  const today = '2026-11-22';
  for (const topic of Object.keys(library.articles))
    yield { name: topic, today, events: [{ type: 'user.asked', policy: 'answer', topics: [topic] }] };
  for (const { id, profile, today: day } of walkSample(library.rulebook, verdicts)) {
    const facts: Bare<ConversationEvent> = { type: 'user.answered', answers: profile };
    yield { name: id, today: day, events: [facts] };
    yield { name: `${id}, letter`, today: day, events: [facts, { type: 'user.wants-paper', paper: 'letter' }] };
    yield { name: `${id}, form`, today: day, events: [facts, { type: 'user.opened-form' }] };
  }
}

/** Draws what Teams would be sent, in every live language, and checks each card. */
export function checkOwnCards(library: Library): { count: number; findings: Finding[] } {
  const machine = createConversationMachine(library.rulebook);
  const words = createWords(library);
  const teams = capabilitiesOf('msteams');
  const findings: Finding[] = [];
  let count = 0;
  for (const { name, today, events } of told(library)) {
    const stamped = events.map((event) => ({ ...event, at: `${today}T08:00:00.000Z`, today }) as ConversationEvent);
    const before = move(machine, begin(machine), stamped.slice(0, -1)).snapshot;
    const { snapshot, effects } = move(machine, before, stamped.slice(-1));
    for (const { code: language } of library.languages.filter(({ live }) => live)) {
      const scene = { snapshot, library, words, language, t: words.in(language), today, forOther: false };
      const cards = replyToActivities(render(scene, effects), teams).flatMap(({ attachments = [] }) => attachments);
      count += cards.length;
      for (const card of cards)
        if ('content' in card) findings.push(...checkCard(`card ${language} ${name}`, card.content));
    }
  }
  return { count, findings };
}
