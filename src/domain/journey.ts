import { addDays, addMonths } from './calendar';
import type { ContactId, DocumentId, OutcomeId } from './ids';
import type { Profile } from './profile';
import { figure, type JourneyRow, type RuleBook } from './rulebook';

/** Where the person stands and what to expect. Days are ISO days, given only when the day of sending is known. */
export type Journey = {
  stage: string;
  /** The stage that usually follows; null at the end. */
  next: string | null;
  /** Usual time to the next stage, as figure ids. */
  window?: { from?: string; to: string };
  /** Between which days the next stage is usually reached. */
  expected?: { from: string | null; to: string };
  /** From this day on it is worth asking for news. */
  chaseFrom?: string;
  /** True when `today` has reached that day. */
  late: boolean;
  documents: DocumentId[];
  articles: string[];
  contacts: { id: ContactId }[];
  sources: string[];
};

/** The stage of a profile (preparing when nothing is said), what comes next, and when. Throws when the rule book lacks the stage. */
export function journeyOf(profile: Profile, book: RuleBook, today: string): Journey {
  const stage = profile.stage === undefined || profile.stage === 'unknown' ? 'preparing' : profile.stage;
  const row = book.journey.find((candidate) => candidate.stage === stage);
  if (!row) throw new Error(`the journey lacks the stage ${stage}`);
  const sentOn = row.fromSentOn && profile.sentOn !== 'unknown' ? profile.sentOn : undefined;
  const chaseFrom = sentOn && row.chaseAfter ? after(sentOn, row.chaseAfter, book) : undefined;
  return {
    stage,
    next: row.next,
    ...windowOf(row, sentOn, book),
    ...(chaseFrom ? { chaseFrom } : {}),
    late: chaseFrom !== undefined && today >= chaseFrom,
    documents: row.documents,
    articles: row.articles,
    contacts: row.contacts.map((id) => ({ id })),
    sources: row.because,
  };
}

/** What usually happens next after an outcome, in order (texts: `journey:<text>`); of one stage, or of the whole way. */
export const timelineOf = (book: RuleBook, outcome: OutcomeId, stage?: string): string[] =>
  book.journey
    .filter((row) => stage === undefined || row.stage === stage)
    .flatMap(({ timeline }) => timeline.filter(({ outcomes }) => outcomes.includes(outcome)))
    .map(({ text }) => text);

/** True when somebody with this outcome can stand at this stage: cover by another state or AME brings no French number. */
export const passes = (book: RuleBook, outcome: OutcomeId, stage: string): boolean =>
  !book.journey.some((row) => row.stage === stage && row.notFor.includes(outcome));

function windowOf(
  { window }: JourneyRow,
  sentOn: string | undefined,
  book: RuleBook,
): Pick<Journey, 'window' | 'expected'> {
  if (!window) return {};
  const { from, to } = window;
  const shown = { window: { ...(from ? { from } : {}), to } };
  if (!sentOn) return shown;
  return { ...shown, expected: { from: from ? after(sentOn, from, book) : null, to: after(sentOn, to, book) } };
}

/** The day that lies a figure after another; throws when the figure is no length of time. */
function after(day: string, id: string, book: RuleBook): string {
  const value = figure(book, id);
  const unit = book.figures[id]?.unit;
  if (unit === 'month') return addMonths(day, value);
  if (unit === 'week') return addDays(day, value * 7);
  if (unit === 'day') return addDays(day, value);
  throw new Error(`figure ${id} is not a length of time`);
}
