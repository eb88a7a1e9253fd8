/** Calendar arithmetic on ISO days (`YYYY-MM-DD`), without clock or time zone. ISO days compare as strings. */

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Number of days of a month; `month` is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day `months` calendar months after `day`; a day that the month lacks becomes its last day (30 November + 3 → 28 February). */
export function addMonths(day: string, months: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = Math.min(Number(day.slice(8, 10)), daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(last)}`;
}

/** Full calendar months from `from` to `to`, never negative. */
export function fullMonths(from: string, to: string): number {
  const between =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return Math.max(0, addMonths(from, between) <= to ? between : between - 1);
}

/** The day `days` days after `day`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** First and last day of a month written `YYYY-MM`. */
export function monthRange(month: string): { first: string; last: string } {
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
  return { first: `${month}-01`, last: `${month}-${two(last)}` };
}
