import { directionOf, type Library } from '../library/library';
import type { Bubble, Choice, Reply } from './reply';
import type { TurnStatus } from './status';

/** A reply that comes of no turn: nothing was moved, no article is counted. */
export const bareReply = (
  library: Pick<Library, 'languages'>,
  language: string,
  status: TurnStatus,
  bubbles: Bubble[],
  choices: Choice[] = [],
): Reply => ({ language, direction: directionOf(library, language), status, bubbles, choices, articles: [] });
