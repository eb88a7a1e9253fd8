import { type OutsideTurnDeps, outsideTurn } from './outside-turn';
import { render } from './render';
import { offReply } from './render-off';
import type { Reply } from './reply';

/**
 * What somebody new is greeted with in a channel and a language, or that it is being checked. There is no conversation yet and nothing is
 * stored: a page may show it to anybody.
 */
export function firstReply(deps: OutsideTurnDeps, channel: string, language: string): Reply {
  const outside = outsideTurn(deps);
  const begun = outside.sceneIn(language);
  const closed = offReply(begun, { channel }, begun.snapshot, []);
  if (closed) return closed;
  const { scene, effects } = outside.move(begun, [{ type: 'user.arrived' }]);
  return render(scene, effects);
}
