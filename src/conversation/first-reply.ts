import { type OutsideTurnDeps, outsideTurn } from './outside-turn';
import { render } from './render';
import type { Reply } from './reply';

/** What somebody new is greeted with in a language. There is no conversation yet and nothing is stored: a page may show it to anybody. */
export function firstReply(deps: OutsideTurnDeps, language: string): Reply {
  const outside = outsideTurn(deps);
  const { scene, effects } = outside.move(outside.sceneIn(language), [{ type: 'user.arrived' }]);
  return render(scene, effects);
}
