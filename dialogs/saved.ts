import { z } from 'zod';
import { closedValues, Profile, parseSlotValue, type Slot, type SlotValue, slots } from '../src/domain/profile';
import { Context, emptyContext } from './context';
import type { ConversationMachine } from './conversation.machine';
import { migrations } from './migrations';
import { begin, move, type Snapshot } from './move';
import shape from './shape.json';

/** Version of the saved form; a change of meaning needs a numbered migration. */
export const savedSchema = 1;

const Offered = z.array(z.object({ title: z.string(), value: z.string() }));

/** A conversation at rest: JSON, no free text of the person. */
export const Saved = z.object({
  schema: z.literal(savedSchema),
  /** Hash of the machine's shape when it was saved. */
  shape: z.string(),
  /** Hash of the library when it was saved. */
  library: z.string(),
  value: z.unknown(),
  context: Context,
  /** Buttons of the last reply, where the channel shows them as text that is answered by number or words. */
  offered: Offered.optional(),
});
export type Saved = z.infer<typeof Saved>;

/** The form in which a settled conversation is stored. */
export function save(snapshot: Snapshot, libraryHash: string, offered?: Saved['offered']): Saved {
  return {
    schema: savedSchema,
    shape: shape.hash,
    library: libraryHash,
    value: snapshot.value,
    context: snapshot.context,
    ...(offered ? { offered } : {}),
  };
}

/** Whether a stored conversation has just been forgotten. */
export const isClosed = (stored: unknown): boolean =>
  (stored as { value?: unknown } | null | undefined)?.value === 'closed';

/** The buttons that were shown as text; none when nothing readable says so. */
export const offeredIn = (stored: unknown): NonNullable<Saved['offered']> =>
  Offered.safeParse((stored as { offered?: unknown } | null)?.offered).data ?? [];

/** Keeps of a damaged or older context what still has a meaning; a value that no longer exists is dropped, never guessed. */
function salvage(context: unknown): z.infer<typeof Context> {
  const fresh = emptyContext();
  if (typeof context !== 'object' || context === null) return fresh;
  const old = context as Record<string, unknown>;
  const people = (Array.isArray(old.people) ? old.people : []).slice(0, 8).flatMap((person, index) => {
    const { relation, profile } = (person ?? {}) as { relation?: unknown; profile?: Record<string, unknown> };
    const known: Record<string, SlotValue> = {};
    for (const slot of slots) {
      const value = parseSlotValue(slot, profile?.[slot]);
      if (value !== undefined) known[slot] = value;
    }
    const who = closedValues.subject.find((value) => value === relation) ?? 'self';
    return [{ id: `p${index + 1}`, relation: who, profile: Profile.parse(known) }];
  });
  if (people.length === 0) return { ...fresh, language: typeof old.language === 'string' ? old.language : null };
  const position = (Array.isArray(old.people) ? old.people : []).findIndex(
    (person) => (person as { id?: unknown })?.id === old.current,
  );
  return {
    ...fresh,
    people,
    current: people[Math.max(0, position)]?.id ?? 'p1',
    language: typeof old.language === 'string' ? old.language : null,
    greeted: old.greeted === true,
    requested: old.requested === true,
    answered: (Array.isArray(old.answered) ? old.answered : []).filter((slot): slot is Slot =>
      slots.includes(slot as Slot),
    ),
  };
}

/** True when every state of the value still exists. */
function exists(machine: ConversationMachine, value: unknown): boolean {
  let node: { states: Record<string, unknown> } = machine.root as never;
  let rest = value;
  while (rest !== undefined) {
    const key = typeof rest === 'string' ? rest : Object.keys((rest ?? {}) as object)[0];
    const child = key === undefined ? undefined : node.states[key];
    if (!child) return false;
    node = child as typeof node;
    rest = typeof rest === 'string' ? undefined : (rest as Record<string, unknown>)[key as string];
  }
  return Object.keys(node.states).length === 0;
}

/**
 * Wakes a stored conversation. Saved by this very machine and library, it is taken as it is; otherwise: migrate, check,
 * then resolve its position, or rebuild it from the profile when the position no longer exists. Anything unreadable becomes a fresh conversation rather than an error.
 */
export function wake(
  stored: unknown,
  machine: ConversationMachine,
  libraryHash: string,
  stamp: { at: string; today: string },
): Snapshot {
  const untouched = stored as Saved | null;
  if (untouched?.schema === savedSchema && untouched.shape === shape.hash && untouched.library === libraryHash) {
    return machine.resolveState({ value: untouched.value as never, context: untouched.context });
  }
  const migrated = migrations.reduce((saved, migration) => migration(saved), stored);
  const parsed = Saved.safeParse(migrated);
  const whole = parsed.success ? parsed.data : null;
  const context = whole?.context ?? salvage((migrated as { context?: unknown } | null)?.context);
  const value = whole?.value ?? (migrated as { value?: unknown } | null)?.value;
  const top = typeof value === 'string' ? value : Object.keys((value ?? {}) as object)[0];
  const fromRules = top === 'asking' || top === 'outcome' || !exists(machine, value);
  if (!fromRules) return machine.resolveState({ value: value as never, context });
  const fresh = machine.resolveState({ value: begin(machine).value, context });
  return context.greeted ? move(machine, fresh, [{ type: 'clock.rebuilt', ...stamp }]).snapshot : fresh;
}
