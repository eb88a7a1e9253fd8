import type { TurnStatus } from '../conversation/status';

/** Numbers about turns, never about a person. */
export type Metrics = {
  /** Counts one turn. `channel` is a channel's id; unknown ones are counted as `other`. */
  turn(turn: { status: TurnStatus; channel: string; milliseconds: number }): void;
  /** Counts one word on an article: found useful or not, by its id and the language it was read in. */
  useful(rating: { article: string; language: string; useful: boolean }): void;
  /** Counts an event that operators watch, e.g. `handoffs_total`; the name is part of a program's text, never of a message. */
  count(name: string, help: string): void;
  /** A value that is read when somebody looks. */
  gauge(name: string, help: string, read: () => number): void;
  /** Everything in the text format of Prometheus. */
  render(): string;
};

/** Upper ends of the duration classes, in seconds. */
const classes = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
const knownChannels = new Set([
  'directline',
  'plain',
  'msteams',
  'emulator',
  'facebook',
  'telegram',
  'slack',
  'email',
  'sms',
  'console',
  'webchat',
  'test',
]);

type Histogram = { counts: number[]; sum: number; total: number };

/** Makes an empty set of metrics, kept in memory. */
export function createMetrics(): Metrics {
  const turns = new Map<string, number>();
  const ratings = new Map<string, number>();
  const durations = new Map<string, Histogram>();
  const counters = new Map<string, { help: string; value: number }>();
  const gauges = new Map<string, { help: string; read: () => number }>();

  function observe(channel: string, seconds: number): void {
    const histogram = durations.get(channel) ?? { counts: classes.map(() => 0), sum: 0, total: 0 };
    durations.set(channel, histogram);
    const index = classes.findIndex((end) => seconds <= end);
    if (index >= 0) histogram.counts[index] = (histogram.counts[index] ?? 0) + 1;
    histogram.sum += seconds;
    histogram.total += 1;
  }

  function renderHistogram(channel: string, { counts, sum, total }: Histogram): string[] {
    const name = 'guichet_turn_seconds';
    let below = 0;
    const buckets = classes.map((end, index) => {
      below += counts[index] ?? 0;
      return `${name}_bucket{channel="${channel}",le="${end}"} ${below}`;
    });
    return [
      ...buckets,
      `${name}_bucket{channel="${channel}",le="+Inf"} ${total}`,
      `${name}_sum{channel="${channel}"} ${sum}`,
      `${name}_count{channel="${channel}"} ${total}`,
    ];
  }

  const head = (name: string, help: string, type: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];

  return {
    turn: ({ status, channel, milliseconds }) => {
      const known = knownChannels.has(channel) ? channel : 'other';
      const labels = `{status="${status}",channel="${known}"}`;
      turns.set(labels, (turns.get(labels) ?? 0) + 1);
      observe(known, milliseconds / 1000);
    },
    useful: ({ article, language, useful }) => {
      const labels = `{article="${article}",language="${language}",useful="${useful}"}`;
      ratings.set(labels, (ratings.get(labels) ?? 0) + 1);
    },
    count: (name, help) => {
      const counter = counters.get(name) ?? { help, value: 0 };
      counter.value += 1;
      counters.set(name, counter);
    },
    gauge: (name, help, read) => void gauges.set(name, { help, read }),
    render: () =>
      [
        ...head('guichet_turns_total', 'Turns taken, by status and channel.', 'counter'),
        ...[...turns].map(([labels, value]) => `guichet_turns_total${labels} ${value}`),
        ...head('guichet_article_useful_total', 'Articles called useful or not, by article and language.', 'counter'),
        ...[...ratings].map(([labels, value]) => `guichet_article_useful_total${labels} ${value}`),
        ...head('guichet_turn_seconds', 'Time from a message to its stored answer.', 'histogram'),
        ...[...durations].flatMap(([channel, histogram]) => renderHistogram(channel, histogram)),
        ...[...counters].flatMap(([name, { help, value }]) => [
          ...head(`guichet_${name}`, help, 'counter'),
          `guichet_${name} ${value}`,
        ]),
        ...[...gauges].flatMap(([name, { help, read }]) => [
          ...head(`guichet_${name}`, help, 'gauge'),
          `guichet_${name} ${read()}`,
        ]),
        '',
      ].join('\n'),
  };
}
