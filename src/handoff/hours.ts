import Holidays from 'date-holidays';
import { dayInParis } from '../conversation/paris-day';
import type { DeskSettings } from '../library/library';

/** When the desk is open; everything in Paris time. */
export type Hours = {
  isOpen(at: Date): boolean;
  /** The next opening after a moment, within two months; null when there is none. */
  next(at: Date): { day: string; time: string } | null;
};

/** Regions of date-holidays; Alsace and Moselle share theirs. */
const regions: Record<DeskSettings['holidays'], string | null> = {
  mainland: null,
  'alsace-moselle': '57',
  GP: 'GP',
  MQ: 'MQ',
  GF: 'GF',
  RE: 'RE',
  YT: 'YT',
};

/** How far ahead an opening is looked for, in days. */
const daysAhead = 62;

const parisTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The calendar day so many days later. */
function later(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Monday = 1 … Sunday = 7. */
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Reads opening hours and holidays. Days and times are compared as Paris clocks show them, so that summer time needs no care. */
export function createHours(desk: Pick<DeskSettings, 'hours' | 'holidays' | 'closedDays'>): Hours {
  const years = new Map<string, Set<string>>();
  let calendar: Holidays | undefined;

  /** Public holidays of a year, as ISO days. */
  function holidaysOf(year: string): Set<string> {
    const known = years.get(year);
    if (known) return known;
    const region = regions[desk.holidays];
    calendar ??= region ? new Holidays('FR', region) : new Holidays('FR');
    const days = calendar.getHolidays(Number(year)).flatMap(({ type, date }) => {
      return type === 'public' ? [date.slice(0, 10)] : [];
    });
    const made = new Set(days);
    years.set(year, made);
    return made;
  }

  const isDayOff = (day: string): boolean => desk.closedDays.includes(day) || holidaysOf(day.slice(0, 4)).has(day);
  /** The spans of a day, the earliest first. */
  const spansOf = (day: string) =>
    isDayOff(day)
      ? []
      : desk.hours
          .filter(({ days }) => days.includes(weekdayOf(day)))
          .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

  return {
    isOpen(at) {
      const time = parisTime.format(at);
      return spansOf(dayInParis(at)).some(({ from, to }) => from <= time && time < to);
    },
    next(at) {
      if (desk.hours.length === 0) return null;
      const [today, time] = [dayInParis(at), parisTime.format(at)];
      for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
        const day = later(today, ahead);
        const span = spansOf(day).find(({ from }) => ahead > 0 || from > time);
        if (span) return { day, time: span.from };
      }
      return null;
    },
  };
}
