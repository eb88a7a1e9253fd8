const parisDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The calendar day in Europe/Paris at an instant, YYYY-MM-DD. */
export const dayInParis = (instant: Date): string => parisDay.format(instant);
