import type { Translate } from '../library/i18n';
import type { Contact, Library } from '../library/library';
import { showPhone } from '../library/placeholders';
import type { Line } from './reply';

/** Both lines, the one that speaks the person's language first (French: the French line; any other: the English one). */
export function bothLines(library: Pick<Library, 'contacts'>, language: string): [Contact, Contact] {
  const lines = Object.values(library.contacts).filter(
    ({ id }) => id === 'line-3646' || id === 'line-english',
  ) as Contact[];
  const spoken = language === 'fr' ? 'fr' : 'en';
  const [first, second] = [...lines].sort((a, b) => Number(b.language === spoken) - Number(a.language === spoken));
  if (!first || !second) throw new Error('content/contacts.yaml needs both phone lines');
  return [first, second];
}

/** `{{first}}` and `{{second}}` of the sentences that name both lines. */
export function linesInText(library: Pick<Library, 'contacts'>, language: string, t: Translate) {
  const [first, second] = bothLines(library, language).map((line) =>
    t(`common:lineIn.${line.language}`, { phone: showPhone(line.phone ?? '') }),
  );
  return { first, second };
}

/** Opening hours of a line in words, "at least" where they vary by department. */
export function hoursOf(contact: Contact, t: Translate): string | undefined {
  if (!contact.hours) return undefined;
  const { from, to, varies } = contact.hours;
  return t(varies ? 'contacts:hours.varies' : 'contacts:hours.line', { days: t('contacts:hours.days'), from, to });
}

/** Both lines as lines of a card: number, what it is, hours. */
export function lineRows(library: Pick<Library, 'contacts'>, language: string, t: Translate): Line[] {
  return bothLines(library, language).map((contact) => ({
    text: `**${showPhone(contact.phone ?? '')}** – ${t(`contacts:${contact.id}.name`)}`,
    note: hoursOf(contact, t),
    tel: contact.tel,
  }));
}

/** Both lines with their own hours, as a list in a text. */
export const linesWithHours = (library: Pick<Library, 'contacts'>, language: string, t: Translate): string =>
  bothLines(library, language)
    .map((line) => {
      const phone = t(`common:lineIn.${line.language}`, { phone: showPhone(line.phone ?? '') });
      return `- ${[phone, hoursOf(line, t)].filter(Boolean).join(t('common:comma'))}`;
    })
    .join('\n');
