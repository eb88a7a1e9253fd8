/** Languages in which advisers work: their own texts exist in these alone. */
export const staffLanguages = ['fr', 'en'] as const;

/** Namespaces of `locales/` that only advisers read. */
const staffNamespaces = new Set(['console']);

/** True when a language need not have a text (`console.title`, or as a piece `locales/console.title`): nobody reads it there. */
export function isSpared(language: string, key: string): boolean {
  const namespace = key.replace(/^locales\//, '').split('.')[0] ?? '';
  return staffNamespaces.has(namespace) && !staffLanguages.some((code) => code === language);
}
