import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { channelIds } from '../conversation/channels';
import type { TurnStatus } from '../conversation/status';

/** Numbers about turns, never about a person. */
export type Metrics = {
  /** Counts one turn. `channel` is a channel's id; unknown ones are counted as `other`. */
  turn(turn: { status: TurnStatus; channel: string; milliseconds: number }): void;
  /** Counts one word on an article: found useful or not, by its id and the language it was read in. */
  useful(rating: { article: string; language: string; useful: boolean }): void;
  /** Counts an event that operators watch, e.g. `handoffs_total`; the name is part of a program's text, never of a message. */
  count(name: string, help: string): void;
  /** Counts a line of the log that somebody should look at, by its code. */
  problem(code: string): void;
  /** A value that is read when somebody looks. */
  gauge(name: string, help: string, read: () => number): void;
  /** Everything in the text format of Prometheus, the process's own figures (memory, event loop, garbage collection) included. */
  render(): Promise<string>;
};

/** Upper ends of the duration classes, in seconds. */
const classes = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
const knownChannels = new Set<string>(channelIds);

/** Makes an empty set of metrics, kept in memory. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    name: 'guichet_turns_total',
    help: 'Turns taken, by status and channel.',
    labelNames: ['status', 'channel'],
    registers,
  });
  const seconds = new Histogram({
    name: 'guichet_turn_seconds',
    help: 'Time from a message to its stored answer.',
    labelNames: ['channel'],
    buckets: classes,
    registers,
  });
  const ratings = new Counter({
    name: 'guichet_article_useful_total',
    help: 'Articles and results called useful or not, by article and language.',
    labelNames: ['article', 'language', 'useful'],
    registers,
  });
  const problems = new Counter({
    name: 'guichet_problems_total',
    help: 'Lines of the log at warn or error, by code.',
    labelNames: ['code'],
    registers,
  });
  const counters = new Map<string, Counter>();

  return {
    turn: ({ status, channel, milliseconds }) => {
      const known = knownChannels.has(channel) ? channel : 'other';
      turns.inc({ status, channel: known });
      seconds.observe({ channel: known }, milliseconds / 1000);
    },
    useful: ({ article, language, useful }) => ratings.inc({ article, language, useful: String(useful) }),
    count: (name, help) => {
      const counter = counters.get(name) ?? new Counter({ name: `guichet_${name}`, help, registers });
      counters.set(name, counter);
      counter.inc();
    },
    problem: (code) => problems.inc({ code }),
    gauge: (name, help, read) => {
      new Gauge({
        name: `guichet_${name}`,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    render: () => registry.metrics(),
  };
}
