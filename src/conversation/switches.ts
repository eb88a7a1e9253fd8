import { type ConversationMachine, createConversationMachine } from '../../dialogs/conversation.machine';
import type { RuleBook } from '../domain/rulebook';
import type { Library } from '../library/library';
import type { OperatorStore, SwitchEntry, SwitchKind } from './operator-ports';
import type { Logger } from './ports';

/** What is switched off now, by kind. */
export type Off = Readonly<Record<SwitchKind, ReadonlySet<string>>>;

/** What a turn runs with while something is off: rules that are off leave their cases to an adviser. */
export type Switched = { off: Off; library: Library; machine: ConversationMachine };

export type Switches = {
  /** null while nothing is off. Costs nothing: read from memory. */
  current(): Switched | null;
  /** Looks again at what is kept. Rejects when the store does not answer; what was known then stands. */
  refresh(): Promise<void>;
};

/** What the entries leave switched off, oldest first. */
export function standing(entries: SwitchEntry[]): SwitchEntry[] {
  const last = new Map(entries.map((entry) => [`${entry.kind} ${entry.name}`, entry]));
  return [...last.values()].filter(({ off }) => off);
}

/** The verdict in place of one that is being checked: whoever meets the rule is left to an adviser, and to nothing later in the order. */
function withRulesOff(book: RuleBook, off: ReadonlySet<string>): RuleBook {
  const careful = book.rules.find(({ id }) => id === 'adviser-three-unknowns')?.then;
  if (!careful || off.size === 0) return book;
  const rules = book.rules.map((rule) =>
    // biome-ignore lint/suspicious/noThenProperty: `then` is the word of the rule files
    off.has(rule.id) ? { ...rule, id: `off-${rule.id}`, then: { ...careful, adviser: 'beingChecked' } } : rule,
  );
  return { ...book, rules };
}

/** Holds what operators have switched off. */
export function createSwitches(
  store: Pick<OperatorStore, 'switches'>,
  library: Library,
  machine: ConversationMachine,
): Switches {
  let known = '';
  let switched: Switched | null = null;
  return {
    current: () => switched,
    async refresh() {
      const entries = standing(await store.switches());
      const key = entries.map(({ kind, name }) => `${kind}=${name}`).join();
      if (key === known) return;
      const named = (kind: SwitchKind) => new Set(entries.filter((one) => one.kind === kind).map(({ name }) => name));
      const off = {
        channel: named('channel'),
        topic: named('topic'),
        rule: named('rule'),
        language: named('language'),
      };
      const rulebook = withRulesOff(library.rulebook, off.rule);
      const other = rulebook !== library.rulebook;
      // Another hash: conversations that rest on another verdict are led anew when they wake.
      const hash = other ? `${library.hash}-${[...off.rule].sort().join()}` : library.hash;
      switched =
        key === ''
          ? null
          : {
              off,
              library: { ...library, rulebook, hash },
              machine: other ? createConversationMachine(rulebook) : machine,
            };
      known = key;
    },
  };
}

/** Milliseconds between two looks at what operators have switched. */
const lookEvery = 20_000;

/** Looks now and every 20 seconds, until stopped. While the store does not answer, what was known stands. */
export async function watchSwitches(switches: Switches, logger: Logger): Promise<{ stop(): void }> {
  const look = () =>
    switches.refresh().catch((error: unknown) => {
      logger.warn({ code: 'SWITCHES_UNREAD', error }, 'what is switched off could not be read');
    });
  await look();
  const timer = setInterval(() => void look(), lookEvery);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
