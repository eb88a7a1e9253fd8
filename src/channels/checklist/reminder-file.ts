import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import { z } from 'zod';
import { reminderKinds } from '../../../dialogs/reminder';
import { linesInText } from '../../conversation/phone-lines';
import { showResumeCode } from '../../conversation/resume-code';
import type { TakeAlongRoom } from '../../conversation/take-along';
import { IsoDate } from '../../domain/profile';

/** What the address of a reminder says besides the code: what it is about, and the day. */
export const ReminderQuery = z.object({ about: z.enum(reminderKinds), on: IsoDate });

export type ReminderFile = z.infer<typeof ReminderQuery> & {
  language: string;
  /** The code that the conversation goes on with, and its last day. */
  code: string;
  until: string;
  /** Name of the code, from which it cannot be read. */
  id: string;
  /** Address of our page, without a slash at its end. */
  page: string;
};

/** Nine in the morning of an all-day event, in seconds. */
const nine = 9 * 3600;

/** A reminder as a file for a calendar: the day, both lines, and the code with which the conversation goes on. */
export function reminderFile(
  { library, words }: Pick<TakeAlongRoom, 'library' | 'words'>,
  { about, on, language, code, until, id, page }: ReminderFile,
  now: Date,
): string {
  const t = words.in(language);
  const description = [
    t(`reminders:date.${about}`, { date: words.date(language, on) }),
    t('common:linesAlone', linesInText(library, language, t)),
    t('reminders:calendar.address', { address: `${page}/#r=${code}` }),
    t('reminders:calendar.code', { date: words.date(language, until), code: showResumeCode(code) }),
  ];
  const calendar = ical({ prodId: { company: 'Guichet', product: 'reminder', language } });
  const event = calendar.createEvent({
    id: `${about}-${id}@guichet`,
    start: new Date(`${on}T00:00:00Z`),
    timezone: null,
    allDay: true,
    stamp: now,
    transparency: ICalEventTransparency.TRANSPARENT,
    summary: t(`reminders:calendar.${about}`),
    description: description.join('\n\n'),
  });
  event.createAlarm({ type: ICalAlarmType.display, triggerAfter: nine });
  return calendar.toString();
}
