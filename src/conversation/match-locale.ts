/** The offered language that fits a BCP 47 locale, by cutting it from the right (RFC 4647 lookup); null when none does. */
export function matchLocale(locale: string | undefined, offered: string[]): string | null {
  let tag = (locale ?? '').toLowerCase();
  while (tag) {
    if (offered.includes(tag)) return tag;
    tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')));
  }
  return null;
}
