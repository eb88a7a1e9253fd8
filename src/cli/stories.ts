import { readFileSync } from 'node:fs';
import { currentPerson } from '../../dialogs/context';
import type { DeskEvent } from '../../dialogs/events';
import { pendingSlot } from '../../dialogs/prompts';
import { wake } from '../../dialogs/saved';
import { decideFor } from '../../dialogs/verdict';
import type { AdviserDesk } from '../conversation/handoff-ports';
import type { DeskOrder } from '../conversation/inbound';
import { type Conversation, openConversation } from '../conversation/open';
import { dayInParis } from '../conversation/paris-day';
import type { Clock, ConversationStore, Outlet } from '../conversation/ports';
import type { Reply } from '../conversation/reply';
import { knownFacts } from '../domain/facts';
import { openLibrary } from '../library/compile';
import { createMemoryStore } from '../storage/memory';
import { type TurnTrace, unmet } from './expect';
import { quietLogger, quietMetrics } from './quiet';
import { parseStories, type Story } from './story';

const deedEvents = {
  claims: 'adviser.claimed',
  'passes-on': 'adviser.passed-on',
  'sends-verdict': 'adviser.sent-verdict',
  returns: 'adviser.returned',
  closes: 'adviser.closed',
  'nobody-comes': 'clock.nobody-came',
} as const;

const silent: Outlet = { record: () => ({ log: [], outbox: [] }), delivered() {} };

/** The instant at which it is 10:00 in Paris on a day. */
function tenInParis(day: string): Date {
  const noonUtc = new Date(`${day}T12:00:00Z`);
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' }).format(noonUtc),
  );
  return new Date(noonUtc.getTime() - (hour - 10) * 3_600_000);
}

const textOf = (reply: Reply): string =>
  [
    ...reply.bubbles.flatMap(({ text, card }) => [
      text,
      ...(card
        ? [
            card.title,
            ...card.sections.flatMap((section) => [
              section.heading,
              ...section.lines.flatMap((line) => [line.text, line.note ?? '']),
              ...(section.choices ?? []).map(({ title }) => title),
            ]),
          ]
        : []),
    ]),
    ...reply.choices.map(({ title }) => title),
  ]
    .filter((text) => text.length > 0)
    .join('\n');

/** Plays stories through the same road as a real message. */
export class StoryPlayer {
  private constructor(
    private readonly conversation: Conversation,
    private readonly store: ConversationStore,
    private readonly setScene: (now: Date, opens: Story['deskOpens']) => void,
  ) {}

  static async open(): Promise<StoryPlayer> {
    let now = new Date();
    const clock: Clock = { now: () => now };
    const store = createMemoryStore();
    let opens: Story['deskOpens'];
    const library = openLibrary();
    const { languages } = library.desk;
    const desk: AdviserDesk = {
      status: () => ({ open: opens === undefined, present: 0, opens: opens ?? null, languages }),
      changed() {},
    };
    const edges = { store, clock, logger: quietLogger, metrics: quietMetrics, desk };
    const conversation = await openConversation(edges, library);
    return new StoryPlayer(conversation, store, (instant, next) => {
      now = instant;
      opens = next;
    });
  }

  /** What an adviser does, about the newest request of the conversation. */
  private async order(
    conversationId: string,
    deed: NonNullable<Story['turns'][number]['adviser']>,
  ): Promise<DeskOrder> {
    const event: DeskEvent =
      typeof deed === 'string'
        ? { type: deedEvents[deed] }
        : 'says' in deed
          ? { type: 'adviser.said', text: deed.says }
          : { type: 'adviser.corrected', answers: deed.corrects };
    const handoff = (await this.store.desk.handoffOf(conversationId))?.id ?? '';
    return { handoff, adviser: 'adviser', version: null, event };
  }

  /** What the turn gave, and where the conversation stands after it. */
  private async trace(conversationId: string, today: string, reply: Reply): Promise<TurnTrace> {
    const { machine, library } = this.conversation;
    const stored = await this.store.load(conversationId);
    const snapshot = wake(stored?.saved, machine, library.hash, { at: `${today}T09:00:00Z`, today });
    const { context } = snapshot;
    const { outcome } = snapshot.matches('asking') ? { outcome: null } : decideFor(context, library.rulebook, today);
    const onCards = reply.bubbles.flatMap(({ card }) => card?.sections.flatMap(({ choices }) => choices ?? []) ?? []);
    const offered = [...reply.choices, ...onCards].flatMap(({ value }) =>
      value.startsWith('ask=') ? [value.slice(4)] : [],
    );
    const offersHuman =
      reply.status === 'handoff-offered' ||
      (outcome?.adviser === true && reply.choices.some(({ value }) => value === 'do=human'));
    const talking = snapshot.matches({ withAdviser: 'talking' });
    const handoff = talking ? 'active' : snapshot.matches('withAdviser') ? 'waiting' : offersHuman ? 'offered' : 'none';
    const { relation, profile } = currentPerson(context);
    return {
      text: textOf(reply),
      language: reply.language,
      status: reply.status,
      asks: pendingSlot(snapshot),
      articles: [...reply.articles, ...offered],
      profile: { ...(relation === 'self' ? {} : { subject: relation }), ...knownFacts(profile, today) },
      outcome,
      handoff,
    };
  }

  /** Plays one story; gives the trace of each turn and the expectations that do not hold. */
  async play(story: Story): Promise<{ traces: TurnTrace[]; failures: string[] }> {
    const now = story.today ? tenInParis(story.today) : new Date();
    this.setScene(now, story.deskOpens);
    const today = dayInParis(now);
    const conversationId = `story:${story.story}:${Math.random()}`;
    const traces: TurnTrace[] = [];
    const failures: string[] = [];
    for (const [index, turn] of story.turns.entries()) {
      const choice = turn.choose !== undefined;
      const desk = turn.adviser === undefined ? undefined : await this.order(conversationId, turn.adviser);
      const reply = await this.conversation.takeTurn(
        {
          conversationId,
          activityId: String(index + 1),
          channel: 'story',
          from: desk ? 'adviser' : 'person',
          kind: choice ? 'choice' : 'message',
          text: turn.user ?? '',
          value: turn.choose,
          locale: story.locale,
          ...(desk ? { desk } : {}),
        },
        silent,
      );
      const trace = await this.trace(conversationId, today, reply);
      traces.push(trace);
      for (const line of turn.expect ? unmet(turn.expect, trace) : [])
        failures.push(`${story.story}, turn ${index + 1}: ${line}`);
    }
    return { traces, failures };
  }
}

/** `npm run stories -- [--trace] FILE…`: exit status 1 when an expectation does not hold. */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const player = await StoryPlayer.open();
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    for (const story of parseStories(file, readFileSync(file, 'utf8'))) {
      const { traces, failures } = await player.play(story);
      if (args.includes('--trace')) for (const trace of traces) output.write(`${JSON.stringify(trace)}\n`);
      for (const line of failures) output.write(`${file}: ${line}\n`);
      if (failures.length > 0) failed += 1;
      else passed += 1;
    }
  }
  output.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}
