import { type ConversationMachine, createConversationMachine } from '../../dialogs/conversation.machine';
import { decide } from '../domain/decide';
import { openLibrary } from '../library/compile';
import { createWords, type Words } from '../library/i18n';
import type { Library } from '../library/library';
import { openUnderstanding } from '../nlu/open-understanding';
import { createTakeTurn } from './handle-turn';
import { dayInParis } from './paris-day';
import type { TakeTurn } from './ports';
import { createStandIn, type StandIn } from './stand-in';
import { createSwitches, type Switches } from './switches';
import type { TurnDeps } from './turn';

export type Conversation = {
  takeTurn: TakeTurn;
  library: Library;
  words: Words;
  machine: ConversationMachine;
  /** What operators have switched off: nothing until the first `refresh`. */
  switches: Switches;
  understand: TurnDeps['understand'];
  /** Takes out every number that identifies a person. */
  mask(text: string): string;
  /** For channels whose turn the store has refused. */
  standIn: StandIn;
};

/** Opens the compiled library and everything a turn needs around the given edges (store, clock, logger, metrics). */
export async function openConversation(
  edges: Pick<
    TurnDeps,
    'store' | 'clock' | 'logger' | 'metrics' | 'rank' | 'desk' | 'tracer' | 'checklistUrl' | 'typingAfter'
  > &
    Pick<TurnDeps['resume'], 'page'>,
  library: Library = openLibrary(),
): Promise<Conversation> {
  const words = createWords(library);
  const machine = createConversationMachine(library.rulebook);
  decide({}, library.rulebook, dayInParis(edges.clock.now()));
  const switches = createSwitches(edges.store.operator, library, machine);
  const resume = {
    secret: await edges.store.secret('resume-codes'),
    days: library.figures.resumeDays?.value ?? 0,
    page: edges.page,
  };
  const { understand, mask } = await openUnderstanding(library);
  const room = { library, words, machine, switches, understand, mask };
  const deps = { ...edges, ...room, resume };
  return { ...room, takeTurn: createTakeTurn(deps), standIn: createStandIn(deps) };
}
