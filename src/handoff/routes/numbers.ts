import type { Handoff } from '../../conversation/handoff-ports';
import { answer, type HttpReply } from '../../http';
import type { Caller, Room } from '../room';

/** Days that the numbers cover. */
const days = 30;

const tally = (values: (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** The value below which half of the list lies, and nine tenths of it; null without values. */
function spread(values: number[]): { median: number; ninetieth: number } | null {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const [median, ninetieth] = [at(0.5), at(0.9)];
  return median === undefined || ninetieth === undefined ? null : { median, ninetieth };
}

const seconds = (from: string | null, to: string | null): number[] =>
  from !== null && to !== null ? [Math.round((Date.parse(to) - Date.parse(from)) / 1000)] : [];

/** Sums over handoffs: nothing in it is about one person or one adviser. */
export function sumUp(handoffs: Handoff[]) {
  const ended = handoffs.filter(({ state }) => state === 'closed');
  return {
    days,
    requested: handoffs.length,
    waiting: handoffs.filter(({ state }) => state === 'waiting').length,
    talking: handoffs.filter(({ state }) => state === 'talking').length,
    outcomes: tally(ended.map(({ outcome }) => outcome)),
    reasons: tally(handoffs.map(({ reason }) => reason)),
    languages: tally(handoffs.map(({ language }) => language)),
    stages: tally(handoffs.map(({ stage }) => stage)),
    helped: tally(ended.map(({ helped }) => (helped === null ? 'notSaid' : helped ? 'yes' : 'no'))),
    helpReasons: tally(ended.map(({ helpReason }) => helpReason)),
    /** Seconds from the request to an adviser, and from an adviser to the end. */
    waits: spread(handoffs.flatMap(({ requestedAt, claimedAt }) => seconds(requestedAt, claimedAt))),
    talks: spread(ended.flatMap(({ claimedAt, closedAt }) => seconds(claimedAt, closedAt))),
  };
}

/** `GET /adviser/api/numbers` */
export async function numbers({ store, clock }: Room, _caller: Caller): Promise<HttpReply> {
  const since = new Date(clock.now().getTime() - days * 86_400_000).toISOString();
  return answer(200, sumUp(await store.desk.handoffsSince(since)));
}
