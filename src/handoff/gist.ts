import type { TranscriptLine } from '../conversation/ports';
import { articleTitle } from '../conversation/render-article';
import { slotLabel, valueLabel } from '../conversation/render-question';
import type { Scene } from '../conversation/scene';
import type { Slot, SlotValue } from '../domain/profile';

/** What the bot understood of a person's line, in the words of a scene: no translation. */
export type Gist = {
  facts: { slot: Slot; label: string; shown: string }[];
  articles: { id: string; title: string }[];
};

/** The gist of a line; undefined when nothing was understood. `scene` speaks the adviser's language. */
export function gistOf(scene: Scene, { facts = {}, topics = [] }: TranscriptLine): Gist | undefined {
  const gist: Gist = {
    facts: (Object.entries(facts) as [Slot, SlotValue][]).map(([slot, value]) => ({
      slot,
      label: slotLabel(scene, slot),
      shown: valueLabel(scene, slot, value),
    })),
    articles: topics.flatMap((id) => {
      const title = articleTitle(scene, id);
      return title ? [{ id, title }] : [];
    }),
  };
  return gist.facts.length + gist.articles.length > 0 ? gist : undefined;
}
