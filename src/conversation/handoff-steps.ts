import { createHash } from 'node:crypto';
import { type Context, currentPerson } from '../../dialogs/context';
import type { Effect } from '../../dialogs/effects';
import { decideFor } from '../../dialogs/verdict';
import type { RuleBook } from '../domain/rulebook';
import type { HandoffStep } from './handoff-ports';
import type { DeskOrder, Inbound } from './inbound';
import { hashReturnCode } from './return-code';

/** Misses in a row that count as the reason of a request. */
const missesThatCount = 2;

/** What the steps of a turn are made from. `before`: what was remembered when the message came. */
export type StepsOf = {
  inbound: Inbound;
  before: Context;
  after: Context;
  effects: Effect[];
  language: string;
  rulebook: RuleBook;
  today: string;
  /** The code that the person gets with a new request. */
  returnCode?: string;
};

/** Id of the request that a message makes: the same when the turn runs again. */
export const requestId = ({ conversationId, activityId }: Inbound): string =>
  createHash('sha256').update(`${conversationId}\n${activityId}`).digest('base64url').slice(0, 22);

/** Why somebody is asked for, as a code. */
function reasonOf({ before, rulebook, today }: StepsOf): string {
  if (before.misses >= missesThatCount) return 'lost';
  const { outcome } = decideFor(before, rulebook, today);
  return outcome?.adviserReasons[0] ?? 'asked';
}

/** Where the person stands on the journey. */
export const stageOf = (context: Context): string => String(currentPerson(context).profile.stage ?? 'preparing');

function returnHashOf({ returnCode }: StepsOf): { returnHash?: string } {
  const returnHash = returnCode === undefined ? null : hashReturnCode(returnCode);
  return returnHash === null ? {} : { returnHash };
}

type Make = (of: StepsOf, effect: never, order: DeskOrder) => HandoffStep | null;
const makers = {
  'adviser.requested': (of: StepsOf): HandoffStep => ({
    do: 'open',
    id: requestId(of.inbound),
    language: of.language,
    channel: of.inbound.channel,
    reason: reasonOf(of),
    stage: stageOf(of.after),
    ...returnHashOf(of),
  }),
  'adviser.joined': (_, __, { handoff, adviser }) => ({ do: 'claim', id: handoff, adviser: adviser ?? '' }),
  'adviser.spoke': (_, __, { handoff, adviser }) => ({ do: 'speak', id: handoff, adviser: adviser ?? '' }),
  'adviser.gave': (_, __, { handoff, adviser }) => ({ do: 'speak', id: handoff, adviser: adviser ?? '' }),
  'verdict.sent': (_, __, { handoff, adviser }) => ({ do: 'speak', id: handoff, adviser: adviser ?? '' }),
  'facts.noted': (_, __, { handoff, adviser }) => ({ do: 'touch', id: handoff, adviser: adviser ?? '' }),
  'adviser.changed': (_, __, { handoff, adviser, version, to }) => ({
    do: 'requeue',
    id: handoff,
    version,
    adviser,
    to: to ?? null,
  }),
  'adviser.fell-silent': (_, __, { handoff, version }) => ({
    do: 'requeue',
    id: handoff,
    version,
    adviser: null,
    to: null,
  }),
  'adviser.returned': (_, __, { handoff, version, adviser }) => ({
    do: 'end',
    id: handoff,
    version,
    adviser,
    outcome: 'returned',
  }),
  'adviser.finished': (_, __, { handoff, version, adviser }) => ({
    do: 'end',
    id: handoff,
    version,
    adviser,
    outcome: 'closed',
  }),
  'person.fell-silent': (_, __, { handoff, version }) => ({
    do: 'end',
    id: handoff,
    version,
    adviser: null,
    outcome: 'personSilent',
  }),
  'nobody.came': (_, __, { handoff, version }) => ({ do: 'tell', id: handoff, version }),
  'request.withdrawn': (_, effect: Extract<Effect, { type: 'request.withdrawn' }>) =>
    effect.params.open ? { do: 'withdraw' } : null,
  'help.judged': (_, { params }: Extract<Effect, { type: 'help.judged' }>) =>
    params.counts ? { do: 'judge', helped: params.helped, reason: params.reason } : null,
} satisfies Partial<Record<Effect['type'], Make>>;

const noOrder: DeskOrder = { handoff: '', adviser: null, version: null, event: { type: 'clock.nobody-came' } };

/** What a turn changes about the conversation's handoff, in order; nothing when none is concerned. */
export function stepsOf(of: StepsOf): HandoffStep[] {
  const { inbound, before, effects } = of;
  const steps = effects.flatMap((effect) => {
    const make = (makers as Partial<Record<Effect['type'], Make>>)[effect.type];
    return make?.(of, effect as never, inbound.desk ?? noOrder) ?? [];
  });
  return inbound.from === 'person' && before.requested ? [{ do: 'hear' }, ...steps] : steps;
}
