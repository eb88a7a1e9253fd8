import type { Profile } from '../domain/profile';
import { findDates, findDurations, isFuture, lastMonth, resolveDate } from './dates';
import { type Token, wordCount } from './normalise';
import { clauseOf, hasRange, isOver } from './over';
import type { Owner } from './people';
import type { Hit } from './phrases';
import type { Words } from './words';

type Span = { start: number; end: number };
/** What a message says about time. `mine` tells whose words count. */
export type TimeContext = {
  text: string;
  tokens: readonly Token[];
  hits: readonly Hit[];
  owners: readonly Owner[];
  mine: (owner: Owner) => boolean;
  words: Words;
  today: string;
};

const window = 8;
/** An answer of a few words needs no cue. */
const shortAnswer = 4;

/**
 * Dates and durations that say since when somebody lives in France, when a file went off, or when a job starts.
 * `asked` = the date or duration answers a question of that slot, so it needs no cue.
 */
export function readTimes(
  context: TimeContext,
  asked: 'arrival' | 'months' | 'sentOn' | 'activityStart' | null,
): Profile {
  const { tokens, hits, owners, mine, today, text, words } = context;
  const answers: Profile = {};
  const about = (kind: string, span: Span) => cueNear(tokens, hits, kind, span);
  const awaited = asked === 'arrival' || asked === 'months';
  const bare = awaited && wordCount(tokens) <= shortAnswer;
  const dates = findDates(text, tokens, hits, bare);
  for (const date of dates) {
    if (!mine(owners[date.start] ?? 'none')) continue;
    if (asked === 'sentOn' || about('time:sent', date)) {
      const day = resolveDate(date, today);
      if (date.day !== null && !isFuture(day, today)) answers.sentOn = day;
    } else if (awaited || about('time:arrived', date)) {
      if (asked === null && (about('time:block', date) || isOver(tokens, hits, date))) continue;
      const past = resolveDate(date, today);
      const coming = about('time:future', date) || isFuture(past, today);
      if (coming) answers.livesIn = 'notYet';
      else answers.arrival = past;
    } else if (asked === 'activityStart' || about('time:workStarts', date)) {
      // "I started on the 2nd of November" is no day a year from now.
      const day = resolveDate(date, today, asked === 'activityStart' ? 'next' : 'nearest');
      if (date.day !== null && isFuture(day, today)) answers.activityStart = day;
    }
  }
  if (answers.arrival !== undefined) return answers;
  for (const duration of findDurations(tokens, hits, words)) {
    if (!mine(owners[duration.start] ?? 'none')) continue;
    if (dates.some((date) => date.start < duration.end && duration.start < date.end)) continue;
    if (isAgeOf(tokens, hits, duration)) continue;
    if (awaited || isStay(tokens, hits, duration)) {
      answers.months = duration.months;
      return answers;
    }
  }
  const years = bareYears(tokens, hits, bare && dates.length === 0).filter(
    (span) =>
      mine(owners[span.start] ?? 'none') &&
      (bare || (isStay(tokens, hits, span) && !hasRange(tokens, clauseOf(tokens, span)))),
  );
  const months = years.length === 1 && years[0] ? monthsSinceYear(years[0].year, today) : null;
  if (months !== null) return { ...answers, months };
  const arrived = (span: Span) =>
    mine(owners[span.start] ?? 'none') && (awaited || (about('time:arrived', span) && !about('time:block', span)));
  for (const hit of hits) {
    if (hit.tag === 'time:recent' && arrived(hit)) answers.months = 0;
    if (hit.tag === 'time:lastMonth' && arrived(hit)) answers.arrival = lastMonth(today);
  }
  return answers;
}

/** "My mother, 71 years": what stands just behind a person is how old they are. */
const isAgeOf = (tokens: readonly Token[], hits: readonly Hit[], { start, end }: Span): boolean =>
  hits.some(({ tag, end: at }) => tag === 'unit:year' && at === end) &&
  hits.some(
    (hit) =>
      hit.tag.startsWith('subject:') &&
      (hit.end === start || (hit.end === start - 1 && !hits.some((frame) => isFrame(frame) && frame.end === start))),
  ) &&
  (tokens[start]?.gap ?? 0) < 2;

/** Years without day or month that "since" introduces ("depuis 2019"), or any with `all`. */
function bareYears(tokens: readonly Token[], hits: readonly Hit[], all: boolean): (Span & { year: number })[] {
  return tokens.flatMap(({ word }, start) =>
    /^(19|20)\d\d$/.test(word) && (all || hits.some((hit) => isSinceYear(hit, hits, start)))
      ? [{ start, end: start + 1, year: Number(word) }]
      : [],
  );
}

/** "Since 2019", "since the year 2019", and where the word follows, "2019'dan beri". */
const isSinceYear = ({ tag, start, end }: Hit, hits: readonly Hit[], year: number): boolean =>
  tag === 'time:since' &&
  (end === year ||
    (end === year - 1 && hits.some((hit) => hit.tag === 'unit:year' && hit.start === end)) ||
    start === year + 1 ||
    start === year + 2);

/**
 * Full months since the end of a year: the least that "since 2019" can mean. Null where the months that may have to be
 * added would change something: under three months, or across five years.
 */
function monthsSinceYear(year: number, today: string): number | null {
  const least = (Number(today.slice(0, 4)) - year - 1) * 12 + Number(today.slice(5, 7)) - 1;
  const most = least + 12;
  return least >= 60 || (least >= 3 && most < 60) ? least : null;
}

function cueNear(tokens: readonly Token[], hits: readonly Hit[], kind: string, span: Span): boolean {
  const { start, end } = clauseOf(tokens, span);
  return hits.some(
    (hit) =>
      hit.tag === kind &&
      hit.end > start &&
      hit.start < end &&
      hit.start >= span.start - window &&
      hit.start <= span.end + 3,
  );
}

/** A duration of living here: a word of staying in the clause, nothing that makes it a wait, a contract or a rule. */
function isStay(tokens: readonly Token[], hits: readonly Hit[], duration: Span): boolean {
  const { start, end } = clauseOf(tokens, duration);
  const inside = (kind: string) => hits.filter((hit) => hit.tag === kind && hit.start >= start && hit.end <= end);
  const cues = [...inside('time:stay'), ...inside('time:arrived')].filter(
    (cue) => cue.start >= duration.start - window && cue.start <= duration.end + 4,
  );
  if (cues.length === 0 || inside('time:block').length > 0 || inside('time:future').length > 0) return false;
  if (isOver(tokens, hits, duration)) return false;
  const frames = [...inside('time:ago'), ...inside('time:since')];
  const inFrame = (index: number) => frames.some((frame) => frame.start <= index && frame.end > index);
  const nearest = cues.reduce((a, b) => (distance(a, duration) <= distance(b, duration) ? a : b));
  const from = Math.min(nearest.end, duration.start - 2);
  const to = Math.max(nearest.start, duration.end + 1);
  return !inside('time:notStay').some((hit) => {
    if (inFrame(hit.start) || overlapsAny(hit, cues)) return false;
    return nearest.start < duration.start
      ? hit.start >= from && hit.start <= duration.end
      : hit.start >= duration.start - 2 && hit.start < to;
  });
}

/** "Since" and "ago". */
const isFrame = ({ tag }: Hit): boolean => tag === 'time:since' || tag === 'time:ago';

const distance = (a: Span, b: Span): number => (a.start < b.start ? b.start - a.end : a.start - b.end);
const overlapsAny = (hit: Span, spans: readonly Span[]): boolean =>
  spans.some((span) => span.start <= hit.start && span.end > hit.start);
