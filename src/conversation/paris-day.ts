import type { Stamp } from '../../dialogs/events';

const parisDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The answer for one minute serves the whole minute: asking Intl takes longer than a step of a turn. */
let last = { minute: Number.NaN, day: '' };

/** The calendar day in Europe/Paris at an instant, YYYY-MM-DD. */
export function dayInParis(instant: Date): string {
  const minute = Math.floor(instant.getTime() / 60_000);
  if (minute !== last.minute) last = { minute, day: parisDay.format(instant) };
  return last.day;
}

const parisHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' });

/** The hour that clocks show in Europe/Paris at an instant, 0 to 23. */
export const hourInParis = (instant: Date): number => Number(parisHour.format(instant));

/** The stamp of events that happen at an instant. */
export const stampAt = (instant: Date): Stamp => ({ at: instant.toISOString(), today: dayInParis(instant) });
