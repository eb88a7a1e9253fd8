import type { Bubble, Choice } from './reply';
import type { Scene } from './scene';
import type { TurnStatus } from './status';

/**
 * What one effect, or the prompt, adds to a reply. `endsTurn`: nothing else is said. `holdsPrompt`: the pending question is not put
 * again, though its buttons stay. `glossed`: terms of the glossary that stand in it are offered.
 */
export type Part = {
  bubbles: Bubble[];
  choices?: Choice[];
  statuses: TurnStatus[];
  endsTurn?: boolean;
  holdsPrompt?: boolean;
  glossed?: boolean;
};

/** A part that is one text. */
export const say = (text: string, ...statuses: TurnStatus[]): Part => ({ bubbles: [{ text }], statuses });

/** A button of `common:buttons`. */
export const button = (scene: Scene, name: string, value: string): Choice => ({
  title: scene.t(`common:buttons.${name}`),
  value,
});
