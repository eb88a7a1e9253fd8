import ical, { ICalEventTransparency } from 'ical-generator';
import type { TakeAlong } from '../../conversation/take-along';

/**
 * The dates of a checklist as an iCalendar file: all-day events in the person's language, the French below. The same dates give the same
 * ids, so that a calendar that reads the file again changes its events instead of doubling them. Nothing in it says who the person is.
 */
export function calendarFile({ dates, day, language, label, french }: TakeAlong, id: string, now: Date): string {
  const name = label('takeaway:calendarName');
  const calendar = ical({ name: name.own, prodId: { company: 'Guichet', product: 'checklist', language } });
  for (const date of dates) {
    const about = [label('takeaway:disclaimer'), date.text];
    const own = [date.text.own, ...about.slice(0, 1).map((text) => text.own)];
    const translated = french ? [] : ['', `${date.title.french} : ${date.text.french}`];
    calendar.createEvent({
      id: `${date.id}-${id}@guichet`,
      start: new Date(`${date.day}T00:00:00Z`),
      timezone: null,
      allDay: true,
      stamp: now,
      created: new Date(`${day}T00:00:00Z`),
      transparency: ICalEventTransparency.TRANSPARENT,
      summary: date.title.own,
      description: [...own, ...translated].join('\n'),
    });
  }
  return calendar.toString();
}
