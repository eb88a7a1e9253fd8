import { currentPerson } from '../../dialogs/context';
import type { Snapshot } from '../../dialogs/move';
import { pendingSlot } from '../../dialogs/prompts';
import { wake } from '../../dialogs/saved';
import { decideFor } from '../../dialogs/verdict';
import type { Handoff } from '../conversation/handoff-ports';
import { stageOf } from '../conversation/handoff-steps';
import { dayInParis } from '../conversation/paris-day';
import type { TranscriptLine } from '../conversation/ports';
import { articleTitle } from '../conversation/render-article';
import { outcomeText } from '../conversation/render-outcome';
import { questionText, slotLabel, valueLabel } from '../conversation/render-question';
import type { Scene } from '../conversation/scene';
import type { Outcome } from '../domain/outcome';
import type { Profile, Slot, SlotValue } from '../domain/profile';
import type { RoomDeps } from './room';

/** A conversation as an adviser looks at it: in their words, and in the person's. */
export type Looking = { own: Scene; theirs: Scene };

/** Wakes a conversation for reading; null when there is none. */
export async function lookAt(
  { store, clock, machine, library, words }: RoomDeps,
  { conversationId, language }: Handoff,
  uiLanguage: string,
): Promise<Looking | null> {
  const stored = conversationId === '' ? null : await store.load(conversationId);
  if (!stored) return null;
  const now = clock.now();
  const today = dayInParis(now);
  const snapshot = wake(stored.saved, machine, library.hash, { at: now.toISOString(), today });
  const forOther = currentPerson(snapshot.context).relation !== 'self';
  const scene = (code: string): Scene => {
    return { snapshot, library, words, language: code, t: words.in(code), today, forOther };
  };
  return { own: scene(uiLanguage), theirs: scene(snapshot.context.language ?? language) };
}

/** A text in the adviser's language and the same in the person's. */
type Both = { title: string; theirs: string };
const both = ({ own, theirs }: Looking, say: (scene: Scene) => string | null): Both => ({
  title: say(own) ?? '',
  theirs: say(theirs) ?? '',
});

/** The newest words with which the person gave this very value; null when a button without words, or an adviser, gave it. */
function wordsFor(lines: TranscriptLine[], slot: Slot, value: SlotValue): { words: string; at: string } | null {
  const line = lines.findLast(
    ({ from, facts }) => from === 'person' && JSON.stringify(facts?.[slot]) === JSON.stringify(value),
  );
  return line ? { words: line.text, at: line.at } : null;
}

function factsOf(looking: Looking, profile: Profile, lines: TranscriptLine[], noted: Slot[]) {
  const { own, theirs } = looking;
  return (Object.entries(profile) as [Slot, SlotValue][]).map(([slot, value]) => ({
    slot,
    value,
    label: slotLabel(own, slot),
    shown: valueLabel(own, slot, value),
    theirs: `${slotLabel(theirs, slot)}${theirs.t('common:separator')}${valueLabel(theirs, slot, value)}`,
    words: null,
    ...wordsFor(lines, slot, value),
    byAdviser: noted.includes(slot),
  }));
}

const titleKey = ({ forOther, words, language }: Scene, id: string): string =>
  forOther && words.has(language, `outcomes:${id}.titleOther`) ? `outcomes:${id}.titleOther` : `outcomes:${id}.title`;

function outcomeOf(looking: Looking, outcome: Outcome) {
  const { own, theirs } = looking;
  const { library, words, language, t } = own;
  const why = (key: string) => (words.has(language, key) ? t(key) : null);
  return {
    id: outcome.id,
    ...both(looking, (scene) => scene.t(titleKey(scene, outcome.id))),
    text: outcomeText(own, outcome),
    textTheirs: outcomeText(theirs, outcome),
    wait: outcome.wait,
    certainty: outcome.certainty,
    certaintyText: t(`outcomes:certainty.${outcome.certainty}`),
    rules: outcome.rules.map((id) => ({ id, why: why(`rules:${id}.why`) ?? id })),
    reasons: outcome.adviserReasons.map((id) => ({ id, why: why(`rules:adviser.${id}`) ?? id })),
    unknowns: outcome.unknowns.map((slot) => ({ slot, label: slotLabel(own, slot) })),
    assumed: outcome.assumed.map((slot) => ({ slot, label: slotLabel(own, slot) })),
    sources: outcome.sources.flatMap((id) => {
      const source = library.sources[id];
      return source ? [{ id, name: source.name, ...(source.site ? { site: source.site } : {}) }] : [];
    }),
  };
}

const checklistOf = (looking: Looking, outcome: Outcome) =>
  outcome.documents.map(({ id, level, certainty, sources }) => ({
    id,
    level,
    certainty,
    sources,
    ...both(looking, ({ t }) => t(`documents:${id}.name`)),
    name: looking.own.t(`documents:${id}.name`),
  }));

/** Articles that were shown, each once, the first time. */
function articlesOf(looking: Looking, lines: TranscriptLine[]) {
  const shown = new Map<string, string>();
  for (const { articles = [], at } of lines) for (const id of articles) if (!shown.has(id)) shown.set(id, at);
  return [...shown].map(([id, at]) => ({ id, at, ...both(looking, (scene) => articleTitle(scene, id)) }));
}

function askedOf(looking: Looking, snapshot: Snapshot) {
  const slot = pendingSlot(snapshot) ?? snapshot.context.asked;
  if (slot === null || currentPerson(snapshot.context).profile[slot] !== undefined) return null;
  return {
    slot,
    label: slotLabel(looking.own, slot),
    ...both(looking, (scene) => questionText(scene, slot, null)),
  };
}

/** Everything an adviser needs to begin: facts with the person's words, verdict and why, papers, what was shown and asked. */
export function dossierOf(looking: Looking, handoff: Handoff, lines: TranscriptLine[]) {
  const { snapshot, library, today } = looking.own;
  const { context } = snapshot;
  const person = currentPerson(context);
  const { outcome } = decideFor(context, library.rulebook, today);
  return {
    language: looking.theirs.language,
    channel: handoff.channel,
    stage: stageOf(context),
    subject: person.relation,
    facts: factsOf(looking, person.profile, lines, context.noted),
    others: context.people
      .filter(({ id }) => id !== person.id)
      .map(({ relation, profile }) => ({ relation, facts: factsOf(looking, profile, lines, []) })),
    outcome: outcome ? outcomeOf(looking, outcome) : null,
    checklist: outcome ? checklistOf(looking, outcome) : [],
    asked: askedOf(looking, snapshot),
    articles: articlesOf(looking, lines),
  };
}
